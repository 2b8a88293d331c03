using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Messages;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Deliverability;

/// <summary>
/// Copies of each campaign step's first accepted message of a day to the shop's own addresses, so that somebody sees what customers see
/// and where it lands. A row is written first and then the copy sent, so nobody gets two; a copy that was lost is lost. Outside caps,
/// budgets and reports.
/// </summary>
public sealed class SeedCopies(
    IRowStore store,
    IMessageSender sender,
    SendControl control,
    MessageRenderer renderer,
    IReadOnlyList<EmailAddress> seeds,
    InstanceSecret secret,
    IIdSource ids,
    TimeProvider clock
)
{
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private DateOnly _day;

    /// <summary>Never throws: a copy is a convenience, and the message it follows is on file.</summary>
    /// <param name="real">As the customer's message was rendered.</param>
    public async ValueTask FollowAsync(Touchpoint touch, RenderRequest real)
    {
        foreach (var seed in seeds)
        {
            var key = $"{Shards.DayName(real.Day)}|{touch.Step}|{secret.AddressKeyOf(seed).Value}";
            if (IsNews(real.Day, $"{touch.Campaign}|{key}"))
            {
                await TryAsync(touch.Campaign, key, seed, real);
            }
        }
    }

    private async ValueTask TryAsync(string campaign, string key, EmailAddress seed, RenderRequest real)
    {
        try
        {
            var dead = TestMessages.Dead(real, seed, null, secret, ids);
            if (
                renderer.Render(dead) is not RenderOutcome.Rendered rendered
                || await control.AskAsync(clock.GetUtcNow()) is not SendPermit.Ready
                || !await TakeAsync(campaign, key)
            )
            {
                return;
            }

            _ = await control.TellAsync(await sender.SendAsync(TestMessages.Marked(rendered.Message, "Seed")), clock.GetUtcNow());
        }
        catch (StoreUnavailableException)
        {
            // Not known to be free, so not sent.
        }
    }

    /// <summary>Only a clear yes counts: after a lost answer nobody knows who has the row.</summary>
    private async ValueTask<bool> TakeAsync(string campaign, string key)
    {
        var row = new RowWrite(key, Expectation.Absent, new PropertyBag().Set("at", clock.GetUtcNow()));
        return await store.CommitAsync(new PartitionId(StoreTable.Control, "seeds|" + campaign), [row]) is CommitResult.Applied;
    }

    private bool IsNews(DateOnly day, string key)
    {
        lock (_done)
        {
            if (_day != day)
            {
                _day = day;
                _done.Clear();
            }

            return _done.Add(key);
        }
    }
}

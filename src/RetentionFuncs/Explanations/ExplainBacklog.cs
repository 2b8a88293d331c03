using RetentionFuncs.Backlogs;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Findings;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Explanations;

/// <summary>Where a customer stands in the line of a campaign's backlog.</summary>
internal sealed class ExplainBacklog(IRowStore store)
{
    /// <summary>Who is further behind is told no more than that.</summary>
    private const int MostAhead = 20_000;

    /// <param name="last">The newest verdict about the customer, or null.</param>
    /// <param name="asOf">Who was put in line later did not wait yet.</param>
    /// <returns>Null when the customer does not wait.</returns>
    public async ValueTask<Phrase?> RunAsync(LiveCampaign live, CustomerKey customer, LedgerLine? last, DateTimeOffset asOf, DateOnly day)
    {
        var line = new WaitingLine(store, live.Head.Key);
        if (!live.Version.Campaign.KeepsBacklog || await line.FindAsync(customer) is not { } who || who.Since >= asOf)
        {
            return null;
        }

        var ahead = await line.CountAsync(who.Position, MostAhead);
        var state = await new ReadBacklog(store).StateAsync(live);
        var stood = last is { Verdict: "Hold", Reason: { } reason and not GateReason.InBacklog }
            ? ReasonSentences.Of(reason, last.Detail)
            : null;
        return BacklogSentences.Waits(
            who,
            live.Version.Campaign.BacklogPerDay,
            Math.Min(ahead, MostAhead),
            ahead > MostAhead,
            BacklogStanding.TurnOn(live, state, Math.Min(ahead, MostAhead) + 1, day),
            stood
        );
    }
}

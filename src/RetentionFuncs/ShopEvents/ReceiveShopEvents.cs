using System.Text;
using RetentionFuncs.Findings;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;

namespace RetentionFuncs.ShopEvents;

public enum EventReceipt
{
    /// <summary>Kept, and on its way.</summary>
    Accepted,

    /// <summary>It waits here already; it will be applied once.</summary>
    Repeated,

    /// <summary>Kept, but it cannot be applied as it is: it will wait for a person. Post the mended event under a new id.</summary>
    SetAside,

    /// <summary>Not kept: not an event at all.</summary>
    Refused,
}

/// <param name="Place">From 1: its place in the list, or its line.</param>
/// <param name="Id">The id it is kept under; empty when refused.</param>
public sealed record ReceivedEvent(int Place, string Id, EventReceipt Receipt, IReadOnlyList<EventFinding> Findings);

/// <summary>
/// Takes in what the shop says. Each event is kept word for word first, then a reference to it is queued, and only then is the shop
/// answered: what was answered is never lost, and the shop may post anything again without harm.
/// </summary>
public sealed class ReceiveShopEvents(IRowStore store, IWorkQueue queue, TimeProvider clock)
{
    /// <summary>Most events of one post.</summary>
    public const int MostEvents = 500;

    private const int AtOnce = 8;

    private sealed record Kept(bool IsNew, WaitingEvent Event);

    /// <summary>What became of each event, in the order posted; empty when there is none, or more than <see cref="MostEvents"/>.</summary>
    /// <exception cref="StoreUnavailableException">Not all are known to be kept; post them all again.</exception>
    /// <exception cref="QueueUnavailableException">All before it are kept, and a sweep queues them; post them all again, or wait.</exception>
    public async ValueTask<IReadOnlyList<ReceivedEvent>> RunAsync(ReadOnlyMemory<byte> body)
    {
        if (!TryText(body.Span, out var text))
        {
            return [new ReceivedEvent(1, "", EventReceipt.Refused, [new("", new("is not UTF-8", "不是 UTF-8 编码"))])];
        }

        var posted = ShopEventBody.Split(text);
        if (posted.Count > MostEvents)
        {
            return [];
        }

        var answers = new ReceivedEvent[posted.Count];
        await SideBySide.ForEachAsync(
            Enumerable.Range(0, posted.Count).ToAsyncEnumerable(),
            AtOnce,
            async i => answers[i] = await TakeAsync(posted[i])
        );
        return answers;
    }

    private async ValueTask<ReceivedEvent> TakeAsync(PostedEvent posted)
    {
        if (posted.Problem is { } problem)
        {
            return new ReceivedEvent(posted.Place, "", EventReceipt.Refused, [new("", problem)]);
        }

        var now = clock.GetUtcNow();
        var waiting = new WaitingEvent(InboxPlace.Of(posted.Id), posted.Id, posted.Json, now, now, 0, null);
        var kept = await ContendedCommit.UntilAppliedAsync(() => KeepAsync(waiting));
        if (kept.Event.RefusedBecause is null)
        {
            // A repeated one too: the message of the first may be what was lost.
            await queue.EnqueueAsync(kept.Event.Message, now);
        }

        var findings = ShopEventReader.Read(posted.Json, posted.Id, now) is ShopEventReading.NotUnderstood odd ? odd.Findings : [];
        var receipt =
            findings.Count > 0 ? EventReceipt.SetAside
            : kept.IsNew ? EventReceipt.Accepted
            : EventReceipt.Repeated;
        return new ReceivedEvent(posted.Place, posted.Id, receipt, findings);
    }

    private async ValueTask<Kept?> KeepAsync(WaitingEvent waiting)
    {
        var result = await store.CommitAsync(
            waiting.Place.Partition,
            [new RowWrite(waiting.Place.Key, Expectation.Absent, waiting.ToBag())]
        );
        if (result is CommitResult.Applied)
        {
            return new Kept(true, waiting);
        }

        // There already, or the answer was lost: what stands there says which.
        return await store.ReadRowAsync(waiting.Place.Partition, waiting.Place.Key) is { } row
            ? new Kept(false, WaitingEvent.Read(waiting.Place, row.Properties))
            : null;
    }

    private static bool TryText(ReadOnlySpan<byte> body, out string text)
    {
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(
                body.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? body[3..] : body
            );
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }
}

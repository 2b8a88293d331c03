using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.HandOffs;

/// <summary>
/// Takes what lies in a tray into one list, so that every reference gets into exactly one and a closed list never changes. Callers at
/// once make the same list: whoever writes does so on what the list still is, and looks again when another was first. What a crash left
/// half made is finished before another is begun.
/// </summary>
public sealed class MakeBatch(IRowStore store, BusinessCalendar calendar, TimeProvider clock)
{
    private const int MostADay = 99;
    private readonly HandOffTray _tray = new(store);
    private readonly BatchRows _batches = new(store);

    private sealed record Start(HandOffBatch? Batch);

    private sealed record Step(HandOffBatch? Closed);

    /// <returns>Null when there is nothing to hand off.</returns>
    /// <exception cref="StoreUnavailableException">Not known to be finished; the next call finishes it.</exception>
    public async ValueTask<HandOffBatch?> RunAsync(Channel channel)
    {
        if ((await ContendedCommit.UntilAppliedAsync(() => BeginAsync(channel))).Batch is not { } batch)
        {
            return null;
        }

        while (true)
        {
            if ((await ContendedCommit.UntilAppliedAsync(() => StepAsync(batch))).Closed is { } closed)
            {
                return (await ContendedCommit.UntilAppliedAsync(() => FinishAsync(closed))).Closed;
            }
        }
    }

    /// <summary>The list that is open, or a new one where something waits for it.</summary>
    private async ValueTask<Start?> BeginAsync(Channel channel)
    {
        var standing = await _batches.StandingAsync(channel);
        if (standing.Open is { } open)
        {
            return new Start(open);
        }

        // Looked at after the standing: whoever empties the tray meanwhile changes that too.
        if ((await _tray.FirstAsync(channel)).Count == 0)
        {
            return new Start(null);
        }

        var now = clock.GetUtcNow();
        var day = calendar.DayOf(now);
        for (var number = standing.Day == day ? standing.Number + 1 : 1; number <= MostADay; number++)
        {
            var batch = new HandOffBatch(HandOffBatch.NameOf(channel, day, number), channel, now, false, 0);
            var result = await _batches.BeginAsync(standing, batch, day, number);
            if (result is not CommitResult.Conflict { RowKey: var taken } || taken != batch.Id)
            {
                return result is CommitResult.Applied ? new Start(batch) : null;
            }
        }

        throw new StoreUnavailableException($"No list could be begun: {MostADay} were made today.");
    }

    /// <summary>Moves one lot, or closes the list when the tray is empty.</summary>
    private async ValueTask<Step?> StepAsync(HandOffBatch batch)
    {
        var head = await _batches.HeadAsync(batch.Id);
        if (head.IsClosed)
        {
            return new Step(batch with { IsClosed = true, Count = head.Count });
        }

        var rows = await _tray.FirstAsync(batch.Channel);
        if (rows.Count == 0)
        {
            var count = await CountAsync(batch);
            return await _batches.CloseAsync(batch.Id, head, count) is CommitResult.Applied
                ? new Step(batch with { IsClosed = true, Count = count })
                : null;
        }

        if (await _batches.AddAsync(batch.Id, head, rows) is not CommitResult.Applied)
        {
            return null;
        }

        await _tray.TakeOutAsync(batch.Channel, rows);
        return new Step((HandOffBatch?)null);
    }

    private async ValueTask<int> CountAsync(HandOffBatch batch)
    {
        var count = 0;
        await foreach (var _ in _batches.ItemsAsync(batch.Id))
        {
            count++;
        }

        return count;
    }

    private async ValueTask<Step?> FinishAsync(HandOffBatch closed)
    {
        var standing = await _batches.StandingAsync(closed.Channel);
        return standing.Open?.Id != closed.Id || await _batches.FinishAsync(standing, closed) is CommitResult.Applied
            ? new Step(closed)
            : null;
    }
}

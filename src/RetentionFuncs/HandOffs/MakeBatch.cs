using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.HandOffs;

/// <summary>
/// Takes what lies in a tray into one list. A batch that a crash left half made is finished before another is begun, and two callers at
/// once finish the same one, so every reference gets into exactly one list.
/// </summary>
public sealed class MakeBatch(IRowStore store, BusinessCalendar calendar, TimeProvider clock)
{
    private const int MostADay = 99;
    private readonly HandOffTray _tray = new(store);

    /// <returns>Null when there is nothing to hand off.</returns>
    /// <exception cref="StoreUnavailableException">Not known to be finished; the next call finishes it.</exception>
    public async ValueTask<HandOffBatch?> RunAsync(Channel channel)
    {
        if (await UnfinishedAsync(channel) is not { } batch)
        {
            if ((await _tray.FirstAsync(channel)).Count == 0)
            {
                return null;
            }

            batch = await BeginAsync(channel);
        }

        while (await _tray.FirstAsync(channel) is { Count: > 0 } rows)
        {
            await _tray.MoveAsync(batch.Id, channel, rows);
        }

        var count = 0;
        await foreach (var _ in _tray.ItemsAsync(batch.Id))
        {
            count++;
        }

        var closed = batch with { IsClosed = true, Count = count };
        await _tray.CloseAsync(closed);
        return closed;
    }

    private async ValueTask<HandOffBatch?> UnfinishedAsync(Channel channel)
    {
        await foreach (var batch in _tray.BatchesAsync())
        {
            if (batch.Channel == channel && !batch.IsClosed)
            {
                return batch;
            }
        }

        return null;
    }

    private async ValueTask<HandOffBatch> BeginAsync(Channel channel)
    {
        var now = clock.GetUtcNow();
        for (var number = 1; number <= MostADay; number++)
        {
            var batch = new HandOffBatch(HandOffBatch.NameOf(channel, calendar.DayOf(now), number), channel, now, false, 0);
            if (await _tray.TryBeginAsync(batch) || await UnfinishedAsync(channel) is { } other && (batch = other) is not null)
            {
                return batch;
            }
        }

        throw new StoreUnavailableException($"No list could be begun: {MostADay} were made today.");
    }
}

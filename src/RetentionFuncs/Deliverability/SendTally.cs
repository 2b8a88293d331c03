using RetentionFuncs.Messages;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Deliverability;

/// <summary>
/// Counts this process's calls in memory and writes them down a hundred at a time, and whenever the sending is looked over; a process
/// that dies leaves at most that many out.
/// </summary>
public sealed class SendTally(IRowStore store)
{
    private const int FlushAt = 100;

    private readonly SendingRows _rows = new(store);
    private readonly Lock _gate = new();
    private Dictionary<(string Campaign, DateOnly Day), (string Shard, SendingCounts Counts)> _counts = [];
    private int _pending;

    /// <summary>Never throws: what the store does not take is kept for the next time.</summary>
    public async ValueTask CountAsync(Touchpoint touch, SendResult result, DateTimeOffset now)
    {
        SendingCounts one = result switch
        {
            SendResult.Accepted => new(1, 0, 0, 0, 0),
            SendResult.Refused => new(0, 1, 0, 0, 0),
            _ => default,
        };
        if (!one.IsNothing && Add((touch.Campaign, DateOnly.FromDateTime(now.UtcDateTime)), Shards.Of(touch.Customer), one))
        {
            await FlushAsync();
        }
    }

    public async ValueTask FlushAsync()
    {
        Dictionary<(string Campaign, DateOnly Day), (string Shard, SendingCounts Counts)> counts;
        lock (_gate)
        {
            (counts, _counts, _pending) = (_counts, [], 0);
        }

        foreach (var ((campaign, day), (shard, sum)) in counts)
        {
            try
            {
                await _rows.AddAsync(campaign, day, shard, sum);
            }
            catch (StoreUnavailableException)
            {
                _ = Add((campaign, day), shard, sum);
            }
        }
    }

    /// <returns>Whether it is time to write them down.</returns>
    private bool Add((string Campaign, DateOnly Day) key, string shard, SendingCounts counts)
    {
        lock (_gate)
        {
            _counts[key] = (shard, _counts.GetValueOrDefault(key).Counts + counts);
            _pending++;
            return _pending % FlushAt == 0;
        }
    }
}

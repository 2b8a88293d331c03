using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Keeping;

/// <summary>One message that a record outside the store shows as taken.</summary>
public sealed record SentMessage(TouchRef Touch, string AttemptId, DateTimeOffset At);

/// <summary>What a sender has on record of its own, independent of the store.</summary>
public interface ISentRecord
{
    /// <summary>Whether everything taken since then is in it, so that what is not in it was not sent.</summary>
    bool IsWhole { get; }

    /// <summary>What was taken from a day on, that day included; more does no harm.</summary>
    IAsyncEnumerable<SentMessage> SinceAsync(DateOnly day);
}

/// <param name="Known">The store knew already that they were sent.</param>
/// <param name="Found">Sent in the time that the store has forgotten, and on file again now.</param>
/// <param name="Left">Planned or called before the restore, and nobody knows whether they were sent.</param>
public sealed record RestoreReport(int Known, int Found, int Left);

/// <summary>
/// Brings an older state of the store up to what really left: each message that the sender's record or a delivery event shows is put on
/// file as sent, whether the store has planned it yet or will plan it in its late reviews. It never sends.
/// </summary>
public sealed class ReconcileRestored(IRowStore store, FrequencyCap cap, TimeProvider clock)
{
    private sealed record Done(bool Known);

    private readonly OpenWork _open = new(store);
    private readonly Suppress _addresses = new(store);

    /// <summary>Idempotent.</summary>
    public async ValueTask<RestoreReport> RunAsync(RestoreStanding standing, ISentRecord? record)
    {
        var (known, found) = (0, 0);
        var from = DateOnly.FromDateTime(standing.Since.UtcDateTime).AddDays(-2);
        await foreach (var sent in (record?.SinceAsync(from) ?? AsyncEnumerable.Empty<SentMessage>()).Concat(ToldAsync()))
        {
            if ((await ContendedCommit.UntilAppliedAsync(() => PutAsync(sent))).Known)
            {
                known++;
            }
            else
            {
                found++;
            }
        }

        var left = 0;
        await foreach (var _ in FrozenAsync(standing))
        {
            left++;
        }

        return new RestoreReport(known, found, left);
    }

    /// <summary>Ends what is left as unknown: it may have been sent, and is never sent again.</summary>
    /// <returns>How many.</returns>
    public async ValueTask<int> GiveUpAsync(RestoreStanding standing)
    {
        var left = new List<TouchRef>();
        await foreach (var touch in FrozenAsync(standing))
        {
            left.Add(touch.Reference);
        }

        foreach (var reference in left)
        {
            await ContendedCommit.UntilAppliedAsync(async () =>
            {
                var partition = await CustomerPartition.LoadAsync(store, reference.Customer);
                if (partition.TouchpointBy(reference.Touch) is { State: TouchpointState.Planned or TouchpointState.Sending } touch)
                {
                    partition.PutTouchpoint(
                        touch with
                        {
                            State = TouchpointState.Unknown,
                            ClaimedAt = touch.ClaimedAt ?? clock.GetUtcNow(),
                            Reason = RestoreStanding.Reason,
                        }
                    );
                }

                return await partition.CommitAsync() is CommitResult.Applied ? new Done(false) : null;
            });
        }

        return left.Count;
    }

    /// <summary>Planned or called, and due before the restore.</summary>
    private async IAsyncEnumerable<Touchpoint> FrozenAsync(RestoreStanding standing)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        for (var day = await new DayCursor(store, OpenWork.CursorName).StartAsync(today); day <= today; day = day.AddDays(1))
        {
            foreach (var shard in Shards.All)
            {
                await foreach (var reference in _open.ReadAsync(day, shard))
                {
                    var partition = await CustomerPartition.LoadAsync(store, reference.Customer);
                    if (partition.TouchpointBy(reference.Touch) is { } touch && MayBeLost(partition, touch, standing))
                    {
                        yield return touch;
                    }
                }
            }
        }
    }

    /// <summary>Whether the forgotten time may have sent it: it was due by then, or answers an occasion of that time.</summary>
    internal static bool MayBeLost(CustomerPartition partition, Touchpoint touch, RestoreStanding standing)
    {
        if (touch.State is not (TouchpointState.Planned or TouchpointState.Sending))
        {
            return false;
        }

        var began = Campaigns.JourneyEntry.Find(partition, touch.Campaign, touch.Occasion)?.TriggerDay;
        return touch.DueAt < standing.RestoredAt
            || touch.PlannedAt < standing.RestoredAt
            || began <= DateOnly.FromDateTime(standing.RestoredAt.UtcDateTime).AddDays(1);
    }

    /// <summary>Delivery events about attempts that this state does not know: set aside until now.</summary>
    private async IAsyncEnumerable<SentMessage> ToldAsync()
    {
        var told = new List<SentMessage>();
        await foreach (var row in store.ReadAllAsync(EvidenceQuarantine.Partition, RowRange.All))
        {
            if (TouchRef.TryParse(row.Key.Split('|')[0], out var touch) && row.Properties.TextOrNull("attemptId") is { } attempt)
            {
                told.Add(new SentMessage(touch, attempt, row.Properties.Instant("occurredAt")));
            }
        }

        foreach (var sent in told)
        {
            yield return sent;
        }
    }

    private async ValueTask<Done?> PutAsync(SentMessage sent)
    {
        var partition = await CustomerPartition.LoadAsync(store, sent.Touch.Customer);
        if (partition.IsErased)
        {
            return new Done(true);
        }

        if (partition.TouchpointBy(sent.Touch.Touch) is not { } touch)
        {
            if (partition.IsKnownLost(sent.Touch.Touch))
            {
                return new Done(true);
            }

            partition.PutLost(sent);
            return await partition.CommitAsync() is CommitResult.Applied ? new Done(false) : null;
        }

        if (touch.State is TouchpointState.Sent or TouchpointState.Refused)
        {
            return new Done(true);
        }

        partition.PutTouchpoint(LostTouches.SentNow(touch, sent.AttemptId, sent.At));
        var gate = CustomerGate.Of(partition);
        (gate with { Slots = gate.Slots.Take(touch.Id.Value, sent.AttemptId, sent.At, cap) }).PutTo(partition);
        if (await partition.CommitAsync() is not CommitResult.Applied)
        {
            return null;
        }

        if (touch.Address is { } address)
        {
            await _addresses.TakeSlotAsync(address, touch.Id.Value, sent.At, cap);
        }

        return new Done(false);
    }
}

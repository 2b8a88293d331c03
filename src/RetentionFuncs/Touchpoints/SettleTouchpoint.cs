using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Messages;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Touchpoints;

/// <summary>Writes down what a call came to. States only move right, except for the two proofs that nothing was sent.</summary>
public sealed class SettleTouchpoint(IRowStore store)
{
    private const int Tries = 5;

    /// <param name="held">The partition as the claim left it: written on at once, and read anew only when somebody moved it meanwhile.</param>
    /// <returns>The touchpoint as it stands, or null when the store did not take it: the row then still says Sending.</returns>
    public async ValueTask<Touchpoint?> RunAsync(Touchpoint claimed, SendResult result, DateTimeOffset now, CustomerPartition? held = null)
    {
        for (var i = 0; i < Tries; i++)
        {
            try
            {
                var partition = i == 0 && held is { HasChanges: false } ? held : await CustomerPartition.LoadAsync(store, claimed.Customer);
                if (partition.TouchpointBy(claimed.Id) is not { } touch || touch.AttemptId != claimed.AttemptId)
                {
                    return null;
                }

                var settled = Merge(touch, result, now);
                if (settled == touch)
                {
                    return touch;
                }

                partition.PutTouchpoint(settled);
                var freed = settled.State is TouchpointState.Planned or TouchpointState.Refused;
                if (freed)
                {
                    ClaimTouchpoint.FreeSlot(partition, claimed);
                }

                if (await partition.CommitAsync() is CommitResult.Applied)
                {
                    await AfterAsync(settled, freed);
                    return settled;
                }
            }
            catch (StoreUnavailableException)
            {
                // A quick retry; beyond that the reaper and the evidence take over.
            }
        }

        return null;
    }

    /// <summary>
    /// The lattice. An answer about this very attempt outranks the reaper's "unknown"; evidence that it was sent outranks every answer.
    /// </summary>
    public static Touchpoint Merge(Touchpoint touch, SendResult result, DateTimeOffset now) =>
        (touch.State, result) switch
        {
            (TouchpointState.Sending or TouchpointState.Unknown, SendResult.Accepted a) => touch with
            {
                State = TouchpointState.Sent,
                SettledAt = now,
                ProviderMessageId = a.ProviderMessageId,
                Reason = null,
            },
            (TouchpointState.Sent, SendResult.Accepted a) => touch with
            {
                ProviderMessageId = touch.ProviderMessageId ?? a.ProviderMessageId,
            },
            (TouchpointState.Sending or TouchpointState.Unknown, SendResult.Refused r) => touch with
            {
                State = TouchpointState.Refused,
                SettledAt = now,
                Reason = r.Reason,
            },
            (TouchpointState.Sending, SendResult.Unknown u) => touch with { State = TouchpointState.Unknown, Reason = u.Reason },
            (TouchpointState.Sending, SendResult.ProvenNotSent p) => touch with
            {
                State = TouchpointState.Planned,
                DueAt = p.RetryAt > touch.DueAt ? p.RetryAt : touch.DueAt,
                Reason = p.Reason,
            },
            (TouchpointState.Sending, SendResult.SystemicRefusal s) => touch with { State = TouchpointState.Planned, Reason = s.Reason },
            _ => touch,
        };

    private async ValueTask AfterAsync(Touchpoint settled, bool freed)
    {
        if (freed)
        {
            await ClaimTouchpoint.FreeAddressAsync(store, settled);
        }

        if (settled.State == TouchpointState.Refused)
        {
            await new OpenWork(store).RemoveAsync(settled);
        }
    }
}

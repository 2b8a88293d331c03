using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Touchpoints;

/// <summary>How a claim ended.</summary>
public abstract record ClaimResult
{
    private ClaimResult() { }

    /// <summary>Ours: call now, once.</summary>
    public sealed record Claimed(Touchpoint Touch) : ClaimResult;

    /// <summary>Somebody else moved it first, or the store did not answer before anything was ours: look again later.</summary>
    public sealed record NotOurs(string Why) : ClaimResult;

    /// <summary>The address said no: never called, settled as Skipped.</summary>
    public sealed record Denied(Touchpoint Touch) : ClaimResult;
}

/// <summary>
/// Takes a touchpoint for sending by two conditional writes in a fixed order (design S2): first the customer's partition (Planned →
/// Sending under a fresh attempt id, and the customer's cap slot), then the address's (suppression checked, cap slot taken). The second
/// decides. A lost answer is settled by reading back the attempt id. That nothing is sent twice depends on no clock; only that nothing
/// is sent too late does.
/// </summary>
public sealed class ClaimTouchpoint(IRowStore store, TimeProvider clock)
{
    /// <summary>How old the gates' answers may be when the call begins; a process that stood still for longer asks again.</summary>
    public static readonly TimeSpan Hesitation = TimeSpan.FromMinutes(1);

    private const int AddressTries = 6;

    private readonly Suppress _addresses = new(store);

    /// <param name="partition">As loaded; its touch is Planned.</param>
    /// <param name="attemptId">Fresh, never used before.</param>
    /// <param name="now">When the gates were asked.</param>
    /// <param name="topic">Of the campaign, or null.</param>
    /// <param name="seen">The address as the gates saw it: the slot is taken in that version, and only if it is there no more the address is read again.</param>
    public async ValueTask<ClaimResult> RunAsync(
        CustomerPartition partition,
        Touchpoint touch,
        AddressKey address,
        string attemptId,
        FrequencyCap cap,
        DateTimeOffset now,
        string? topic = null,
        SeenStanding? seen = null
    )
    {
        var claimed = touch with
        {
            State = TouchpointState.Sending,
            AttemptId = attemptId,
            Attempts = touch.Attempts + 1,
            Address = address,
            ClaimedAt = now,
            LogLooks = 0,
            NotFoundAt = null,
            Reason = null,
        };
        if (!await TakeCustomerAsync(partition, claimed, cap, now))
        {
            return new ClaimResult.NotOurs("the customer's row was not taken");
        }

        return await TakeAddressAsync(claimed, address, cap, now, topic, seen) switch
        {
            AddressAnswer.Yes when IsStill(now, claimed) => new ClaimResult.Claimed(claimed),
            AddressAnswer.Yes => await ReleaseAsync(claimed, "StoodStill"),
            AddressAnswer.No no => await DenyAsync(claimed, no.Reason, now),
            _ => await ReleaseAsync(claimed, "AddressUnanswered"),
        };
    }

    private abstract record AddressAnswer
    {
        public sealed record Yes : AddressAnswer;

        public sealed record No(GateReason Reason) : AddressAnswer;

        public sealed record Silence : AddressAnswer;
    }

    private async ValueTask<bool> TakeCustomerAsync(CustomerPartition partition, Touchpoint claimed, FrequencyCap cap, DateTimeOffset now)
    {
        partition.PutTouchpoint(claimed);

        // A consent or profiling that is refused between the look and the claim makes the claim fail.
        partition.Hold(CustomerPartition.ProfileRow);
        partition.Hold(CustomerPartition.ContactPrefix + claimed.Contact.Value);
        if (claimed.Purpose != MessagePurpose.Service)
        {
            var gate = CustomerGate.Of(partition);
            (gate with { Slots = gate.Slots.Take(claimed.Id.Value, claimed.AttemptId!, now, cap) }).PutTo(partition);
        }

        return await partition.CommitAsync(claim: true) switch
        {
            CommitResult.Applied => true,
            CommitResult.Conflict => false,
            _ => await ReadBackAsync(claimed) is { State: TouchpointState.Sending },
        };
    }

    /// <summary>The touchpoint if its newest attempt is ours, else null.</summary>
    private async ValueTask<Touchpoint?> ReadBackAsync(Touchpoint claimed)
    {
        var now = await CustomerPartition.LoadAsync(store, claimed.Customer);
        return now.TouchpointBy(claimed.Id) is { } touch && touch.AttemptId == claimed.AttemptId ? touch : null;
    }

    private async ValueTask<AddressAnswer> TakeAddressAsync(
        Touchpoint claimed,
        AddressKey address,
        FrequencyCap cap,
        DateTimeOffset now,
        string? topic,
        SeenStanding? seen
    )
    {
        // A service message takes no slot, so nothing would tell that the address moved since it was seen.
        var known = claimed.Purpose == MessagePurpose.Service ? null : seen;
        for (var i = 0; i < AddressTries; i++, known = null)
        {
            try
            {
                var current = known ?? await _addresses.SeeAsync(address);
                var (standing, _) = current;
                if (Objection(standing, claimed, cap, now, topic) is { } reason)
                {
                    return new AddressAnswer.No(reason);
                }

                if (claimed.Purpose == MessagePurpose.Service)
                {
                    return new AddressAnswer.Yes();
                }

                var taken = standing with { Slots = standing.Slots.Take(claimed.Id.Value, claimed.AttemptId!, now, cap) };
                if (await _addresses.ReplaceAsync(address, current, taken))
                {
                    return new AddressAnswer.Yes();
                }
            }
            catch (StoreUnavailableException)
            {
                // Asked again below: taking one's own slot twice is taking it once.
            }
        }

        return new AddressAnswer.Silence();
    }

    private static GateReason? Objection(
        AddressStanding standing,
        Touchpoint claimed,
        FrequencyCap cap,
        DateTimeOffset now,
        string? topic
    ) =>
        standing.Objection(claimed.Purpose, now) is { } objection ? SuppressionGate.ReasonOf(objection.Reason)
        : topic is not null && claimed.Purpose != MessagePurpose.Service && standing.Refuses(topic) ? GateReason.TopicRefused
        : claimed.Purpose != MessagePurpose.Service && standing.Slots.FreeAt(now, cap, claimed.Id.Value) > now ? GateReason.AddressCapped
        : null;

    private async ValueTask<ClaimResult> DenyAsync(Touchpoint claimed, GateReason reason, DateTimeOffset now)
    {
        var skipped = claimed with { State = TouchpointState.Skipped, Reason = reason.ToString(), SettledAt = now };
        return await MoveAsync(claimed, skipped)
            ? new ClaimResult.Denied(skipped)
            : new ClaimResult.NotOurs("the address said no, and the row did not take it");
    }

    /// <summary>Nothing was called under this attempt and nothing will be, so the way back to Planned is open.</summary>
    private async ValueTask<ClaimResult> ReleaseAsync(Touchpoint claimed, string why)
    {
        await MoveAsync(claimed, claimed with { State = TouchpointState.Planned, Reason = why });
        return new ClaimResult.NotOurs(why);
    }

    private bool IsStill(DateTimeOffset asked, Touchpoint claimed)
    {
        var now = clock.GetUtcNow();
        return now >= asked && now - asked < Hesitation && now < claimed.ExpiresAt;
    }

    /// <summary>
    /// Moves our own Sending on and frees the slots. If that fails the row stays in the index of open work: as Sending, which the reaper
    /// shows, or as what the reaper or a repeat of this very move made of it.
    /// </summary>
    private async ValueTask<bool> MoveAsync(Touchpoint claimed, Touchpoint to)
    {
        try
        {
            for (var i = 0; i < ContendedCommit.Tries; i++)
            {
                var partition = await CustomerPartition.LoadAsync(store, claimed.Customer);
                if (
                    partition.TouchpointBy(claimed.Id) is not { State: TouchpointState.Sending } touch
                    || touch.AttemptId != claimed.AttemptId
                )
                {
                    return false;
                }

                partition.PutTouchpoint(to);
                FreeSlot(partition, claimed);
                if (await partition.CommitAsync() is CommitResult.Applied)
                {
                    await FreeAddressAsync(store, claimed);
                    return true;
                }
            }
        }
        catch (StoreUnavailableException)
        {
            // Left as it is: visible, and never called.
        }

        return false;
    }

    /// <summary>Gives back the customer's slot of the touch's newest attempt, within the commit to come.</summary>
    internal static void FreeSlot(CustomerPartition partition, Touchpoint touch)
    {
        var gate = CustomerGate.Of(partition);
        if (touch.AttemptId is { } attempt && gate.Slots.Holds(touch.Id.Value, attempt))
        {
            (gate with { Slots = gate.Slots.Free(touch.Id.Value, attempt) }).PutTo(partition);
        }
    }

    /// <summary>Gives back the address's slot of the touch's newest attempt; nothing happens when it holds none.</summary>
    internal static async ValueTask FreeAddressAsync(IRowStore store, Touchpoint touch)
    {
        if (touch is { Address: { } address, AttemptId: { } attempt })
        {
            await new Suppress(store).FreeSlotAsync(address, touch.Id.Value, attempt);
        }
    }
}

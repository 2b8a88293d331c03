using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;
using static RetentionFuncs.Simulation.Plants.BentStore;

namespace RetentionFuncs.Simulation.Plants;

/// <summary>Faults between the product and its store's commits.</summary>
internal static class StorePlants
{
    public static IReadOnlyList<Plant> All { get; } =
    [
        new BentWrites(
            "claim-without-version",
            Rule.AcceptedOnce,
            "the claim of the customer's row forgets which version it read",
            (_, p, w) => IsClaim(p, w) ? Blind(w) : w
        ),
        new BentAnswers(
            "assumed-claim",
            Rule.ClaimedBeforeCalled,
            "a claim whose answer was lost is taken for granted instead of read back",
            (p, w, r) => r is CommitResult.Unknown && IsClaim(p, w) ? Pretended(w) : r
        ),
        new BentAnswers(
            "deaf-claim",
            Rule.ClaimedBeforeCalled,
            "a claim that came too late is taken for one's own",
            (p, w, r) => r is CommitResult.Conflict && IsClaim(p, w) ? Pretended(w) : r
        ),
        new BentAnswers(
            "deaf-address",
            Rule.ClaimedBeforeCalled,
            "the answer of the address's partition is not listened to",
            (p, w, r) => p.Table == StoreTable.Addresses ? Pretended(w) : r
        ),
        new BentWrites(
            "slot-without-version",
            Rule.CapKept,
            "the cap slot is written over whatever stands on the address by then",
            (_, p, w) => p.Table == StoreTable.Addresses ? Blind(w) : w
        ),
        new BentWrites(
            "address-not-written",
            Rule.ClaimedBeforeCalled,
            "the second write of the claim, on the address, is not made",
            (s, p, w) => s.Sends && p.Table == StoreTable.Addresses ? null : w
        ),
        new BentWrites(
            "claim-not-written",
            Rule.ClaimedBeforeCalled,
            "the call is made and recorded afterwards",
            (_, p, w) => IsClaim(p, w) ? null : w
        ),
        new BentWrites(
            "claim-without-contact",
            Rule.NoIsNo,
            "a claim does not hold profile and contact: a consent that goes meanwhile is not seen",
            (_, p, w) =>
                IsClaim(p, w) ? [.. w.Where(r => r.Key != "profile" && !r.Key.StartsWith("contact|", StringComparison.Ordinal))] : w
        ),
        new BentWrites(
            "claim-without-slot",
            Rule.ClaimedBeforeCalled,
            "a claim takes no slot of the customer's own",
            (_, p, w) => IsClaim(p, w) ? [.. w.Where(r => r.Key != "gate")] : w
        )
        {
            FoundBy = FoundBy.Second,
        },
        new BentWrites(
            "slot-kept",
            Rule.SlotFreed,
            "what ended unsent does not give its slot back",
            (_, p, w) => p.Table == StoreTable.Addresses && Frees(w[0]) ? null : w
        ),
        new BentWrites(
            "planned-twice",
            Rule.PlannedOnce,
            "a clock in the id: the same intent is recorded under two",
            (_, p, w) => Writes(p, w, "Planned") ? [.. w, .. w.Where(IsNew).Take(1).Select(Copied)] : w
        ),
        new BentWrites(
            "one-coupon-for-all",
            Rule.PlannedOnce,
            "the code is drawn by campaign and not by touchpoint",
            (_, p, w) => Writes(p, w, "Planned") ? [.. w.Select(r => WithCoupon(r, "AAAA-BBBB-CCCC-DDDD"))] : w
        )
        {
            FoundBy = FoundBy.Second,
        },
        new BentWrites(
            "coupon-minted-again",
            Rule.LegalTransition,
            "a second attempt draws a second code",
            (_, p, w) => IsClaim(p, w) ? [.. w.Select(r => WithCoupon(r, r.Properties?.TextOrNull("attemptId")))] : w
        )
        {
            FoundBy = FoundBy.Second,
        },
        new BentWrites(
            "newest-version",
            Rule.LegalTransition,
            "a campaign edited meanwhile changes what is under way",
            (_, p, w) => IsClaim(p, w) ? [.. w.Select(Edited)] : w
        )
        {
            FoundBy = FoundBy.Second,
        },
        new BentWrites(
            "no-open-work",
            Rule.NothingLost,
            "nothing is listed as unfinished",
            (_, p, w) => p.Table == StoreTable.OpenWork && w[0].Properties is not null ? null : w
        ),
        new BentWrites(
            "refusal-on-contact-only",
            Rule.NoIsNo,
            "who unsubscribes is noted at the contact and not on the address",
            (s, p, w) => s.IsPerson && p.Table == StoreTable.Addresses ? null : w
        )
        {
            FoundBy = FoundBy.Second,
        },
        new BentWrites(
            "withdrawal-lost",
            Rule.NoIsNo,
            "a consent taken back is confirmed and not written",
            (s, p, w) => s.IsPerson && w.Any(r => r.Properties?.TextOrNull("consent") == "Denied") ? null : w
        )
        {
            FoundBy = FoundBy.Second,
        },
        new ForgottenWhen(
            "forgotten-when-claimed",
            Rule.NothingLost,
            "the row of open work goes with the claim, and no audit mends it",
            "Sending"
        ),
        new ForgottenWhen(
            "unknown-forgotten",
            Rule.UnknownIsListed,
            "an unknown outcome is taken off the list, and no audit mends it",
            "Unknown"
        ),
    ];

    private static bool IsNew(RowWrite write) => IsTouch(write.Key) && write.Expect.Kind == ExpectationKind.Absent;

    private static RowWrite Copied(RowWrite write) => write with { Key = write.Key[..^1] + (write.Key[^1] == 'a' ? 'b' : 'a') };

    private static bool Frees(RowWrite write) =>
        write is { Expect.Kind: ExpectationKind.Version, Properties: { } row } && !row.Has("suppressed") && !row.Has("slots");

    private static RowWrite WithCoupon(RowWrite write, string? code) =>
        IsTouch(write.Key) && write.Properties?.Has("coupon") == true
            ? write with
            {
                Properties = write.Properties.Copy().Set("coupon", code),
            }
            : write;

    private static RowWrite Edited(RowWrite write) =>
        IsTouch(write.Key) && write.Properties is { } row && row.Has("attemptId")
            ? write with
            {
                Properties = row.Copy().Set("version", "edited"),
            }
            : write;

    /// <summary>The open row of a touchpoint is removed as soon as it is in a state.</summary>
    private sealed record ForgottenWhen : Plant
    {
        private readonly string _state;

        public ForgottenWhen(string name, Rule breaks, string what, string state)
            : base(name, breaks, what) => (_state, Audits) = (state, false);

        public override IRowStore Around(IRowStore store, PlantSite site) =>
            new BentStore(
                store,
                async (p, w) =>
                {
                    var result = await store.CommitAsync(p, w);
                    foreach (var write in w.Where(r => Writes(p, [r], _state) && result is CommitResult.Applied))
                    {
                        var touch = new TouchRef(new(p.Key), new(write.Key["touch|".Length..]));
                        var day = DateOnly.FromDateTime(write.Properties!.Instant("plannedAt").UtcDateTime);
                        await new OpenWork(store).RemoveAsync(day, touch);
                    }

                    return result;
                }
            );
    }
}

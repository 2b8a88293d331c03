using RetentionFuncs.Storage;

namespace RetentionFuncs.Keeping;

/// <summary>That this store is an older state put back, and what was decided about it.</summary>
/// <param name="Since">The last moment the state itself knows of: what was sent later, it has forgotten.</param>
/// <param name="RestoredAt">When it was put back; nothing planned before leaves until a person has decided.</param>
/// <param name="Why">How it was noticed.</param>
/// <param name="ReleasedAt">When sending was let go on; null while it is frozen.</param>
/// <param name="SkipLost">
/// Whether occasions that began before <paramref name="RestoredAt"/> are taken as sent, because no record tells which of them were.
/// </param>
public sealed record RestoreStanding(
    DateTimeOffset Since,
    DateTimeOffset RestoredAt,
    string Why,
    DateTimeOffset? ReleasedAt = null,
    bool SkipLost = false
)
{
    /// <summary>How long after the release late reviews may still bring up what the lost time may have sent.</summary>
    public static readonly TimeSpan LostFor = TimeSpan.FromDays(14);

    /// <summary>What is noted on a message that is never sent because of it.</summary>
    public const string Reason = "RestoredOlderState";

    public bool IsFrozen => ReleasedAt is null;
}

/// <summary>The row that says so, in the control table.</summary>
public sealed class RestoreRows(IRowStore store)
{
    private const string Key = "standing";
    private static readonly PartitionId Partition = new(StoreTable.Control, "restore");

    /// <summary>Null: this store was never put back.</summary>
    public async ValueTask<RestoreStanding?> ReadAsync() =>
        await store.ReadRowAsync(Partition, Key) is { Properties: var bag }
            ? new RestoreStanding(
                bag.Instant("since"),
                bag.Instant("restoredAt"),
                bag.Text("why"),
                bag.InstantOrNull("releasedAt"),
                bag.Flag("skipLost")
            )
            : null;

    public ValueTask PutAsync(RestoreStanding standing) =>
        store.PutAnyAsync(
            Partition,
            Key,
            new PropertyBag()
                .Set("since", standing.Since)
                .Set("restoredAt", standing.RestoredAt)
                .Set("why", standing.Why)
                .Set("releasedAt", standing.ReleasedAt)
                .Set("skipLost", standing.SkipLost)
        );
}

using RetentionFuncs.Storage;

namespace RetentionFuncs.Campaigns;

/// <summary>What became of campaigns that were to be put on file.</summary>
public abstract record ApplyEnding
{
    private ApplyEnding() { }

    /// <param name="Heads">In the order given.</param>
    public sealed record Applied(IReadOnlyList<CampaignHead> Heads) : ApplyEnding;

    /// <summary>Nothing was applied: the campaign on file is not one the caller has seen.</summary>
    /// <param name="Current">The version on file.</param>
    public sealed record Changed(string Key, string Current) : ApplyEnding;
}

/// <summary>Puts versions on file and makes them the current ones, all or none; running entries keep theirs (design S10).</summary>
public sealed class ApplyCampaigns(IRowStore store, CampaignBook book, TimeProvider clock)
{
    /// <summary>Campaigns of one call.</summary>
    public const int Most = RowLimits.CommitRows;

    private readonly CampaignHeads _heads = new(store, book);

    /// <param name="versions">1 to <see cref="Most"/>, each campaign once.</param>
    /// <param name="seen">The versions on file that may be replaced; null: whichever stands there. What is on file already needs none.</param>
    /// <exception cref="StoreUnavailableException">Not known to be applied; doing it again is safe.</exception>
    public async ValueTask<ApplyEnding> RunAsync(IReadOnlyList<CampaignVersion> versions, IReadOnlyCollection<string>? seen = null)
    {
        foreach (var version in versions)
        {
            await store.PutAnyAsync(CampaignBook.VersionsOf(version.Campaign.Key), "version|" + version.Hash, CampaignRows.ToBag(version));
        }

        return await ContendedCommit.UntilAppliedAsync(() => TryAsync(versions, seen));
    }

    private async ValueTask<ApplyEnding?> TryAsync(IReadOnlyList<CampaignVersion> versions, IReadOnlyCollection<string>? seen)
    {
        var heads = new List<(CampaignHead Head, Expectation Expect)>();
        foreach (var version in versions)
        {
            var known = await _heads.ReadAsync(version.Campaign.Key);
            if (known is var (head, _) && head.Version != version.Hash && seen?.Contains(head.Version) == false)
            {
                return new ApplyEnding.Changed(head.Key, head.Version);
            }

            heads.Add((Next(known?.Head, version), known is { } row ? Expectation.At(row.Version) : Expectation.Absent));
        }

        return await _heads.TryPutAsync(heads) ? new ApplyEnding.Applied([.. heads.Select(h => h.Head)]) : null;
    }

    private CampaignHead Next(CampaignHead? known, CampaignVersion version) =>
        known is null ? new(version.Campaign.Key, CampaignStatus.Draft, version.Hash, clock.GetUtcNow(), null, null, 0, 0)
        : known.Version == version.Hash ? known
        : known with { Version = version.Hash, AppliedAt = clock.GetUtcNow() };
}

using System.Collections.Concurrent;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Campaigns;

/// <summary>Where a campaign stands today; consent, caps and pauses are always today's, the version belongs to each entry.</summary>
/// <param name="StartOn">The first day it may enter anyone; set at launch.</param>
/// <param name="ControlShare">Fixed at launch for the campaign's life.</param>
public sealed record CampaignHead(
    string Key,
    CampaignStatus Status,
    string Version,
    DateTimeOffset AppliedAt,
    DateTimeOffset? LaunchedAt,
    DateOnly? StartOn,
    decimal ControlShare,
    int AudienceAtLaunch
)
{
    /// <summary>Null without a backlog, and of campaigns launched before it was counted.</summary>
    public BacklogAtLaunch? Backlog { get; init; }
}

/// <summary>What a campaign found at its launch.</summary>
/// <param name="Slipped">Customers past its trigger by then.</param>
/// <param name="InAudience">Those of them whom its audience wanted: the line.</param>
/// <param name="PerDay">Places a day.</param>
public sealed record BacklogAtLaunch(int Slipped, int InAudience, int PerDay);

public sealed record LiveCampaign(CampaignHead Head, CampaignVersion Version);

/// <summary>
/// Reads campaigns and the kill switch. Heads are cached for at most five seconds: what may still go out after a stop is what is in
/// flight plus five seconds of sends. Versions are immutable and cached for good.
/// </summary>
public sealed class CampaignBook(IRowStore store, TimeProvider clock)
{
    public static readonly TimeSpan CacheFor = TimeSpan.FromSeconds(5);
    public static readonly PartitionId Heads = new(StoreTable.Campaigns, "heads");
    private const string KillRow = "~kill-switch";

    private readonly ConcurrentDictionary<string, CampaignVersion> _versions = new(StringComparer.Ordinal);
    private Snapshot? _snapshot;

    private sealed record Snapshot(DateTimeOffset At, IReadOnlyList<LiveCampaign> All, bool Killed);

    public async ValueTask<IReadOnlyList<LiveCampaign>> AllAsync() => (await FreshAsync()).All;

    public async ValueTask<IReadOnlyList<LiveCampaign>> LiveAsync() =>
        [.. (await FreshAsync()).All.Where(c => c.Head.Status == CampaignStatus.Live)];

    public async ValueTask<LiveCampaign?> FindAsync(string key) =>
        (await FreshAsync()).All.FirstOrDefault(c => string.Equals(c.Head.Key, key, StringComparison.Ordinal));

    /// <summary>Whether a person has stopped all sending.</summary>
    public async ValueTask<bool> IsKilledAsync() => (await FreshAsync()).Killed;

    public ValueTask KillAsync(bool on, string by)
    {
        Forget();
        return store.PutAnyAsync(Heads, KillRow, new PropertyBag().Set("on", on).Set("by", by).Set("at", clock.GetUtcNow()));
    }

    /// <summary>One immutable version.</summary>
    /// <exception cref="InvalidDataException">A row names a version that is not on file.</exception>
    public async ValueTask<CampaignVersion> VersionAsync(string campaign, string hash)
    {
        var name = campaign + "|" + hash;
        if (_versions.TryGetValue(name, out var known))
        {
            return known;
        }

        var row = await store.ReadRowAsync(VersionsOf(campaign), "version|" + hash);
        return _versions[name] = CampaignRows.ReadVersion(
            row?.Properties ?? throw new InvalidDataException($"Version {hash} of campaign {campaign} is not on file.")
        );
    }

    /// <summary>Look again at once; after a change of one's own.</summary>
    public void Forget() => _snapshot = null;

    internal static PartitionId VersionsOf(string campaign) => new(StoreTable.Campaigns, campaign);

    private async ValueTask<Snapshot> FreshAsync()
    {
        var now = clock.GetUtcNow();
        if (_snapshot is { } known && now >= known.At && now - known.At < CacheFor)
        {
            return known;
        }

        var all = new List<LiveCampaign>();
        var killed = false;
        await foreach (var row in store.ReadAllAsync(Heads, RowRange.All))
        {
            if (row.Key == KillRow)
            {
                killed = row.Properties.Flag("on");
            }
            else
            {
                var head = CampaignRows.ReadHead(row);
                all.Add(new LiveCampaign(head, await VersionAsync(head.Key, head.Version)));
            }
        }

        return _snapshot = new Snapshot(
            now,
            [.. all.OrderByDescending(c => c.Version.Campaign.Priority).ThenBy(c => c.Head.Key, StringComparer.Ordinal)],
            killed
        );
    }
}

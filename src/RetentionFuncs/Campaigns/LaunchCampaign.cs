using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Experiments;
using RetentionFuncs.Findings;
using RetentionFuncs.Orders;
using RetentionFuncs.Reviews;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Segments;
using RetentionFuncs.Settings;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Campaigns;

/// <summary>What became of a command about a campaign.</summary>
public abstract record CampaignCommand
{
    private CampaignCommand() { }

    public sealed record Done(CampaignHead Head) : CampaignCommand;

    /// <summary>Not possible, with what to do instead.</summary>
    public sealed record Refused(Phrase Reason) : CampaignCommand;
}

/// <summary>Applies, launches, pauses, resumes and stops campaigns. The store is the truth; files come in by apply (design S10).</summary>
public sealed class LaunchCampaign(
    IRowStore store,
    CampaignBook book,
    BusinessSettings settings,
    BusinessCalendar calendar,
    ScoringBook scoring,
    TimeProvider clock
)
{
    private const int Width = 32;

    private readonly DueIndex _due = new(store);
    private readonly CampaignHeads _heads = new(store, book);
    private readonly ApplyCampaigns _apply = new(store, book, clock);

    /// <summary>Puts a version on file and makes it the current one, whichever stood there; running entries keep theirs.</summary>
    public async ValueTask<CampaignHead> ApplyAsync(CampaignVersion version) =>
        await _apply.RunAsync([version]) is ApplyEnding.Applied { Heads: [var head] }
            ? head
            : throw new InvalidOperationException("Applying to whichever version stands there cannot be refused.");

    /// <summary>
    /// Starts a campaign: sizes its audience in one full pass, fixes the control share for its life, and plans the reviews that its
    /// trigger needs for customers who are already on file.
    /// </summary>
    public async ValueTask<CampaignCommand> LaunchAsync(string key, IProgress<int>? progress = null)
    {
        book.Forget();
        if (await book.FindAsync(key) is not { } live)
        {
            return new CampaignCommand.Refused(
                new($"There is no campaign '{key}'; apply its file first.", $"没有活动“{key}”，请先用 apply 应用其文件。")
            );
        }

        if (live.Head.Status is CampaignStatus.Stopped)
        {
            return new CampaignCommand.Refused(
                new(
                    $"'{key}' was stopped for good; give it a new key to run it again.",
                    $"活动“{key}”已永久结束；如需再次开展，请换一个新的 key。"
                )
            );
        }

        if (live.Head.LaunchedAt is not null)
        {
            return await MoveAsync(live.Head, CampaignStatus.Live);
        }

        var today = calendar.DayOf(clock.GetUtcNow());
        var start = live.Version.Campaign.Start is { } given && given > today ? given : today;
        var size = await SizeAsync(live.Version, today, progress);
        var share = live.Version.Campaign.ControlShare ?? ControlShare.Default(size);
        await PlanAsync(live.Version.Campaign, today);
        var head = await ChangeAsync(
            live.Head,
            // Sizing takes long: whoever was launched meanwhile by somebody else keeps what was fixed there.
            known =>
                known.LaunchedAt is not null
                    ? known
                    : known with
                    {
                        Status = CampaignStatus.Live,
                        LaunchedAt = clock.GetUtcNow(),
                        StartOn = start,
                        ControlShare = share,
                        AudienceAtLaunch = size,
                    }
        );
        return new CampaignCommand.Done(head);
    }

    public ValueTask<CampaignCommand> PauseAsync(string key) => CommandAsync(key, CampaignStatus.Paused);

    /// <summary>Ends it for good; planned messages are skipped when their turn comes.</summary>
    public ValueTask<CampaignCommand> StopAsync(string key) => CommandAsync(key, CampaignStatus.Stopped);

    private async ValueTask<CampaignCommand> CommandAsync(string key, CampaignStatus status)
    {
        book.Forget();
        return await book.FindAsync(key) is not { } live
                ? new CampaignCommand.Refused(new($"There is no campaign '{key}'.", $"没有活动“{key}”。"))
            : live.Head.Status is CampaignStatus.Draft or CampaignStatus.Stopped
                ? new CampaignCommand.Refused(
                    new(
                        $"'{key}' is {live.Head.Status.ToString().ToLowerInvariant()}; only a running campaign can be paused or stopped.",
                        live.Head.Status is CampaignStatus.Draft
                            ? $"活动“{key}”尚未启动，无法暂停或结束。"
                            : $"活动“{key}”已永久结束，无法再暂停或结束。"
                    )
                )
            : await MoveAsync(live.Head, status);
    }

    /// <summary>What was stopped meanwhile stays so.</summary>
    private async ValueTask<CampaignCommand> MoveAsync(CampaignHead head, CampaignStatus status) =>
        new CampaignCommand.Done(
            await ChangeAsync(head, known => known.Status is CampaignStatus.Stopped ? known : known with { Status = status })
        );

    private async ValueTask<CampaignHead> ChangeAsync(CampaignHead head, Func<CampaignHead, CampaignHead> change) =>
        await _heads.ChangeAsync(head.Key, change) ?? throw new InvalidDataException($"The head of campaign {head.Key} is gone.");

    private async ValueTask<int> SizeAsync(CampaignVersion version, DateOnly today, IProgress<int>? progress)
    {
        var audience = new AudienceCache().Of(version);
        var channels = version.Campaign.Messages.Select(m => m.Channel).Distinct().ToArray();
        var (refit, now) = (await scoring.NewestAsync(), clock.GetUtcNow());
        var rule = await scoring.RuleAsync();
        var (size, seen) = (0, 0);
        await SideBySide.ForEachAsync(
            new CustomerIndex(store).ReadAllAsync(),
            Width,
            async key =>
            {
                var partition = await CustomerPartition.LoadAsync(store, key);
                var summary = partition.Summary();
                var stage = StageSchedule.StageOn(summary, rule, today);
                var signals = CustomerSignals.Of(partition, summary, stage, now, today, refit, settings.Currency);
                var facts = partition.Profile() is { } customer
                    ? AudienceView.Of(
                        customer,
                        partition.Contacts(),
                        summary,
                        stage,
                        today,
                        settings.Currency,
                        refit?.CutPoints,
                        signals,
                        ValueFacts.Of(partition, summary, refit, now, today, partition.Tier()?.Tier)
                    )
                    : null;
                Interlocked.Add(ref size, facts is not null && facts.CanBeReachedBy(channels) && audience.Matches(facts) ? 1 : 0);
                progress?.Report(Interlocked.Increment(ref seen));
            }
        );
        return size;
    }

    /// <summary>Rows for whole shards, which the reviews expand; written before the campaign's head and again without harm.</summary>
    private async ValueTask PlanAsync(Campaign campaign, DateOnly today)
    {
        var rows = campaign.Trigger switch
        {
            CampaignTrigger.DateList list => list
                .Dates.Where(d => d >= today)
                .SelectMany(d => Shards.All.Select(s => DueRow.ForShard(d, DueKind.Dates, s, campaign.Key))),
            CampaignTrigger.DaysAfterOrder or CampaignTrigger.Replenish => OnceForAll(),
            CampaignTrigger.StageEntered when campaign.BacklogPerDay > 0 => OnceForAll(),
            _ => [],
        };
        foreach (var row in rows)
        {
            await _due.AddAsync(row);
        }

        IEnumerable<DueRow> OnceForAll() => Shards.All.Select(s => DueRow.ForShard(today, DueKind.Launch, s, campaign.Key));
    }
}

using RetentionFuncs.Backlogs;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Experiments;
using RetentionFuncs.Findings;
using RetentionFuncs.Orders;
using RetentionFuncs.Reviews;
using RetentionFuncs.Scoring;
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
        var (size, slipped, inAudience) = await SizeAsync(live.Version, today, progress);
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
                        Backlog = live.Version.Campaign.KeepsBacklog
                            ? new BacklogAtLaunch(slipped, inAudience, live.Version.Campaign.BacklogPerDay)
                            : null,
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

    /// <returns>People of the audience who can be reached; who slipped past the trigger before, and those of them in the audience.</returns>
    private async ValueTask<(int Size, int Slipped, int InAudience)> SizeAsync(
        CampaignVersion version,
        DateOnly today,
        IProgress<int>? progress
    )
    {
        var audience = new AudienceCache().Of(version);
        var channels = version.Campaign.Messages.Select(m => m.Channel).Distinct().ToArray();
        var (refit, now) = (await scoring.NewestAsync(), clock.GetUtcNow());
        var rule = await scoring.RuleAsync();
        var (size, seen, slipped, wanted) = (0, 0, 0, 0);
        await SideBySide.ForEachAsync(
            new CustomerIndex(store).ReadAllAsync(),
            Width,
            async key =>
            {
                var partition = await CustomerPartition.LoadAsync(store, key);
                var stage = StageSchedule.StageOn(partition.Summary(), rule, today);
                var facts = AudienceView.Of(partition, stage, refit, now, today, settings.Currency);
                var matches = facts is not null && audience.Matches(facts);
                Interlocked.Add(ref size, matches && facts!.CanBeReachedBy(channels) ? 1 : 0);
                if (HasSlipped(partition, version.Campaign, rule, today))
                {
                    Interlocked.Increment(ref slipped);
                    Interlocked.Add(ref wanted, matches ? 1 : 0);
                }

                progress?.Report(Interlocked.Increment(ref seen));
            }
        );
        return (size, slipped, wanted);
    }

    /// <summary>Stands in the campaign's stage since before today, or will once a review that is due looks.</summary>
    private static bool HasSlipped(CustomerPartition partition, Campaign campaign, LapseRule rule, DateOnly today) =>
        campaign is { KeepsBacklog: true, Trigger: CampaignTrigger.StageEntered trigger }
        && partition.Standing() is { } standing
        && StageSchedule.Review(partition.Summary(), standing, rule, today) is var found
        && found.Stage == trigger.Stage
        && found.EnteredOn < today;

    /// <summary>Rows for whole shards, which the reviews expand; written before the campaign's head and again without harm.</summary>
    private async ValueTask PlanAsync(Campaign campaign, DateOnly today)
    {
        var rows = campaign.Trigger switch
        {
            CampaignTrigger.DateList list => list
                .Dates.Where(d => d >= today)
                .SelectMany(d => Shards.All.Select(s => DueRow.ForShard(d, DueKind.Dates, s, campaign.Key))),
            CampaignTrigger.DaysAfterOrder or CampaignTrigger.Replenish => OnceForAll(),
            CampaignTrigger.StageEntered when campaign.KeepsBacklog => OnceForAll(),
            _ => [],
        };
        if (campaign.KeepsBacklog)
        {
            await new BacklogDesk(store, campaign.Key).BeginFillingAsync();
        }

        foreach (var row in rows)
        {
            await _due.AddAsync(row);
        }

        IEnumerable<DueRow> OnceForAll() => Shards.All.Select(s => DueRow.ForShard(today, DueKind.Launch, s, campaign.Key));
    }
}

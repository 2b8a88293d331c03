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
    TimeProvider clock
)
{
    private readonly DueIndex _due = new(store);
    private readonly CampaignBudget _budget = new(store);

    /// <summary>Puts a version on file and makes it the current one; running entries keep theirs.</summary>
    public async ValueTask<CampaignHead> ApplyAsync(CampaignVersion version)
    {
        var key = version.Campaign.Key;
        await store.PutAnyAsync(CampaignBook.VersionsOf(key), "version|" + version.Hash, CampaignRows.ToBag(version));
        var known = (await book.FindAsync(key))?.Head;
        var head = known is null
            ? new CampaignHead(key, CampaignStatus.Draft, version.Hash, clock.GetUtcNow(), null, null, 0, 0)
            : known with
            {
                Version = version.Hash,
                AppliedAt = known.Version == version.Hash ? known.AppliedAt : clock.GetUtcNow(),
            };
        await PutAsync(head);
        return head;
    }

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
        var head = live.Head with
        {
            Status = CampaignStatus.Live,
            LaunchedAt = clock.GetUtcNow(),
            StartOn = start,
            ControlShare = share,
            AudienceAtLaunch = size,
        };
        await PutAsync(head);
        await PlanAsync(head, live.Version.Campaign, today);
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

    private async ValueTask<CampaignCommand> MoveAsync(CampaignHead head, CampaignStatus status)
    {
        var moved = head with { Status = status };
        await PutAsync(moved);
        return new CampaignCommand.Done(moved);
    }

    private async ValueTask PutAsync(CampaignHead head)
    {
        await store.PutAnyAsync(CampaignBook.Heads, head.Key, CampaignRows.ToBag(head));
        book.Forget();
    }

    private async ValueTask<int> SizeAsync(CampaignVersion version, DateOnly today, IProgress<int>? progress)
    {
        var audience = new AudienceCache().Of(version);
        var cutPoints = (await new RefitRows(store).NewestAsync())?.CutPoints;
        var (size, seen) = (0, 0);
        await foreach (var key in new CustomerIndex(store).ReadAllAsync())
        {
            var partition = await CustomerPartition.LoadAsync(store, key);
            var stage = StageSchedule.StageOn(partition.Summary(), settings.LapseRule, today);
            var facts = partition.Profile() is { } customer
                ? AudienceView.Of(customer, partition.Contacts(), partition.Summary(), stage, today, settings.Currency, cutPoints)
                : null;
            size += facts is not null && facts.HasEmail && facts.Consent && audience.Matches(facts) ? 1 : 0;
            progress?.Report(++seen);
        }

        return size;
    }

    /// <summary>Reviews for customers on file before the launch; inserted again without harm if a crash cuts the pass short.</summary>
    private async ValueTask PlanAsync(CampaignHead head, Campaign campaign, DateOnly today)
    {
        switch (campaign.Trigger)
        {
            case CampaignTrigger.DateList list:
                foreach (
                    var row in list
                        .Dates.Where(d => d >= today)
                        .SelectMany(d => Shards.All.Select(s => DueRow.ForShard(d, DueKind.Dates, s, head.Key)))
                )
                {
                    await _due.AddAsync(row);
                }

                break;
            case CampaignTrigger.DaysAfterOrder after:
                await PlanOrdersAsync(after.Days, today);
                break;
            case CampaignTrigger.StageEntered entered when campaign.BacklogPerDay > 0:
                await PlanBacklogAsync(campaign, entered.Stage, today);
                break;
        }
    }

    private async ValueTask PlanOrdersAsync(int days, DateOnly today)
    {
        await foreach (var (key, summary) in SummaryScan.AllAsync(store))
        {
            if (!summary.HasPurchases || summary.LastDay.AddDays(days + OrderReviews.LateDays) < today)
            {
                continue;
            }

            var orders = new List<Order>();
            await foreach (var order in RecordOrders.ReadAllAsync(store, key))
            {
                orders.Add(order);
            }

            foreach (var row in OrderReviews.For(key, orders, days, calendar, today))
            {
                await _due.AddAsync(row);
            }
        }
    }

    private async ValueTask PlanBacklogAsync(Campaign campaign, LapseStage stage, DateOnly today)
    {
        await foreach (var key in new CustomerIndex(store).ReadAllAsync())
        {
            var partition = await CustomerPartition.LoadAsync(store, key);
            if (partition.Standing() is { } standing && standing.Stage == stage && standing.EnteredOn < today)
            {
                var day = await _budget.BacklogDayAsync(campaign, today);
                await _due.AddAsync(
                    new DueRow(day, DueKind.Backlog, key, $"{campaign.Key}|{Occasion.NameOf(partition.Summary().LastDay)}")
                );
            }
        }
    }
}

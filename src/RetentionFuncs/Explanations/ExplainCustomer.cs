using System.Globalization;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.ContactPolicy.Histories;
using RetentionFuncs.Customers;
using RetentionFuncs.Findings;
using RetentionFuncs.Identity;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Segments;
using RetentionFuncs.Settings;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Explanations;

/// <summary>
/// Answers "why, and why not" for one customer at the end of a day: from the ledger where a decision was made by then, else by asking
/// the audience dryly on what was known, and says which. Writes nothing.
/// </summary>
public sealed class ExplainCustomer(
    IRowStore store,
    InstanceSecret secret,
    BusinessSettings configured,
    BusinessCalendar calendar,
    CampaignBook book,
    ScoringBook scoring
)
{
    private readonly AudienceCache _audiences = new();
    private readonly ReadConsents _consents = new(store, secret);
    private readonly ExplainBacklog _backlog = new(store);

    /// <param name="asOf">What happened before this moment is told.</param>
    /// <returns>Null when no such customer is on file.</returns>
    public async ValueTask<Explanation?> RunAsync(string customerId, DateTimeOffset asOf)
    {
        var partition = await CustomerForward.LoadAsync(store, secret.CustomerKeyOf(customerId));
        if (partition.Profile() is not { } customer)
        {
            return null;
        }

        var settings = configured with { LapseRule = await scoring.RuleAsync() };
        var day = calendar.DayOf(asOf.AddTicks(-1));
        var summary = await SummaryAtAsync(partition, asOf);
        var stage = StageSchedule.StageOn(summary, settings.LapseRule, day);
        var refit = await scoring.NewestAsync();
        var signals = CustomerSignals.Of(partition, summary, stage, asOf, day, refit, settings.Currency);
        var facts = AudienceView.Of(
            customer,
            partition.Contacts(),
            summary,
            stage,
            day,
            settings.Currency,
            refit?.CutPoints,
            () => signals,
            () => ValueFacts.Of(partition, summary, refit, asOf, day, null)
        );
        var touches = partition.Touchpoints().ToList();
        await foreach (var absorbed in CustomerForward.AbsorbedAsync(store, partition))
        {
            touches.AddRange(absorbed.Touchpoints());
        }

        var campaigns = new List<CampaignExplanation>();
        foreach (var live in await book.AllAsync())
        {
            var told = Explain(partition, touches, live, summary, facts, stage, asOf, settings);
            var newest = DecisionLedger.Of(partition).Where(l => l.Campaign == live.Head.Key && l.At < asOf).MaxBy(l => l.At);
            var waits = await _backlog.RunAsync(live, partition.Key, newest, asOf, day);
            campaigns.Add(waits is null ? told : told with { Summary = waits, FromLedger = true });
        }

        var consents = await _consents.RunAsync(partition.Key);
        var chance = ChanceSentence.Of(summary, day, refit?.Model);
        var standing = StandingSentence.Of(summary, stage, day, settings, chance is null);
        return new Explanation(
            customerId,
            partition.Key.Value,
            day,
            stage,
            chance is null ? standing : new($"{standing.En} {chance.En}", $"{standing.Zh}{chance.Zh}"),
            SignalSentences.Of(signals),
            campaigns
        )
        {
            Value = ValueExplanation.Of(CustomerWorth.Of(partition, summary, refit, asOf, day), partition.Tier()),
            Consents =
            [
                .. consents.Entries.Where(e => e.RecordedAt < asOf).Select(e => new DatedPhrase(e.OccurredAt, ConsentSentences.Of(e))),
            ],
            ConsentsBrokenAt = consents.BrokenAt,
        };
    }

    /// <summary>Facts as recorded by then: orders we learnt of later are left out.</summary>
    private async ValueTask<PurchaseSummary> SummaryAtAsync(CustomerPartition partition, DateTimeOffset asOf)
    {
        var known = new List<Order>();
        await foreach (var order in RecordOrders.ReadAllAsync(store, partition.Key))
        {
            if (order.OccurredAt < asOf)
            {
                known.Add(order);
            }
        }

        return PurchaseFold.Of(known, calendar, configured.Currency) with
        {
            Market = partition.Summary().Market,
        };
    }

    private CampaignExplanation Explain(
        CustomerPartition partition,
        IReadOnlyList<Touchpoint> all,
        LiveCampaign live,
        PurchaseSummary summary,
        AudienceFacts? facts,
        LapseStage? stage,
        DateTimeOffset asOf,
        BusinessSettings settings
    )
    {
        var campaign = live.Version.Campaign;
        var lines = DecisionLedger.Of(partition).Where(l => l.Campaign == campaign.Key && l.At < asOf).OrderBy(l => l.At).ToArray();
        var touches = all.Where(t => t.Campaign == campaign.Key && t.PlannedAt < asOf).OrderBy(t => t.PlannedAt);
        return new CampaignExplanation(
            campaign.Key,
            new Phrase(TitleOf(campaign, "en"), TitleOf(campaign, "zh")),
            lines.Length > 0 ? Sentence(lines[^1]) : Dry(live, summary, facts, stage, settings),
            lines.Length > 0,
            [.. lines.Select(l => new DatedPhrase(l.At, Sentence(l)))],
            [.. touches.Select(TouchSentence)]
        );
    }

    /// <summary>In that language whatever its region, else as the campaign says it first.</summary>
    internal static string TitleOf(Campaign campaign, string language) =>
        campaign.Titles.OrderBy(t => t.Key, StringComparer.Ordinal).FirstOrDefault(t => t.Key.Split('-')[0] == language).Value
        ?? campaign.Titles.Values.FirstOrDefault()
        ?? campaign.Key;

    private Phrase Sentence(LedgerLine line)
    {
        var why = line.Reason is { } reason ? ReasonSentences.Of(reason, line.Detail) : null;
        var until = line.Until is { } u ? When(u) : "";
        return line.Verdict switch
        {
            "Send" when line.Arm == "Control" => new(
                $"Step '{line.Step}': every gate said yes; drawn into the control group, so nothing was sent.",
                $"步骤“{line.Step}”：各项检查均通过；被分入对照组，因此不发送。"
            ),
            "Send" => new(
                $"Step '{line.Step}': every gate said yes; a message was planned for {until}.",
                $"步骤“{line.Step}”：各项检查均通过；计划于 {until} 发送。"
            ),
            "Hold" when line.Reason == GateReason.InBacklog => new(
                $"Step '{line.Step}': put in line for a place, because {why!.En}.",
                $"步骤“{line.Step}”：排队等名额，原因：{why.Zh}。"
            ),
            "Hold" => new(
                $"Step '{line.Step}': held until {until}, because {why!.En}.",
                $"步骤“{line.Step}”：暂缓至 {until}，原因：{why.Zh}。"
            ),
            _ => new($"Step '{line.Step}': not sent, because {why!.En}.", $"步骤“{line.Step}”：不发送，原因：{why.Zh}。"),
        };
    }

    private Phrase Dry(LiveCampaign live, PurchaseSummary summary, AudienceFacts? facts, LapseStage? stage, BusinessSettings settings)
    {
        if (live.Head.Status != CampaignStatus.Live)
        {
            var reason = ReasonSentences.Of(
                live.Head.Status == CampaignStatus.Paused ? GateReason.CampaignPaused : GateReason.CampaignNotLive
            );
            return new($"Nothing was decided: {reason.En}.", $"尚未做过决定：{reason.Zh}。");
        }

        if (facts is null)
        {
            return new("Nothing was decided: the customer had not bought anything yet.", "尚未做过决定：顾客还没有购买记录。");
        }

        var audience = _audiences.Of(live.Version);
        if (!audience.Matches(facts) && SlippedOn(live, summary, stage, settings) is { } slipped)
        {
            var clause = audience.Explain(facts)?.Sentence;
            return BacklogSentences.NotWanted(slipped, clause is null ? "" : $" – it {clause.En}", clause is null ? "" : $"——{clause.Zh}");
        }

        return audience.Matches(facts) || live.Version.Campaign.Trigger is CampaignTrigger.StageEntered or CampaignTrigger.TierMoved
            ? TriggerSentence.Of(live.Version.Campaign, summary, stage, settings)
            : NotInAudience(audience.Explain(facts));
    }

    /// <summary>The day of a crossing that belongs to the campaign's backlog, or null.</summary>
    private static DateOnly? SlippedOn(LiveCampaign live, PurchaseSummary summary, LapseStage? stage, BusinessSettings settings) =>
        live.Version.Campaign is { KeepsBacklog: true, Trigger: CampaignTrigger.StageEntered { Stage: var wanted } }
        && stage == wanted
        && summary.LastDay.AddDays(settings.LapseRule.BandsFor(summary).BeginsAt(wanted)) is var day
        && day < live.Head.StartOn
            ? day
            : null;

    private static Phrase NotInAudience(FailedClause? clause) =>
        new(
            $"Would be skipped: not in the audience{(clause is null ? "" : " – it " + clause.Sentence.En)}.",
            $"会被跳过：不在目标人群内{(clause is null ? "" : "——" + clause.Sentence.Zh)}。"
        );

    private DatedPhrase TouchSentence(Touchpoint touch)
    {
        var facts = TouchSentences.Of(touch, When);
        return new DatedPhrase(touch.PlannedAt, facts);
    }

    private string When(DateTimeOffset at)
    {
        var (date, time) = calendar.LocalOf(at, null);
        return string.Create(CultureInfo.InvariantCulture, $"{date:yyyy-MM-dd} {time:HH:mm}");
    }
}

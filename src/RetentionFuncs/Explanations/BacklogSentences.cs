using System.Globalization;
using RetentionFuncs.Backlogs;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Explanations;

/// <summary>What a campaign does with those who had slipped before it began.</summary>
public static class BacklogSentences
{
    /// <summary>Null without a backlog.</summary>
    public static Phrase? AtLaunch(CampaignHead head)
    {
        if (head is not { Backlog: { } found, StartOn: { } start })
        {
            return null;
        }

        var through = found.InAudience == 0 ? null : Iso(start.AddDays((found.InAudience - 1) / found.PerDay));
        return new(
            $"{N(found.Slipped)} customers had slipped past its trigger before; {N(found.InAudience)} of them are in the audience"
                + (
                    through is null ? "." : $" and wait in line, the most valuable first: {N(found.PerDay)} a day, through about {through}."
                ),
            $"上线前已有 {N(found.Slipped)} 位存量顾客进入该阶段，其中 {N(found.InAudience)} 位符合目标人群"
                + (through is null ? "。" : $"，按价值从高到低排队，每天 {N(found.PerDay)} 个名额，预计 {through} 前后排完。")
        );
    }

    public static Phrase Of(BacklogStanding standing)
    {
        var found = standing is { Slipped: { } slipped, InAudience: { } wanted }
            ? new Phrase(
                $"{N(slipped)} had slipped before the launch, {N(wanted)} of them in the audience. ",
                $"上线前已有 {N(slipped)} 人进入该阶段，其中 {N(wanted)} 人符合目标人群。"
            )
            : new("", "");
        var (given, all, perDay, waiting) = (N(standing.GivenThatDay), N(standing.Given), N(standing.PerDay), N(standing.Waiting));
        var rest =
            standing.Waiting == 0 ? new Phrase("nobody waits.", "目前无人排队。")
            : standing.EndsOn is { } end
                ? new(
                    $"{waiting} wait, and the campaign ends on {Iso(end)}, before all have had their turn.",
                    $"还有 {waiting} 人排队，但活动将于 {Iso(end)} 结束，届时排不完。"
                )
            : standing.ThroughOn is { } through
                ? new($"{waiting} wait, through about {Iso(through)}.", $"还有 {waiting} 人排队，预计 {Iso(through)} 前后排完。")
            : new($"{waiting} wait.", $"还有 {waiting} 人排队。");
        return new(
            $"Backlog, the most valuable first: {found.En}On {Iso(standing.Day)}, {given} of {perDay} places were used, {all} in all; {rest.En}",
            $"存量顾客（价值高者优先）：{found.Zh}{Iso(standing.Day)} 已用名额 {given}/{perDay}，累计 {all}；{rest.Zh}"
        );
    }

    /// <param name="ahead">Customers before this one in line; counted up to a limit.</param>
    /// <param name="atLeast">There may be more of them.</param>
    /// <param name="turnOn">About when the turn comes.</param>
    /// <param name="stood">What stood in the way when the turn came before; null when it has not come yet.</param>
    public static Phrase Waits(WaitingCustomer who, int perDay, int ahead, bool atLeast, DateOnly? turnOn, Phrase? stood)
    {
        var (more, moreZh) = atLeast ? ("more than ", "超过 ") : ("", "");
        var (when, whenZh) =
            turnOn is not { } day ? ("", "")
            : atLeast ? ($", so the turn comes after {Iso(day)}", $"，预计 {Iso(day)} 之后轮到")
            : ($", so the turn comes about {Iso(day)}", $"，预计 {Iso(day)} 前后轮到");
        return new(
            $"Waits in line for a place: it happened on {Iso(who.SlippedOn)}, before the campaign began, and {N(perDay)} a day are let in, the most valuable first. "
                + $"{more}{N(ahead)} {(ahead == 1 ? "is" : "are")} ahead{when}."
                + (stood is null ? "" : $" When the turn came last, it waited because {stood.En}."),
            $"正在排队等名额：发生在 {Iso(who.SlippedOn)}，早于活动开始；每天 {N(perDay)} 个名额，价值高者优先。"
                + $"前面还有{moreZh} {N(ahead)} 人{whenZh}。"
                + (stood is null ? "" : $"上次轮到时未进入，原因：{stood.Zh}。")
        );
    }

    /// <summary>Of a customer past the trigger for whom no place is kept.</summary>
    public static Phrase NotWanted(DateOnly slippedOn, string clauseEn, string clauseZh) =>
        new(
            $"No place in the backlog: it happened on {Iso(slippedOn)}, before the campaign began, and the customer is not in the audience{clauseEn}.",
            $"不在存量名单内：发生在 {Iso(slippedOn)}，早于活动开始，且顾客不在目标人群内{clauseZh}。"
        );

    private static string N(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Iso(DateOnly day) => StandingSentence.Iso(day);
}

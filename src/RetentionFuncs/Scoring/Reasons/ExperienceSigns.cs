using System.Globalization;
using RetentionFuncs.Experiences;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Scoring.Reasons;

/// <summary>What experiences speak for, each as far as it has not faded.</summary>
internal static class ExperienceSigns
{
    private const double Complaint = 0.6;
    private const double LateOrShort = 0.25;
    private const double LateOrShortWhenUrgent = 0.4;

    /// <summary>Refunds of at least this share of what was paid count where no return is on file.</summary>
    private const decimal HeavyRefunds = 0.2m;

    public static Signs Dissatisfied(ReasonFacts facts)
    {
        var kept = facts.Experiences.Kept;
        var newest = facts.Experiences.NewestSatisfaction;
        var signs = kept.Where(e => e.Kind != ExperienceKind.Survey || e == newest)
            .Select(e => (Strength: StrengthOf(e) * Fading.WeightOf(e, facts.At), Evidence: Told(e)))
            .ToList();
        if (!kept.Any(e => e.Kind == ExperienceKind.Return) && facts.Summary.Traits is { } t && t.RefundRate >= HeavyRefunds)
        {
            var rate = (100 * t.RefundRate).ToString("0", CultureInfo.InvariantCulture);
            signs.Add((0.2, new($"{rate} % of what was paid was refunded", $"实付金额中有 {rate}% 已退款")));
        }

        return Signs.Together(signs);
    }

    /// <summary>Somebody went; it weighs most where that was the only person known.</summary>
    public static Signs Relation(ReasonFacts facts) =>
        Signs.Together(
            facts
                .Experiences.Kept.Where(e => e.Kind is ExperienceKind.OwnerLeft or ExperienceKind.ContactMoved)
                .Select(e =>
                    (
                        Fading.WeightOf(e, facts.At) * (e.Kind == ExperienceKind.OwnerLeft || facts.Contacts <= 1 ? 0.6 : 0.3),
                        e.Kind == ExperienceKind.OwnerLeft
                            ? new Phrase($"our own person for the account left on {On(e)}", $"负责该客户的我方人员已于 {On(e)} 离职")
                            : new Phrase(
                                $"the contact at the customer left on {On(e)}{(facts.Contacts <= 1 ? ", the only one known" : "")}",
                                $"客户方联系人已于 {On(e)} 变动{(facts.Contacts <= 1 ? "，且只认识这一位" : "")}"
                            )
                    )
                )
        );

    private static double StrengthOf(Experience e) =>
        e.Kind switch
        {
            ExperienceKind.Complaint => Complaint,
            ExperienceKind.LateDelivery or ExperienceKind.ShortDelivery => e.Urgent == true ? LateOrShortWhenUrgent : LateOrShort,
            ExperienceKind.Return => e.Cause == ReturnCause.ChangedMind ? 0.05 : 0.25,
            ExperienceKind.Survey => e.Satisfaction switch
            {
                Satisfaction.VeryDissatisfied => 0.7,
                Satisfaction.SomewhatDissatisfied => 0.4,
                _ => 0,
            },
            _ => 0,
        };

    private static Phrase Told(Experience e) =>
        e.Kind switch
        {
            ExperienceKind.Complaint when e.IsOpen => new($"a complaint of {On(e)} is still open", $"{On(e)} 的投诉尚未解决"),
            ExperienceKind.Complaint => new($"complained on {On(e)}{Settled(e).En}", $"{On(e)} 有过投诉{Settled(e).Zh}"),
            ExperienceKind.LateDelivery => new(
                $"{Order(e).En} came {Days(e.DaysLate ?? 0)} late on {On(e)}",
                $"{On(e)} 有一{Order(e).Zh}晚到 {e.DaysLate} 天"
            ),
            ExperienceKind.ShortDelivery => new(
                $"{Order(e).En} came {Percent(e.Missing)} % short on {On(e)}",
                $"{On(e)} 有一{Order(e).Zh}少发 {Percent(e.Missing)}%"
            ),
            ExperienceKind.Return => new($"returned goods on {On(e)}", $"{On(e)} 退过货"),
            _ => new(
                $"answered '{(e.Satisfaction == Satisfaction.VeryDissatisfied ? "very" : "somewhat")} dissatisfied' on {On(e)}",
                $"{On(e)} 满意度回访答“{(e.Satisfaction == Satisfaction.VeryDissatisfied ? "极不满意" : "有些不满意")}”"
            ),
        };

    private static Phrase Order(Experience e) => e.Urgent == true ? new("an urgent order", "个加急单") : new("an order", "单");

    private static Phrase Settled(Experience e)
    {
        if (e.ResolvedAt is not { } resolved)
        {
            return new("", "");
        }

        var days = (int)Math.Ceiling((resolved - e.OccurredAt).TotalDays);
        return new($", settled after {Days(days)}", $"，{days} 天后解决");
    }

    private static string Days(int days) => string.Create(CultureInfo.InvariantCulture, $"{days} {(days == 1 ? "day" : "days")}");

    private static string On(Experience e) => e.OccurredAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Percent(decimal? share) => (100 * (share ?? 0)).ToString("0", CultureInfo.InvariantCulture);
}

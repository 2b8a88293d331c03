using MathNet.Numerics.Distributions;
using RetentionFuncs.Backlogs;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Experiments;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Reports;

/// <summary>What one campaign did, against people who were left alone.</summary>
/// <param name="Treated">Entries in treatment whose window has closed; likewise control.</param>
/// <param name="Open">Entries of either arm whose window is still open, in no comparison yet.</param>
/// <param name="Conversion">Null while an arm is empty.</param>
/// <param name="Money">Net revenue per customer; null when there is too little to compare.</param>
/// <param name="DetectableEffect">The smallest rise that these arms show four times in five, as a proportion; null when none.</param>
/// <param name="DrawLooksWrong">The arms' sizes differ from the fixed share more than chance allows (one in a thousand): nothing below can be trusted.</param>
public sealed record CampaignReport(
    string Key,
    IReadOnlyDictionary<string, string> Titles,
    CampaignJob Job,
    int AttributionDays,
    decimal ControlShare,
    int Treated,
    int Control,
    int Open,
    Uplift? Conversion,
    MoneyUplift? Money,
    double? DetectableEffect,
    bool DrawLooksWrong,
    IReadOnlyDictionary<TouchpointState, int> Touches,
    IReadOnlyList<SkipCount> Skips,
    CouponCounts Coupons,
    double? HiddenTruth
)
{
    public static CampaignReport Of(CampaignFacts facts)
    {
        var closed = facts.Entries.Where(e => e.WindowClosed).ToList();
        var treatment = closed.Where(e => e.Arm == TestArm.Treatment).ToList();
        var control = closed.Where(e => e.Arm == TestArm.Control).ToList();
        var conversion = Uplift.OfArms(treatment.Count(e => e.Converted), treatment.Count, control.Count(e => e.Converted), control.Count);
        return new CampaignReport(
            facts.Key,
            facts.Titles,
            facts.Job,
            facts.AttributionDays,
            facts.ControlShare,
            treatment.Count,
            control.Count,
            facts.Entries.Count - closed.Count,
            conversion,
            MoneyUplift.Of(ArmMoney.Of(treatment.Select(e => e.Revenue)), ArmMoney.Of(control.Select(e => e.Revenue))),
            conversion is null ? null : DetectablePower.MinimumDetectableEffect(treatment.Count, control.Count, conversion.Control.Rate),
            IsUnlikely(facts.Entries, facts.ControlShare),
            facts.Touches,
            [.. facts.Skips.Where(s => s.People > 0).OrderByDescending(s => s.People).ThenBy(s => s.Gate, StringComparer.Ordinal)],
            facts.Coupons,
            facts.HiddenTruth
        )
        {
            Backlog = facts.Backlog,
        };
    }

    /// <summary>How those who slipped before the launch are let in; null of a campaign that keeps no backlog.</summary>
    public BacklogStanding? Backlog { get; init; }

    public int Entered => Treated + Control + Open;

    public int Skipped => Skips.Sum(s => s.People);

    /// <summary>The title in that language, else in a related one, else any, else the key.</summary>
    public string TitleIn(string language) =>
        Titles.TryGetValue(language, out var exact)
            ? exact
            : Titles.FirstOrDefault(t => Language(t.Key) == Language(language)).Value
                ?? (Titles.TryGetValue("en", out var english) ? english : Titles.Values.FirstOrDefault(Key));

    // All entries, open ones too: the draw is made at the entry. Chi-square with one degree of freedom.
    private static bool IsUnlikely(IReadOnlyList<EntryOutcome> entries, decimal controlShare)
    {
        var expected = entries.Count * (double)controlShare;
        var off = entries.Count(e => e.Arm == TestArm.Control) - expected;
        var variance = expected * (1 - (double)controlShare);
        return variance > 0 ? 1 - ChiSquared.CDF(1, off * off / variance) < 0.001 : off != 0;
    }

    private static string Language(string locale) => locale.Split('-')[0].ToLowerInvariant();
}

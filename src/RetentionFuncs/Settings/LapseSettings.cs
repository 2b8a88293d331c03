using RetentionFuncs.Findings;
using RetentionFuncs.Scoring;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Settings;

/// <summary>Reads <c>lapse:</c>, when a silence becomes each stage.</summary>
internal static class LapseSettings
{
    /// <summary>The population's usual gap in days until the first refit has measured it.</summary>
    private const int StartingGapDays = 60;

    /// <summary>Until a model is fitted: a customer twice their usual gap is cooling, and so on.</summary>
    private static readonly LapseRule.OwnRhythm UntilFitted = new(StartingGapDays, 2, 3, 6, 12);

    private static readonly KeyValuePair<string, Rule>[] Rules =
    [
        KeyValuePair.Create("chance-of-return", Rule.Chance),
        KeyValuePair.Create("fixed-days", Rule.Fixed),
        KeyValuePair.Create("own-rhythm", Rule.Rhythm),
    ];

    private enum Rule
    {
        Chance,
        Fixed,
        Rhythm,
    }

    public static LapseRule Read(YamlFields fields, FindingList findings)
    {
        if (fields.Fields("lapse") is not { } map)
        {
            return LapseRule.Default;
        }

        var lapse = new YamlFields(map, findings);
        LapseRule? rule = lapse.Choice("rule", Rules, required: true) switch
        {
            Rule.Chance => ChanceOfReturn(lapse, findings),
            Rule.Fixed => FixedDays(lapse, findings),
            Rule.Rhythm => OwnRhythm(lapse, findings),
            _ => null,
        };
        if (rule is not null)
        {
            lapse.Done();
        }

        return rule ?? LapseRule.Default;
    }

    private static LapseRule.FixedDays FixedDays(YamlFields fields, FindingList findings)
    {
        int Days(string key) => fields.Value(key, YamlScalars.Whole(1, 3650), required: true) ?? 0;
        var bands = new LapseBands(Days("cooling"), Days("lapsing"), Days("lapsed"), Days("lost"));
        if (!findings.HasErrors && !bands.AreAscending)
        {
            NotAscending(fields, findings);
        }

        return new LapseRule.FixedDays(bands);
    }

    private static LapseRule.ChanceOfReturn ChanceOfReturn(YamlFields fields, FindingList findings)
    {
        double Percent(string key, double without) => (fields.Value(key, YamlScalars.Whole(1, 99)) ?? (100 * without)) / 100;
        var usual = ReturnLevels.Default;
        var levels = new ReturnLevels(
            Percent("cooling", usual.Cooling),
            Percent("lapsing", usual.Lapsing),
            Percent("lapsed", usual.Lapsed),
            Percent("lost", usual.Lost)
        );
        var horizon = fields.Value("horizon", YamlScalars.Days(1, 730));
        if (!findings.HasErrors && !levels.AreDescending)
        {
            findings.Error(
                fields.Map.Line,
                fields.Map.Column,
                new Phrase("The stages do not follow one another.", "各阶段没有依次递减。"),
                new Phrase(
                    "They are percent of the chance of return right after an order, so each number must be smaller than the one before: cooling, lapsing, lapsed, lost.",
                    "数字是“刚下单后回购概率”的百分比，cooling、lapsing、lapsed、lost 必须一个比一个小。"
                )
            );
        }

        return new LapseRule.ChanceOfReturn(horizon, levels, UntilFitted);
    }

    private static LapseRule.OwnRhythm OwnRhythm(YamlFields fields, FindingList findings)
    {
        decimal Times(string key) => fields.Value(key, YamlScalars.Number(1, 100), required: true) ?? 0;
        var gap = fields.Value("starting_gap", YamlScalars.Days(1, 1095)) ?? StartingGapDays;
        var rule = new LapseRule.OwnRhythm(gap, Times("cooling"), Times("lapsing"), Times("lapsed"), Times("lost"));
        if (!findings.HasErrors && !(rule.Cooling < rule.Lapsing && rule.Lapsing < rule.Lapsed && rule.Lapsed < rule.Lost))
        {
            NotAscending(fields, findings);
        }

        return rule;
    }

    private static void NotAscending(YamlFields fields, FindingList findings) =>
        findings.Error(
            fields.Map.Line,
            fields.Map.Column,
            new Phrase("The stages do not follow one another.", "各阶段没有依次递增。"),
            new Phrase(
                "Each number must be larger than the one before: cooling, lapsing, lapsed, lost.",
                "cooling、lapsing、lapsed、lost 必须一个比一个大。"
            )
        );
}

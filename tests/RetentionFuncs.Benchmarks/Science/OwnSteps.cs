using System.Globalization;
using RetentionFuncs.Clocks;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Bulk;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Benchmarks.Science;

/// <summary>The product's way from the file to everybody scored and tiered, in a process of its own.</summary>
internal static class OwnSteps
{
    public const int HorizonDays = 90;
    private static readonly decimal[] Shares = [0.5m, 0.8m, 0.95m, 0.99m];

    public static int Run(string path, int lanes)
    {
        var known = Scan(path, lanes, spill: null);
        using var patterns = known.Patterns;
        var model = Fit(patterns, lanes);
        var spend = Step.Time(
            "spend",
            () => (SpendFit.Fitted)BulkFit.Spend(patterns, lanes),
            f => Text($"p {f.Model.P:0.####} q {f.Model.Q:0.####} gamma {f.Model.Gamma:0.###}")
        ).Model;
        var scores = Step.Time(
            "score",
            () => BulkScore.Run(patterns, model, HorizonDays, lanes),
            s => Text($"sum of P(return) {Sum(s, patterns):0.###}")
        );
        Step.Time(
            "stages",
            () => BulkStages.Run(patterns, model, HorizonDays, ReturnLevels.Default, lanes),
            s => Text($"lost {s.Sum(b => b.Stages.Count(x => x == LapseStage.Lost)):N0}")
        );
        Step.Time("tiers", () => Tiers(patterns, scores, spend, lanes), t => string.Join(" ", t));
        return 0;
    }

    /// <summary>The same with rows and patterns in temporary files, and everybody's row written out.</summary>
    public static int Stream(string path, int lanes)
    {
        var folder = Path.GetDirectoryName(path)!;
        var known = Scan(path, lanes, folder);
        using var patterns = known.Patterns;
        var model = Fit(patterns, lanes);
        var spend = Step.Time(
            "spend",
            () => (SpendFit.Fitted)BulkFit.Spend(patterns, lanes),
            f => Text($"p {f.Model.P:0.####} q {f.Model.Q:0.####} gamma {f.Model.Gamma:0.###}")
        ).Model;
        var output = Path.Combine(folder, "scores.csv");
        Step.Time(
            "write",
            () =>
            {
                ScoreFile.Write(new BulkBase(patterns, model, spend, HorizonDays, ReturnLevels.Default, lanes), output);
                return new FileInfo(output).Length;
            },
            bytes => Text($"{bytes / 1e6:N0} MB written")
        );
        File.Delete(output);
        return 0;
    }

    private static OrderFileOutcome.Known Scan(string path, int lanes, string? spill) =>
        Step.Time(
            "summary",
            () =>
                (OrderFileOutcome.Known)
                    OrderFileScan.Patterns(path, new(new BusinessCalendar("UTC"), null, lanes, spill), ScienceFile.Last),
            k => Text($"{k.Patterns.Customers:N0} customers, {k.Orders:N0} orders")
        );

    private static GeometricModel Fit(BulkPatterns patterns, int lanes)
    {
        var fit = Step.Time(
            "fit",
            () => (ModelFit.Fitted)BulkFit.Run(patterns, BuyingModelKind.BG, lanes),
            f => Text($"{string.Join(' ', f.Model.Parameters.Select(p => Text($"{p.Key} {p.Value:0.#####}")))} LL {f.LogLikelihood:0.###}")
        );
        return (GeometricModel)fit.Model;
    }

    private static int[] Tiers(BulkPatterns patterns, IReadOnlyList<ScoreBlock> scores, SpendModel spend, int lanes)
    {
        var values = new long[scores.Count][];
        var cuts = Enumerable.Range(0, lanes).Select(_ => new ShareCuts()).ToArray();
        Lanes.ForEach(
            scores.Count,
            lanes,
            (lane, i) =>
            {
                values[i] = BulkValue.Over(patterns.Blocks[i], scores[i].ExpectedOrders, spend);
                cuts[lane].Add(values[i]);
            }
        );
        foreach (var other in cuts.Skip(1))
        {
            cuts[0].Add(other);
        }

        var at = cuts[0].Of(Shares, values);
        var tiers = new int[Shares.Length + 1];
        foreach (var value in values.SelectMany(v => v))
        {
            var tier = 0;
            while (tier < at.Length && !(value > 0 && value >= at[tier]))
            {
                tier++;
            }

            tiers[tier]++;
        }

        return tiers;
    }

    private static double Sum(IReadOnlyList<ScoreBlock> scores, BulkPatterns patterns) =>
        scores.Zip(patterns.Blocks, (s, b) => s.ChanceOfReturn.Take(b.Customers).Sum()).Sum();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

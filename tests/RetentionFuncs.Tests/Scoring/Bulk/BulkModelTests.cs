using RetentionFuncs.Findings;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Bulk;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Tests.Scoring.Bulk;

/// <summary>The bulk path against the path that takes one customer at a time.</summary>
public sealed class BulkModelTests
{
    private const int Horizon = 90;

    private static readonly GeometricModel[] Hard =
    [
        new(BuyingModelKind.MBG, 0.94, 71.4, 1.367, 6.76),
        new(BuyingModelKind.BG, 0.61, 51.8, 0.798, 3.18),
        new(BuyingModelKind.MBG, 0.11, 2.24, 0.31, 0.5),
        new(BuyingModelKind.BG, 0.11, 2.24, 0.31, 0.2),
        new(BuyingModelKind.MBG, 3.2, 9.5, 1, 1.4),
        new(BuyingModelKind.BG, 8.7, 1.3, 1 + 1e-9, 12),
        new(BuyingModelKind.MBG, 0.83, 69, 3.1e-7, 3.2e6),
    ];

    public static TheoryData<int> Models => [.. Enumerable.Range(0, Hard.Length)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Scores_equal_those_of_one_customer_at_a_time(int which)
    {
        var patterns = Patterns(11);
        var scores = BulkScore.Run(patterns, Hard[which], Horizon, 2);
        foreach (var (block, score) in patterns.Blocks.Zip(scores))
        {
            for (var i = 0; i < block.Customers; i++)
            {
                var pattern = block.PatternOf(i);
                Near(score.ChanceAlive[i], Hard[which].ChanceAlive(pattern), pattern);
                Near(score.ChanceOfReturn[i], Hard[which].ChanceOfReturn(pattern, Horizon), pattern);
                Near(score.ExpectedOrders[i], Hard[which].ExpectedOrders(pattern, Horizon), pattern);
            }
        }
    }

    [Theory]
    [InlineData(BuyingModelKind.BG, 0.1, 3.9, -0.2, 1.1)]
    [InlineData(BuyingModelKind.MBG, -0.5, 4.4, 0.3, 2.0)]
    [InlineData(BuyingModelKind.BG, 2.5, -1.0, -3.0, -2.0)]
    [InlineData(BuyingModelKind.MBG, -6, 9, 5, 7)]
    public void Likelihood_and_slope_equal_those_of_one_customer_at_a_time(BuyingModelKind kind, double r, double alpha, double a, double b)
    {
        var patterns = Patterns(12);
        var (bulk, plain) = (new double[4], new double[4]);
        double[] at = [r, alpha, a, b];
        var value = new BulkLikelihood(patterns, kind, 2).At(at, bulk);
        Near(value, FitBuyingModel.LikelihoodOf(SampleOf(patterns), kind).At(at, plain), kind);
        for (var i = 0; i < 4; i++)
        {
            // A slope near a top is a small difference of large sums.
            Math.Abs(bulk[i] - plain[i]).ShouldBeLessThan(1e-12 * Math.Max(1, Math.Abs(value)), $"slope {i}");
        }
    }

    [Theory]
    [InlineData(BuyingModelKind.BG)]
    [InlineData(BuyingModelKind.MBG)]
    public void A_fit_equals_the_fit_of_one_customer_at_a_time(BuyingModelKind kind)
    {
        var patterns = Patterns(13);
        var bulk = BulkFit.Run(patterns, kind, 2).ShouldBeOfType<ModelFit.Fitted>();
        var plain = FitBuyingModel.Run(SampleOf(patterns), kind).ShouldBeOfType<ModelFit.Fitted>();
        bulk.Customers.ShouldBe(plain.Customers);
        bulk.LogLikelihood.ShouldBe(plain.LogLikelihood, 1e-12 * Math.Abs(plain.LogLikelihood));
        foreach (var (one, other) in bulk.Model.Parameters.Zip(plain.Model.Parameters))
        {
            one.Value.ShouldBe(other.Value, 1e-5 * other.Value, one.Key);
        }
    }

    [Fact]
    public void Spend_is_fitted_as_one_customer_at_a_time()
    {
        var patterns = Patterns(14);
        var bulk = BulkFit.Spend(patterns, 2).ShouldBeOfType<SpendFit.Fitted>();
        var everybody = patterns.Blocks.SelectMany(b => Enumerable.Range(0, b.Customers).Select(i => (b.Repeats[i], b.Mean[i])));
        var plain = FitSpendModel.Run(everybody).ShouldBeOfType<SpendFit.Fitted>();
        (bulk.Customers, bulk.Ignored).ShouldBe((plain.Customers, plain.Ignored));
        bulk.LogLikelihood.ShouldBe(plain.LogLikelihood, 1e-11 * Math.Abs(plain.LogLikelihood));
        bulk.Model.PopulationMean.ShouldBe(plain.Model.PopulationMean, 1e-5 * plain.Model.PopulationMean);
        bulk.Model.P.ShouldBe(plain.Model.P, 1e-4 * plain.Model.P);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Stages_and_crossings_are_those_of_the_lapse_rule(int which)
    {
        var histories = OrderFiles.Read(OrderFiles.Csv(OrderFiles.Rows(15, 700, 4_000)));
        var patterns = BulkPatterns.On(histories, histories.LastDay!.Value, 2);
        var rule = new LapseRule.ChanceOfReturn(Horizon, ReturnLevels.Default, new(60, 1, 2, 4, 8)) { Fitted = FittedWith(Hard[which]) };
        var stages = BulkStages.Run(patterns, Hard[which], Horizon, ReturnLevels.Default, 2);
        for (var part = 0; part < stages.Count; part++)
        {
            for (var i = 0; i < stages[part].Stages.Length; i++)
            {
                var days = histories.Blocks[part].HistoryOf(i).Days.Select(DateOnly.FromDayNumber).ToArray();
                var summary = new PurchaseSummary(days, days.Length, []);
                var stage = StageSchedule.StageOn(summary, rule, histories.LastDay!.Value)!.Value;
                stages[part].Stages[i].ShouldBe(stage);
                var bands = rule.BandsFor(summary);
                var next = bands.NextAfter(bands.BeginsAt(stage)) is { } silence ? summary.LastDay.AddDays(silence).DayNumber : 0;
                stages[part].NextOn[i].ShouldBe(next);
            }
        }
    }

    [Fact]
    public void Any_number_of_lanes_any_order_of_lines_and_spilling_give_the_same_bits()
    {
        var made = OrderFiles.Rows(16, 5_000, 40_000);
        var random = new Random(17);
        var once = Bits(OrderFiles.Csv(made), 1, spill: false);
        Bits(OrderFiles.Csv(made), 3, spill: false).ShouldBe(once);
        Bits(OrderFiles.Csv(made.OrderBy(_ => random.Next())), 2, spill: true).ShouldBe(once);
    }

    [Fact]
    public void Patterns_of_a_past_day_know_nothing_of_what_came_later()
    {
        var made = OrderFiles.Rows(18, 300, 2_000);
        var day = new DateOnly(2023, 3, 1);
        var histories = OrderFiles.Read(OrderFiles.Csv(made));
        var patterns = BulkPatterns.On(histories, day, 2);
        for (var part = 0; part < patterns.Blocks.Count; part++)
        {
            var (then, all) = (patterns.Blocks[part], histories.Blocks[part]);
            var known = Enumerable.Range(0, all.Customers).Where(i => all.HistoryOf(i).PatternOn(day.DayNumber) is not null).ToList();
            then.Customers.ShouldBe(known.Count);
            for (var i = 0; i < known.Count; i++)
            {
                then.IdOf(i).ShouldBe(all.IdOf(known[i]));
                then.PatternOf(i).ShouldBe(all.HistoryOf(known[i]).PatternOn(day.DayNumber)!.Value);
            }
        }
    }

    [Fact]
    public void One_customer_is_too_few_to_fit_and_can_still_be_scored()
    {
        var histories = OrderFiles.Read("customer_id,date,amount\nc,2024-01-02,10\n");
        var patterns = BulkPatterns.On(histories, new DateOnly(2024, 1, 3), 2);
        BulkFit.Run(patterns, BuyingModelKind.MBG, 2).ShouldBeOfType<ModelFit.TooFewCustomers>().Customers.ShouldBe(1);
        BulkFit.Spend(patterns, 2).ShouldBeOfType<SpendFit.TooFewCustomers>();
        var score = BulkScore.Run(patterns, Hard[0], Horizon, 2).Single(s => s.ChanceAlive.Length > 0);
        Near(score.ChanceOfReturn[0], Hard[0].ChanceOfReturn(new(0, 0, 1), Horizon), "one");
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 1_000)]
    [InlineData(3, 20_000)]
    public void Share_cuts_are_those_of_the_sorted_values(int seed, int count)
    {
        var random = new Random(seed);
        long[] values = [.. Enumerable.Range(0, count).Select(_ => (long)Math.Exp(random.NextDouble() * 25) - 5)];
        decimal[] shares = [0.2m, 0.5m, 0.8m, 1m];
        var (cuts, other) = (new ShareCuts(), new ShareCuts());
        cuts.Add(values.AsSpan(0, count / 2));
        other.Add(values.AsSpan(count / 2));
        cuts.Add(other);
        var sorted = values.Where(v => v > 0).OrderDescending().ToList();
        var expected = shares.Select(s =>
        {
            var sum = 0m;
            return (long?)sorted.First(v => (sum += v) >= sorted.Sum() * s);
        });
        cuts.Of(shares, [values]).ShouldBe(expected);
        new ShareCuts()
            .Of(
                shares,
                [
                    [0, -5],
                ]
            )
            .ShouldAllBe(c => c == null);
    }

    /// <summary>Parameters, likelihoods, scores and stages of a file, to the last bit.</summary>
    private static string Bits(string text, int lanes, bool spill) =>
        OrderFiles.At(
            text,
            path =>
            {
                var folder = spill ? Path.GetDirectoryName(path) : null;
                var known = OrderFileScan
                    .Patterns(path, new(OrderFiles.Berlin, null, lanes, folder), null)
                    .ShouldBeOfType<OrderFileOutcome.Known>();
                using var patterns = known.Patterns;
                var fit = BulkFit.Run(patterns, BuyingModelKind.BG, lanes).ShouldBeOfType<ModelFit.Fitted>();
                var slope = new double[3];
                var spend = new BulkSpendLikelihood(patterns, lanes).At([1, 1.5, 0.1], slope);
                var all = new BulkBase(
                    patterns,
                    (GeometricModel)fit.Model,
                    new SpendModel(6.25, 3.74, 15.44),
                    known.CycleDays,
                    ReturnLevels.Default,
                    lanes
                );
                var output = path + ".out";
                ScoreFile.Write(all, output);
                var standing = BulkStanding.Of(all, 20);
                var scores = string.Join(' ', Enumerable.Range(0, all.Parts).Select(p => $"{all.Part(p).Scores.ChanceOfReturn.Sum():R}"));
                return $"{known.Orders} {fit.LogLikelihood:R} {string.Join(' ', fit.Model.Parameters.Select(p => $"{p.Value:R}"))} "
                    + $"{spend:R} {slope[0]:R} {slope[1]:R} {slope[2]:R} {scores} {standing.ExpectedOrders:R} {standing.Expected} "
                    + $"{string.Join(' ', standing.AtRisk)}\n{File.ReadAllText(output)}";
            }
        );

    /// <summary>Customers of every kind, some with hundreds of purchase days, some of today.</summary>
    private static BulkPatterns Patterns(int seed)
    {
        var made = OrderFiles.Rows(seed, 1_500, 6_000);
        made.AddRange(
            Enumerable.Range(0, 600).Select(i => ("often", $"often{i}", $"{new DateOnly(2022, 5, 1).AddDays(i):yyyy-MM-dd}", 5m))
        );
        made.Add(("today", "today", "2024-08-16", 12m));
        return BulkPatterns.On(OrderFiles.Read(OrderFiles.Csv(made)), new DateOnly(2024, 8, 16), 2);
    }

    private static BuyingSample SampleOf(BulkPatterns patterns) =>
        BuyingSample.Of(patterns.Blocks.SelectMany(b => Enumerable.Range(0, b.Customers).Select(b.PatternOf)));

    private static FittedModel FittedWith(GeometricModel model) =>
        new(
            1,
            new DateOnly(2024, 8, 17),
            1,
            Horizon,
            model.Kind == BuyingModelKind.BG ? ScoreRule.BG : ScoreRule.MBG,
            new Phrase("", ""),
            model,
            null,
            null,
            null,
            null,
            [],
            ModelGrouping.None,
            new Dictionary<string, BuyingModel>()
        );

    private static void Near(double found, double expected, object of) =>
        Math.Abs(found - expected).ShouldBeLessThanOrEqualTo(1e-300 + (1e-12 * Math.Abs(expected)), $"{found:R} for {expected:R} of {of}");
}

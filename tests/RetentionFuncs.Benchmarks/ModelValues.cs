using System.Diagnostics;
using System.Globalization;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Benchmarks;

/// <summary>
/// Fits the three models and spend on the CDNOW sample (customer_id,date,quantity,amount; 2,357 customers; calibration to 1997-09-30,
/// weeks of days/7) and prints the estimates beside the published ones. The file is not part of the repository: brucehardie.com has it.
/// </summary>
public static class ModelValues
{
    private static readonly DateOnly CalibrationEnd = new(1997, 9, 30);

    /// <summary>0 when every value agrees, 1 when one does not.</summary>
    public static int Run(string file)
    {
        var histories = Read(file);
        var patterns = histories
            .Select(h => h.PatternOn(CalibrationEnd.DayNumber))
            .OfType<BuyingPattern>()
            .Select(p => new BuyingPattern(p.Repeats, p.Recency / 7, p.Age / 7))
            .ToArray();
        Console.WriteLine(
            $"{patterns.Length} customers, {patterns.Sum(p => p.Repeats)} repeats, {patterns.Count(p => p.Repeats == 0)} without"
        );
        var good = patterns.Length == 2357;
        foreach (var (kind, values, logLikelihood, errors) in Published)
        {
            good &= Compare(patterns, kind, values, logLikelihood, errors);
        }

        return good & CompareSums(patterns) & CompareSpend(histories) ? 0 : 1;
    }

    /// <summary>Fader, Hardie, Lee 2005 and the test suites of public packages, refitted on exact weeks; the last digit may differ.</summary>
    private static readonly (BuyingModelKind Kind, double[] Values, double LogLikelihood, double[] Errors)[] Published =
    [
        (BuyingModelKind.BG, [.2425945, 4.4136019, .7929199, 2.4258881], -9582.429207, [.01256, .37822, .18573, .70541]),
        (BuyingModelKind.MBG, [.524843, 6.183085, .891359, 1.614002], -9582.135716, [.08326, .69560, .15479, .53747]),
        (BuyingModelKind.Pareto, [.55328, 10.57768, .60624, 11.66873], -9594.976179, [.04763, .84272, .18728, 6.21105]),
    ];

    private static bool Compare(BuyingPattern[] patterns, BuyingModelKind kind, double[] values, double logLikelihood, double[] errors)
    {
        var sample = BuyingSample.Of(patterns);
        var watch = Stopwatch.StartNew();
        var fit = FitBuyingModel.Run(sample, kind);
        var took = watch.Elapsed.TotalMilliseconds;
        if (fit is not ModelFit.Fitted fitted)
        {
            Console.WriteLine($"{kind}: {fit}");
            return false;
        }

        Console.WriteLine(Line($"{kind}: {fitted.Evaluations} evaluations, {took:0.0} ms"));
        var good = Print("LL", fitted.LogLikelihood, logLikelihood, 1e-9);
        for (var i = 0; i < 4; i++)
        {
            good &= Print(fitted.Model.Parameters[i].Key, fitted.Model.Parameters[i].Value, values[i], 2e-5);
            good &= Print("  standard error", fitted.StandardErrors[i], errors[i], 5e-4);
        }

        return good;
    }

    /// <summary>Sums of P(alive) and of expected purchases in 39 weeks over everybody, at the published estimates on two-decimal weeks.</summary>
    private static bool CompareSums(BuyingPattern[] patterns)
    {
        (BuyingModel Model, double Alive, double Orders)[] published =
        [
            (new GeometricModel(BuyingModelKind.BG, .242593, 4.413532, .792886, 2.425753), 1917.276333, 1653.423260),
            (new GeometricModel(BuyingModelKind.MBG, .524838, 6.182992, .891356, 1.613999), 1057.638365, 1576.735735),
            (new ParetoModel(.55328, 10.57761, .60621, 11.66791), 1051.8789, 1665.5343),
        ];
        var good = true;
        foreach (var (model, alive, orders) in published)
        {
            Console.WriteLine($"{model.Kind}: sums over {patterns.Length} customers");
            good &= Print("P(alive)", patterns.Sum(model.ChanceAlive), alive, 1e-4);
            good &= Print("E in 39 weeks", patterns.Sum(p => model.ExpectedOrders(p, 39)), orders, 1e-4);
        }

        return good;
    }

    private static bool CompareSpend(IReadOnlyList<BuyingHistory> histories)
    {
        var fit = FitSpendModel.Run(histories.Select(RepeatSpend));
        if (fit is not SpendFit.Fitted fitted)
        {
            Console.WriteLine($"Gamma-Gamma: {fit}");
            return false;
        }

        Console.WriteLine(
            Line($"Gamma-Gamma: {fitted.Customers} customers, {fitted.Evaluations} evaluations, LL {fitted.LogLikelihood:0.000000}")
        );
        return Print("p", fitted.Model.P, 6.249, 1e-4)
            & Print("q", fitted.Model.Q, 3.744, 1e-3)
            & Print("gamma", fitted.Model.Gamma, 15.44, 1e-3);
    }

    private static (int Repeats, double Mean) RepeatSpend(BuyingHistory history)
    {
        var repeats = Math.Max(0, history.CountUpTo(CalibrationEnd.DayNumber) - 1);
        return (repeats, repeats == 0 ? 0 : (double)history.Amounts.Skip(1).Take(repeats).Average());
    }

    private static bool Print(string name, double value, double published, double within)
    {
        var good = Math.Abs(value - published) <= within * Math.Abs(published);
        Console.WriteLine(Line($"  {name, -18}{value, 18:0.0000000}{published, 18:0.0000000}  {(good ? "agrees" : "DIFFERS")}"));
        return good;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static BuyingHistory[] Read(string file) =>
        [
            .. File.ReadLines(file)
                .Skip(1)
                .Select(line => line.Split(','))
                .GroupBy(cells => cells[0])
                .Select(customer =>
                {
                    var days = customer
                        .GroupBy(cells => DateOnly.Parse(cells[1], CultureInfo.InvariantCulture).DayNumber)
                        .OrderBy(day => day.Key)
                        .ToArray();
                    return new BuyingHistory(
                        [.. days.Select(day => day.Key)],
                        [.. days.Select(day => day.Sum(cells => decimal.Parse(cells[3], CultureInfo.InvariantCulture)))]
                    );
                }),
        ];
}

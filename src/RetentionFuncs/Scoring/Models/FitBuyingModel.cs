namespace RetentionFuncs.Scoring.Models;

/// <summary>
/// Fits a buying model by maximum likelihood: the mean over customers, by log-parameters within ±15, with analytic slopes. A fit counts
/// by how flat the top is, never because a search says so.
/// </summary>
public static class FitBuyingModel
{
    /// <summary>Fewer customers than this do not carry four parameters on their own; with a shrinkage any number does.</summary>
    public const int LeastCustomers = 100;

    /// <param name="towards">What the fit is drawn towards, and starts from; of the same kind.</param>
    /// <exception cref="ArgumentException">The shrinkage is towards another kind, or of negative strength.</exception>
    public static ModelFit Run(BuyingSample sample, BuyingModelKind kind, Shrinkage? towards = null)
    {
        if (towards is not null && (towards.Towards.Kind != kind || !(towards.Strength >= 0)))
        {
            throw new ArgumentException("A fit is drawn towards a model of its own kind, by 0 or more.", nameof(towards));
        }

        return Run(() => LikelihoodOf(sample, kind), sample.Customers, sample.MeanAge, kind, towards);
    }

    /// <param name="likelihood">Of the customers by the model's kind; not asked for when they are too few.</param>
    internal static ModelFit Run(
        Func<ILikelihood> likelihood,
        int customers,
        double meanAge,
        BuyingModelKind kind,
        Shrinkage? towards = null
    )
    {
        var least = towards is null ? LeastCustomers : 1;
        if (customers < least)
        {
            return new ModelFit.TooFewCustomers(customers, least);
        }

        var free = likelihood();
        var start = StartOf(meanAge, kind, towards);
        var hill = towards is null ? free : new ShrunkLikelihood(free, start, towards.Strength / customers);
        var ascent = Ascent.Climb(hill, start);
        return ascent.WhyNoTop is { } why
            ? new ModelFit.NotConverged(why, customers, ascent.Evaluations)
            : Top(customers, kind, free, hill, ascent);
    }

    internal const string Flat = "the likelihood is flat: these customers do not determine the parameters";

    internal static ILikelihood LikelihoodOf(BuyingSample sample, BuyingModelKind kind) =>
        kind == BuyingModelKind.Pareto ? new ParetoLikelihood(sample) : new GeometricLikelihood(sample, kind);

    private static double[] StartOf(double meanAge, BuyingModelKind kind, Shrinkage? towards)
    {
        var lnTime = Math.Log(Math.Max(1e-6, meanAge / 4));
        return towards is not null ? [.. towards.Towards.Parameters.Select(p => Math.Log(p.Value))]
            : kind == BuyingModelKind.Pareto ? [0, lnTime, 0, lnTime]
            : [0, lnTime, 0, 1];
    }

    private static ModelFit Top(int customers, BuyingModelKind kind, ILikelihood free, ILikelihood hill, Ascent ascent)
    {
        var model = BuyingModel.Of(kind, [.. ascent.At.Select(Math.Exp)]);
        var logLikelihood = customers * free.At([.. ascent.At], new double[ascent.At.Count]);
        for (var i = 0; i < ascent.At.Count; i++)
        {
            if (Math.Abs(ascent.At[i]) >= Ascent.Bound)
            {
                return new ModelFit.AtBound(model.Parameters[i].Key, model, logLikelihood, customers, ascent.Evaluations);
            }
        }

        return StandardErrors.At(hill, ascent.At, customers) is { } errors
            ? new ModelFit.Fitted(model, logLikelihood, customers, ascent.Evaluations, errors)
            : new ModelFit.NotConverged(Flat, customers, ascent.Evaluations);
    }
}

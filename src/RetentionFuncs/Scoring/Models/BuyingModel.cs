using System.Runtime.CompilerServices;

namespace RetentionFuncs.Scoring.Models;

/// <summary>Which story of buying and leaving is told.</summary>
public enum BuyingModelKind
{
    /// <summary>MBG/NBD: may leave after any purchase, the first one included (Batislam et al. 2007; Hoppe and Wagner 2007).</summary>
    MBG,

    /// <summary>BG/NBD: may leave after a repeat purchase only (Fader, Hardie, Lee 2005).</summary>
    BG,

    /// <summary>Pareto/NBD: may leave at any moment (Schmittlein, Morrison, Colombo 1987).</summary>
    Pareto,
}

/// <summary>
/// A fitted model of when customers buy and whether they have left for good. Pure; the unit of time is that of the parameters (the
/// product fits in days). Finite for every valid pattern, however many repeats.
/// </summary>
public abstract record BuyingModel
{
    public abstract BuyingModelKind Kind { get; }

    /// <summary>Name and value, in the order of the literature: r, alpha, a, b or r, alpha, s, beta.</summary>
    public abstract IReadOnlyList<KeyValuePair<string, double>> Parameters { get; }

    /// <summary>The model of a kind from its values, in the order of <see cref="Parameters"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not four values, or one that is not above 0 and finite.</exception>
    public static BuyingModel Of(BuyingModelKind kind, IReadOnlyList<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Count, 4, nameof(values));
        return kind == BuyingModelKind.Pareto
            ? new ParetoModel(values[0], values[1], values[2], values[3])
            : new GeometricModel(kind, values[0], values[1], values[2], values[3]);
    }

    /// <summary>ln of the likelihood of one customer's history.</summary>
    public abstract double LogLikelihood(BuyingPattern pattern);

    /// <summary>P(alive), 0 to 1: shown, never used to pick people (BG/NBD says 1 of every one-time buyer).</summary>
    public abstract double ChanceAlive(BuyingPattern pattern);

    /// <summary>P(at least one purchase within the next <paramref name="time"/>), 0 to 1: the decision score. Falls as silence grows.</summary>
    public abstract double ChanceOfReturn(BuyingPattern pattern, double time);

    /// <summary>Expected purchases in the next <paramref name="time"/>.</summary>
    public abstract double ExpectedOrders(BuyingPattern pattern, double time);

    /// <summary>Expected purchases of a customer nobody has met yet, in the <paramref name="time"/> after the first purchase.</summary>
    public abstract double ExpectedOrdersOfNew(double time);

    private protected static double Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "A parameter of a buying model is above 0 and finite.");
}

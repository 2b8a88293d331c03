namespace RetentionFuncs.Scoring.Models;

/// <summary>How a fit of spend per purchase ended.</summary>
/// <param name="Customers">Those with repeat purchases and a spend above 0, who alone tell of spend.</param>
/// <param name="Ignored">Those without a repeat, or whose repeats come to 0 or less.</param>
public abstract record SpendFit(int Customers, int Ignored)
{
    /// <param name="LogLikelihood">Summed over the customers.</param>
    /// <param name="StandardErrors">Of p, q and γ.</param>
    public sealed record Fitted(
        SpendModel Model,
        double LogLikelihood,
        int Evaluations,
        IReadOnlyList<double> StandardErrors,
        int Customers,
        int Ignored
    ) : SpendFit(Customers, Ignored);

    /// <summary>q is 1 or less: customers differ so much that the mean spend over all of them has no finite value.</summary>
    public sealed record NoFiniteMean(double P, double Q, double Gamma, int Customers, int Ignored) : SpendFit(Customers, Ignored);

    /// <summary>The likelihood still rises where a parameter may go no further.</summary>
    /// <param name="Parameter">p, q or gamma.</param>
    public sealed record AtBound(string Parameter, SpendModel Model, int Customers, int Ignored) : SpendFit(Customers, Ignored);

    /// <summary>No top was found, or the likelihood is so flat there that it tells nothing; nothing is claimed.</summary>
    public sealed record NotConverged(string Why, int Customers, int Ignored) : SpendFit(Customers, Ignored);

    /// <param name="Least">How many it takes.</param>
    public sealed record TooFewCustomers(int Least, int Customers, int Ignored) : SpendFit(Customers, Ignored);
}

namespace RetentionFuncs.Scoring.Models;

/// <summary>How a fit of a buying model ended.</summary>
public abstract record ModelFit
{
    private ModelFit() { }

    /// <summary>The top was found, inside the bounds.</summary>
    /// <param name="LogLikelihood">Summed over the customers, without what a shrinkage takes off.</param>
    /// <param name="Evaluations">Looks at the whole sample.</param>
    /// <param name="StandardErrors">In the order and units of the parameters.</param>
    public sealed record Fitted(
        BuyingModel Model,
        double LogLikelihood,
        int Customers,
        int Evaluations,
        IReadOnlyList<double> StandardErrors
    ) : ModelFit;

    /// <summary>The likelihood still rises where a parameter may go no further, so the data do not determine it. The model predicts, but its parameters mean nothing.</summary>
    /// <param name="Parameter">As the literature names it.</param>
    public sealed record AtBound(string Parameter, BuyingModel Model, double LogLikelihood, int Customers, int Evaluations) : ModelFit;

    /// <summary>No top was found, or the likelihood is so flat there that it tells nothing; nothing is claimed.</summary>
    public sealed record NotConverged(string Why, int Customers, int Evaluations) : ModelFit;

    /// <param name="Least">How many it takes.</param>
    public sealed record TooFewCustomers(int Customers, int Least) : ModelFit;
}

namespace RetentionFuncs.Reports;

/// <summary>How much the people of one arm brought: count, total, and the spread around the mean.</summary>
/// <param name="Total">In the report's currency; exact.</param>
/// <param name="Variance">Of a single customer's money, with n − 1; 0 below two people.</param>
public sealed record ArmMoney(int People, decimal Total, double Variance)
{
    public double Mean => People == 0 ? 0 : (double)Total / People;

    /// <summary>One pass (Welford 1962), so that large totals do not cancel; customers who bought nothing count as 0 and belong here.</summary>
    public static ArmMoney Of(IEnumerable<decimal> perCustomer)
    {
        var (people, total, mean, squares) = (0, 0m, 0.0, 0.0);
        foreach (var amount in perCustomer)
        {
            people++;
            total += amount;
            var before = (double)amount - mean;
            mean += before / people;
            squares += before * ((double)amount - mean);
        }

        return new ArmMoney(people, total, people < 2 ? 0 : squares / (people - 1));
    }
}

namespace RetentionFuncs.Embedded.Demo;

/// <summary>
/// How some customers buy, beside how often: a few wait for the shop's sales, a few keep to tea and then turn away from it. Neither
/// moves a purchase day, so what campaigns are truly worth stays as it is.
/// </summary>
internal sealed class DemoHabits(DemoDraws draws, DateOnly historyEnd)
{
    private const string Tea = "tea";
    private const decimal SalePercent = 15;
    private static readonly IReadOnlyList<DemoProduct> TeaOnly = [.. DemoProducts.All.Where(p => p.Family == Tea)];
    private static readonly IReadOnlyList<DemoProduct> NoTea = [.. DemoProducts.All.Where(p => p.Family != Tea)];

    public bool HuntsDeals(DemoCustomer customer) => Habit(customer) < 0.08;

    /// <summary>The first day without tea; null for those whose taste stays as it is.</summary>
    public DateOnly? LeavesTeaOn(DemoCustomer customer) =>
        Habit(customer) is >= 0.08 and < 0.20 and var habit ? historyEnd.AddDays(-90 - (int)(240 * (habit - 0.08) / 0.12)) : null;

    /// <summary>Percent off in the shop's own sale, 0 outside.</summary>
    public decimal SaleOn(DemoCustomer customer, DateOnly day) =>
        HuntsDeals(customer) && draws.Uniform(customer.Index, day.DayNumber, DemoDraw.Sale) < 0.85 ? SalePercent : 0;

    /// <summary>What the first line is picked from, and the others.</summary>
    public (IReadOnlyList<DemoProduct> First, IReadOnlyList<DemoProduct> Others) RangeOn(DemoCustomer customer, DateOnly day) =>
        LeavesTeaOn(customer) is not { } leaves ? (DemoProducts.All, DemoProducts.All)
        : day < leaves ? (TeaOnly, DemoProducts.All)
        : (NoTea, NoTea);

    private double Habit(DemoCustomer customer) => customer.Traits.IsBulk ? 1 : draws.Uniform(customer.Index, 0, DemoDraw.Habit);
}

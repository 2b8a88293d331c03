using MathNet.Numerics.Distributions;
using RetentionFuncs.Clocks;
using RetentionFuncs.Orders;

namespace RetentionFuncs.Tests.Scoring.Defections;

/// <summary>A made-up buyer whose habits are known, so that what is found in the orders can be judged.</summary>
/// <param name="Gap">Mean days between baskets.</param>
/// <param name="Shape">Of the gamma gaps: 1 is memoryless, 9 nearly regular.</param>
/// <param name="Families">Chance that a basket holds each family.</param>
/// <param name="Spread">Sigma of the lognormal amounts.</param>
internal sealed record SimulatedBuyer(double Gap, double Shape, double[] Families, double Spread)
{
    public static readonly DateOnly Start = new(2024, 1, 1);
    private static readonly BusinessCalendar Calendar = new("Europe/Berlin");

    /// <summary>From this day on <see cref="Dropped"/> is not bought and amounts are multiplied by <see cref="Factor"/>.</summary>
    public int ChangesAfterDays { get; init; } = int.MaxValue;

    public int Dropped { get; init; } = -1;

    public double Factor { get; init; } = 1;

    public PurchaseSummary Summary(Random random, int days)
    {
        var orders = new List<Order>();
        for (var day = 0.0; day < days; day += Math.Max(1, Gamma.Sample(random, Shape, Shape / Gap)))
        {
            orders.Add(OrderOf(random, (int)day));
        }

        return PurchaseFold.Of(orders, Calendar, "EUR");
    }

    private Order OrderOf(Random random, int day)
    {
        var changed = day >= ChangesAfterDays;
        var amount = (decimal)(50 * Math.Exp(Spread * Normal.Sample(random, 0, 1)) * (changed ? Factor : 1));
        var held = Families
            .Select((p, f) => (Holds: random.NextDouble() < p && !(changed && f == Dropped), f))
            .Where(x => x.Holds)
            .ToList();
        OrderLine[] lines = [.. held.Select(x => new OrderLine("s" + x.f, "family " + x.f, 1, amount / held.Count, 0, null, null))];
        var at = new DateTimeOffset(Start.AddDays(day).ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);
        return new Order($"o{day}-{random.Next()}", at, at, OrderStatus.Placed, new Money(Math.Round(amount, 2), "EUR"), 0, lines, []);
    }
}

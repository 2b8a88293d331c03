using System.Globalization;
using MathNet.Numerics.Distributions;
using RetentionFuncs.Clocks;

namespace RetentionFuncs.Embedded.Demo;

/// <summary>Fills a basket worth about what the customer likes to spend, and gives the order its hour and number.</summary>
internal sealed class DemoBaskets(DemoDraws draws, DemoHabits habits, BusinessCalendar calendar)
{
    private const double SpendShape = 6.25;

    /// <summary>The same customer and day always give the same basket; a coupon only takes its percentage off.</summary>
    /// <param name="percent">Taken off every line, 0 for none.</param>
    public DemoOrder Order(DemoCustomer customer, DateOnly day, string? coupon = null, decimal percent = 0)
    {
        var random = new Random((int)(int.MaxValue * draws.Uniform(customer.Index, day.DayNumber, DemoDraw.Basket)));
        var wish = (decimal)Gamma.Sample(random, SpendShape, SpendShape / customer.Traits.Spend);
        var lines = customer.Traits.IsBulk
            ? [Line(DemoProducts.All[random.Next(2)], random.Next(40, 90), percent)]
            : Lines(random, wish, Math.Max(percent, habits.SaleOn(customer, day)), habits.RangeOn(customer, day));
        var cancelled = random.NextDouble() < 0.01;
        var total = lines.Sum(l => l.Net);
        var back = random.NextDouble();
        return new DemoOrder(
            string.Create(CultureInfo.InvariantCulture, $"O{day:yyMMdd}-{customer.Index:D5}"),
            customer.ExternalId,
            day,
            calendar.InstantOf(day, Hour(customer, day)),
            cancelled,
            cancelled || back >= 0.035 ? 0
                : back < 0.015 ? total
                : Math.Round(lines[0].Net / 2, 2),
            lines,
            coupon
        );
    }

    // Evening where the customer lives, and always after a morning's sending in the business's zone (Berlin).
    private TimeOnly Hour(DemoCustomer customer, DateOnly day)
    {
        var span = customer.Country == "CN" ? 4 * 60 : 8 * 60;
        return new TimeOnly(11, 30).AddMinutes(Math.Floor(span * draws.Uniform(customer.Index, day.DayNumber, DemoDraw.Hour)));
    }

    private static List<DemoOrderLine> Lines(
        Random random,
        decimal wish,
        decimal percent,
        (IReadOnlyList<DemoProduct> First, IReadOnlyList<DemoProduct> Others) range
    )
    {
        var lines = new List<DemoOrderLine>();
        for (var left = wish; lines.Count < 4 && (lines.Count == 0 || left > 4); )
        {
            var products = lines.Count == 0 ? range.First : range.Others;
            var fitting = products.Where(p => p.Price <= left && lines.TrueForAll(l => l.Product != p)).ToList();
            var product = fitting.Count > 0 ? fitting[random.Next(fitting.Count)] : products.MinBy(p => p.Price)!;
            if (fitting.Count == 0 && lines.Count > 0)
            {
                break;
            }

            var quantity = 1 + (product.Price * 3 < left ? random.Next(3) : 0);
            lines.Add(Line(product, quantity, percent));
            left -= product.Price * quantity;
        }

        return lines;
    }

    private static DemoOrderLine Line(DemoProduct product, int quantity, decimal percent)
    {
        var gross = product.Price * quantity;
        var discount = Math.Round(gross * percent / 100, 2);
        return new DemoOrderLine(product, quantity, gross - discount, discount);
    }
}

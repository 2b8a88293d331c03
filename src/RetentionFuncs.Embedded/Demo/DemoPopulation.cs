using System.Globalization;
using MathNet.Numerics.Distributions;
using RetentionFuncs.Customers;

namespace RetentionFuncs.Embedded.Demo;

/// <summary>Draws the customers: names, what the shop knows of them, and their hidden traits.</summary>
internal static class DemoPopulation
{
    /// <param name="firstDay">First day of the history.</param>
    /// <param name="lastDay">The last day on which a customer may buy for the first time.</param>
    public static List<DemoCustomer> Draw(DemoDraws draws, int customers, DateOnly firstDay, DateOnly lastDay)
    {
        var all = new List<DemoCustomer>(customers);
        for (var i = 0; i < customers; i++)
        {
            var random = draws.Traits(i);
            // One household in a hundred shares the address of the customer before.
            var shares = i > 0 && random.NextDouble() < 0.01;
            var customer = Draw(random, i, FirstDay(random, firstDay, lastDay));
            all.Add(shares ? customer with { Email = all[i - 1].Email } : customer);
        }

        return all;
    }

    private static DemoCustomer Draw(Random random, int index, DateOnly firstDay)
    {
        var chinese = random.NextDouble() < 0.4;
        return new DemoCustomer(
            index,
            string.Create(CultureInfo.InvariantCulture, $"C{index + 1:D5}"),
            chinese ? DemoNames.Chinese(random) : DemoNames.German(random),
            DemoNames.Address(random, index + 1, bounces: random.NextDouble() < 0.025),
            chinese ? "CN" : "DE",
            chinese ? "zh-CN" : "en",
            chinese ? "Asia/Shanghai" : "Europe/Berlin",
            random.NextDouble() < 0.6 ? Birthday(random) : null,
            random.NextDouble() switch
            {
                < 0.80 => true,
                < 0.88 => false,
                _ => null,
            },
            Traits(random),
            firstDay
        );
    }

    private static DemoTraits Traits(Random random) =>
        new(
            Rate: 1 - Math.Exp(-Gamma.Sample(random, 0.8, 55)),
            DropOut: Beta.Sample(random, 1.1, 1.4),
            Return: Math.Min(0.02, Gamma.Sample(random, 1.2, 1.2 / 0.0016)),
            Spend: Math.Min(400, 6.25 * 15.44 / Gamma.Sample(random, 3.74, 1)),
            Responsiveness: Gamma.Sample(random, 3, 3),
            IsBulk: random.NextDouble() < 0.012
        );

    private static Birthday Birthday(Random random)
    {
        var day = new DateOnly(1955, 1, 1).AddDays(random.Next(50 * 365));
        return new Birthday(random.NextDouble() < 0.85 ? day.Year : null, day.Month, day.Day);
    }

    // The shop grows steadily, and more find it before the year ends: twice as likely in November and December.
    private static DateOnly FirstDay(Random random, DateOnly first, DateOnly last)
    {
        var days = last.DayNumber - first.DayNumber + 1;
        while (true)
        {
            var day = first.AddDays((int)(days * Math.Pow(random.NextDouble(), 0.85)));
            if (day.Month >= 11 || random.NextDouble() < 0.5)
            {
                return day;
            }
        }
    }
}

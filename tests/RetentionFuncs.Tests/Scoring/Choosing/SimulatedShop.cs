using MathNet.Numerics.Distributions;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Tests.Scoring.Choosing;

/// <summary>A shop whose customers buy as a BG/NBD says, day by day, until the end.</summary>
internal static class SimulatedShop
{
    public static readonly DateOnly End = new(2026, 3, 1);

    /// <param name="years">How long the shop has existed; customers come evenly over the first two thirds.</param>
    public static List<BuyingHistory> Of(
        int customers,
        int seed,
        double years = 3,
        double r = 0.6,
        double alpha = 50,
        double a = 0.8,
        double b = 3.2,
        string? market = null,
        string? family = null
    )
    {
        var random = new Random(seed);
        var (last, span) = (End.DayNumber, (int)(365 * years));
        var shop = new List<BuyingHistory>(customers);
        for (var i = 0; i < customers; i++)
        {
            var (rate, leaves) = (Gamma.Sample(random, r, alpha), Beta.Sample(random, a, b));
            var days = new List<int> { last - span + (int)(random.NextDouble() * span * 2 / 3) };
            var (at, gone) = ((double)days[0], false);
            while (!gone && (at += -Math.Log(1 - random.NextDouble()) / rate) <= last)
            {
                days.AddRange((int)at > days[^1] ? [(int)at] : []);
                gone = random.NextDouble() < leaves;
            }

            shop.Add(new BuyingHistory([.. days], [.. days.Select(_ => 10m + random.Next(4000) / 100m)], null, market, family));
        }

        return shop;
    }

    public static BuyingHistory Once(int day) => new([day], [20m]);
}

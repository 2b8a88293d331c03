using System.Runtime.CompilerServices;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>How many customers have each number of repeats, and how many there are of each age in days with how many repeats together.</summary>
internal sealed record PatternCounts(int Customers, int[] ByRepeats, double[] ByAge, double[] RepeatsByAge)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static PatternCounts Of(IReadOnlyList<PatternBlock> blocks)
    {
        var (customers, repeats, ages, agesRepeats) = (0, new int[1], new double[1], new double[1]);
        foreach (var block in blocks)
        {
            customers += block.Customers;
            for (var i = 0; i < block.Customers; i++)
            {
                var (x, age) = (block.Repeats[i], block.Age[i]);
                if (x >= repeats.Length)
                {
                    Array.Resize(ref repeats, x + 1);
                }

                if (age >= ages.Length)
                {
                    Array.Resize(ref ages, age + 1);
                    Array.Resize(ref agesRepeats, age + 1);
                }

                repeats[x]++;
                ages[age]++;
                agesRepeats[age] += x;
            }
        }

        return new(customers, repeats, ages, agesRepeats);
    }
}

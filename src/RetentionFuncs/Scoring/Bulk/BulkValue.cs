using System.Runtime.CompilerServices;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>Expected spend within the horizon: expected orders times what the next one is expected to come to. In cents, so that sums are exact.</summary>
public static class BulkValue
{
    private const double Most = 1e15;

    /// <returns>For each customer of the block, whole cents, 0 or more.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long[] Over(PatternBlock block, double[] expectedOrders, SpendModel spend)
    {
        var values = new long[block.Customers];
        for (var i = 0; i < values.Length; i++)
        {
            var each = spend.ExpectedSpend(block.Repeats[i], Math.Max(0, block.Mean[i]));
            values[i] = (long)Math.Round(Math.Clamp(100 * expectedOrders[i] * each, 0, Most), MidpointRounding.AwayFromZero);
        }

        return values;
    }
}

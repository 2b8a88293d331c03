using System.Runtime.CompilerServices;
using RetentionFuncs.Scoring.Choosing;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>What is counted of histories that are not kept; whole numbers, so that lanes may add in any order.</summary>
internal sealed class FileTally
{
    private readonly Lock _gate = new();

    public long Orders { get; private set; }

    public int RefundedOnly { get; private set; }

    /// <summary>Gaps between purchase days, as <see cref="BuyingCycle"/> counts them.</summary>
    public long[] Gaps { get; } = BuyingCycle.NewTally();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(HistoryBlock block, int day)
    {
        var gaps = BuyingCycle.NewTally();
        for (var i = 0; i < block.Customers; i++)
        {
            var days = block.Days.AsSpan(block.Starts[i]..block.Starts[i + 1]);
            while (!days.IsEmpty && days[^1] > day)
            {
                days = days[..^1];
            }

            BuyingCycle.Tally(days, gaps);
        }

        lock (_gate)
        {
            (Orders, RefundedOnly) = (Orders + block.Orders, RefundedOnly + block.RefundedOnly);
            for (var i = 0; i < gaps.Length; i++)
            {
                Gaps[i] += gaps[i];
            }
        }
    }
}

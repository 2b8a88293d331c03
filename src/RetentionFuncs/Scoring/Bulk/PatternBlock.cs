using System.Runtime.CompilerServices;
using System.Text;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>What models know of the customers of one block, in days; columns filled up with zeros to whole vectors.</summary>
public sealed class PatternBlock
{
    /// <summary>How many doubles are computed with at once.</summary>
    internal const int Width = 4;

    internal PatternBlock(int customers)
    {
        Customers = customers;
        var padded = (customers + Width - 1) / Width * Width;
        (Repeats, Recency, Age, Mean) = (new int[padded], new int[padded], new int[padded], new double[padded]);
    }

    public int Customers { get; }

    /// <summary>x.</summary>
    public int[] Repeats { get; }

    /// <summary>t_x.</summary>
    public int[] Recency { get; }

    /// <summary>T.</summary>
    public int[] Age { get; }

    /// <summary>Mean spend of the purchase days after the first; 0 without one.</summary>
    public double[] Mean { get; }

    public BuyingPattern PatternOf(int customer) => new(Repeats[customer], Recency[customer], Age[customer]);

    internal byte[] Ids { get; set; } = [];

    /// <summary>Where each customer's id begins; one more than customers.</summary>
    internal int[] IdStarts { get; set; } = [];

    public string IdOf(int customer) => Encoding.ASCII.GetString(IdBytes(customer));

    internal ReadOnlySpan<byte> IdBytes(int customer) => Ids.AsSpan(IdStarts[customer]..IdStarts[customer + 1]);

    /// <summary>As known at the end of the day; customers who came later are left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static PatternBlock On(HistoryBlock block, int day)
    {
        var known = Enumerable.Range(0, block.Customers).Count(i => block.Days[block.Starts[i]] <= day);
        var patterns = new PatternBlock(known) { Ids = block.Ids, IdStarts = block.IdStarts };
        if (known < block.Customers)
        {
            (patterns.Ids, patterns.IdStarts) = (new byte[block.Ids.Length], new int[known + 1]);
        }

        for (int i = 0, at = 0; i < block.Customers; i++)
        {
            if (block.Days[block.Starts[i]] <= day)
            {
                patterns.Set(at++, block, i, day);
            }
        }

        return patterns;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(int at, HistoryBlock block, int customer, int day)
    {
        var (from, until) = (block.Starts[customer], block.Starts[customer + 1]);
        while (block.Days[until - 1] > day)
        {
            until--;
        }

        var (first, repeats, sum) = (block.Days[from], until - from - 1, 0L);
        for (var i = from + 1; i < until; i++)
        {
            sum += block.Amounts[i];
        }

        (Repeats[at], Recency[at], Age[at]) = (repeats, block.Days[until - 1] - first, day - first);
        Mean[at] = repeats == 0 ? 0 : sum / (double)(repeats * ScaledAmount.One);
        if (Ids != block.Ids)
        {
            var id = block.IdBytes(customer);
            id.CopyTo(Ids.AsSpan(IdStarts[at]));
            IdStarts[at + 1] = IdStarts[at] + id.Length;
        }
    }

    /// <summary>The same customers, had they bought on the day itself: no silence.</summary>
    internal PatternBlock Fresh()
    {
        var fresh = new PatternBlock(Customers);
        Repeats.CopyTo(fresh.Repeats, 0);
        Recency.CopyTo(fresh.Recency, 0);
        Recency.CopyTo(fresh.Age, 0);
        return fresh;
    }
}

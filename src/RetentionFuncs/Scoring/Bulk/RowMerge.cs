using System.Runtime.CompilerServices;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>
/// One customer's rows to purchase days, by the rules of the import: rows with one order key are one order; an order with a row that is
/// not negative is a purchase whose amount is the sum of its rows; one of negative rows only is money given back.
/// </summary>
internal sealed class RowMerge
{
    private const int Few = 10;
    private ulong[] _keys = [];

    /// <param name="bodies">Day and amount of each row; sorted in place.</param>
    /// <param name="keys">The rows' order keys, in the same order.</param>
    /// <returns>The key of an order whose rows are of different days, or null.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ulong? Run(Span<ulong> bodies, Span<ulong> keys, BlockWriter to)
    {
        if (HasTwins(keys))
        {
            return ByOrder(bodies, keys, to);
        }

        Sort(bodies);
        foreach (var body in bodies)
        {
            var amount = RowShelf.AmountOf(body);
            if (amount >= 0)
            {
                to.AddDay(DayField.Epoch + RowShelf.DayOf(body), amount, 1);
            }
            else
            {
                to.AddRefund(amount);
            }
        }

        return null;
    }

    private ulong? ByOrder(Span<ulong> bodies, Span<ulong> keys, BlockWriter to)
    {
        // Orders first, each as one row: the sum stays exact, and a purchase keeps its place by day.
        keys.Sort(bodies);
        var orders = new List<(int Day, bool IsPurchase, long Amount)>();
        for (int from = 0, until; from < keys.Length; from = until)
        {
            var day = RowShelf.DayOf(bodies[from]);
            var (sum, isPurchase) = (0L, false);
            for (until = from; until < keys.Length && keys[until] == keys[from]; until++)
            {
                if (RowShelf.DayOf(bodies[until]) != day)
                {
                    return keys[from];
                }

                var amount = RowShelf.AmountOf(bodies[until]);
                (sum, isPurchase) = (sum + amount, isPurchase || amount >= 0);
            }

            orders.Add((day, isPurchase, sum));
        }

        foreach (var (day, isPurchase, amount) in orders.OrderBy(o => o.Day))
        {
            if (isPurchase)
            {
                to.AddDay(DayField.Epoch + day, amount, 1);
            }
            else
            {
                to.AddRefund(amount);
            }
        }

        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool HasTwins(ReadOnlySpan<ulong> keys)
    {
        if (keys.Length > Few)
        {
            return HasTwinsSorted(keys);
        }

        for (var i = 1; i < keys.Length; i++)
        {
            if (keys[..i].Contains(keys[i]))
            {
                return true;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool HasTwinsSorted(ReadOnlySpan<ulong> keys)
    {
        _keys = _keys.Length < keys.Length ? new ulong[keys.Length * 2] : _keys;
        var sorted = _keys.AsSpan(0, keys.Length);
        keys.CopyTo(sorted);
        sorted.Sort();
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] == sorted[i - 1])
            {
                return true;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sort(Span<ulong> bodies)
    {
        if (bodies.Length > 32)
        {
            bodies.Sort();
            return;
        }

        for (var i = 1; i < bodies.Length; i++)
        {
            var (body, at) = (bodies[i], i);
            for (; at > 0 && bodies[at - 1] > body; at--)
            {
                bodies[at] = bodies[at - 1];
            }

            bodies[at] = body;
        }
    }
}

using System.Runtime.CompilerServices;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>Fills a block customer by customer.</summary>
internal sealed class BlockWriter(int customers, int rows, int idBytes)
{
    private readonly byte[] _ids = new byte[idBytes];
    private readonly int[] _idStarts = new int[customers + 1];
    private readonly int[] _starts = new int[customers + 1];
    private readonly int[] _days = new int[rows];
    private readonly long[] _amounts = new long[rows];
    private readonly long[] _spend = new long[customers];
    private int _count;
    private int _used;
    private long _orders;
    private int _refundedOnly;

    /// <summary>A purchase; days of one customer come ascending.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddDay(int day, long amount, int orders)
    {
        _orders += orders;
        if (_used > _starts[_count] && _days[_used - 1] == day)
        {
            _amounts[_used - 1] += amount;
        }
        else
        {
            (_days[_used], _amounts[_used]) = (day, amount);
            _used++;
        }

        _spend[_count] += amount;
    }

    /// <summary>Money given back without an order; zero or less.</summary>
    public void AddRefund(long amount) => _spend[_count] += amount;

    /// <summary>Ends the customer; one without a purchase is left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Close(ReadOnlySpan<byte> id)
    {
        if (_used == _starts[_count])
        {
            (_spend[_count], _refundedOnly) = (0, _refundedOnly + 1);
            return;
        }

        id.CopyTo(_ids.AsSpan(_idStarts[_count]));
        _idStarts[_count + 1] = _idStarts[_count] + id.Length;
        _starts[++_count] = _used;
    }

    public HistoryBlock ToBlock() =>
        new()
        {
            Ids = _ids,
            IdStarts = Cut(_idStarts, _count + 1),
            Starts = Cut(_starts, _count + 1),
            Days = Cut(_days, _used),
            Amounts = Cut(_amounts, _used),
            Spend = Cut(_spend, _count),
            Orders = _orders,
            RefundedOnly = _refundedOnly,
        };

    // Few days are shared by two orders: cutting costs a copy that is soon gone.
    private static T[] Cut<T>(T[] all, int length) => all.Length == length ? all : all[..length];
}

using System.Text;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>
/// Histories of the customers whose ids hash alike, in the order of their hashes (equal ones in the order of their bytes): the same
/// whatever the order of the file's lines. Columns, not objects, so that a million fit.
/// </summary>
public sealed class HistoryBlock
{
    internal byte[] Ids { get; init; } = [];

    /// <summary>Where each customer's id begins; one more than customers.</summary>
    internal int[] IdStarts { get; init; } = [0];

    /// <summary>Where each customer's days begin in <see cref="Days"/>; one more than customers.</summary>
    public int[] Starts { get; init; } = [0];

    /// <summary>Distinct purchase days as <see cref="DateOnly.DayNumber"/>, ascending within a customer.</summary>
    public int[] Days { get; init; } = [];

    /// <summary>Net spend of each of those days in ten-thousandths (<see cref="ScaledAmount"/>).</summary>
    public long[] Amounts { get; init; } = [];

    /// <summary>Net spend of each customer in ten-thousandths, less what was given back without an order.</summary>
    public long[] Spend { get; init; } = [];

    public int Customers => Starts.Length - 1;

    /// <summary>Purchases: several a day count each.</summary>
    public long Orders { get; init; }

    /// <summary>Customers left out because all they have is money given back.</summary>
    public int RefundedOnly { get; init; }

    public string IdOf(int customer) => Encoding.ASCII.GetString(IdBytes(customer));

    internal ReadOnlySpan<byte> IdBytes(int customer) => Ids.AsSpan(IdStarts[customer]..IdStarts[customer + 1]);

    public BuyingHistory HistoryOf(int customer)
    {
        var (from, until) = (Starts[customer], Starts[customer + 1]);
        return new(Days[from..until], [.. Amounts[from..until].Select(ScaledAmount.ToDecimal)]);
    }
}

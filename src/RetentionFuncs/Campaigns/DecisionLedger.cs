using System.Globalization;
using RetentionFuncs.Customers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Campaigns;

/// <summary>One line of "why, and why not": the verdict on one step of one occasion, from the moment it was given.</summary>
/// <param name="Verdict">Send, Hold or Skip.</param>
/// <param name="Detail">What the reason is about: a day, an address part, a campaign, a clause.</param>
public sealed record LedgerLine(
    string Campaign,
    string Occasion,
    string Step,
    DateTimeOffset At,
    string Verdict,
    Gate? Gate,
    GateReason? Reason,
    string? Detail,
    string? Arm,
    DateTimeOffset? Until,
    string Version
);

/// <summary>
/// The ledger in the customer's partition. A line is written when the verdict, its gate or its reason changes, so that a customer
/// held for a week is one line; "not in the audience" is no line at all, it is computed when somebody asks (design S17).
/// </summary>
public static class DecisionLedger
{
    public static void Record(CustomerPartition partition, LedgerLine line)
    {
        if (line.Reason == GateReason.NotInAudience)
        {
            return;
        }

        var prefix = $"{CustomerPartition.LedgerPrefix}{line.Campaign}|{line.Occasion}|{line.Step}|";
        var last = partition.WithPrefix(prefix).LastOrDefault();
        if (last.Key is not null && Same(Read(last.Key, last.Value), line))
        {
            return;
        }

        partition.Put(prefix + line.At.UtcDateTime.ToString("yyyyMMddHHmmssfffffff", CultureInfo.InvariantCulture), ToBag(line));
    }

    /// <summary>All lines, by campaign, occasion, step and time.</summary>
    public static IEnumerable<LedgerLine> Of(CustomerPartition partition) =>
        partition.WithPrefix(CustomerPartition.LedgerPrefix).Select(row => Read(row.Key, row.Value));

    private static bool Same(LedgerLine a, LedgerLine b) =>
        (a.Verdict, a.Gate, a.Reason, a.Detail, a.Version) == (b.Verdict, b.Gate, b.Reason, b.Detail, b.Version);

    private static PropertyBag ToBag(LedgerLine line) =>
        new PropertyBag()
            .Set("at", line.At)
            .Set("verdict", line.Verdict)
            .Set("gate", line.Gate?.ToString())
            .Set("reason", line.Reason?.ToString())
            .Set("detail", line.Detail)
            .Set("arm", line.Arm)
            .Set("until", line.Until)
            .Set("version", line.Version);

    private static LedgerLine Read(string rowKey, PropertyBag bag)
    {
        var parts = rowKey.Split('|');
        return new LedgerLine(
            parts[1],
            parts[2],
            parts[3],
            bag.Instant("at"),
            bag.Text("verdict"),
            bag.Has("gate") ? bag.Choice<Gate>("gate") : null,
            bag.Has("reason") ? bag.Choice<GateReason>("reason") : null,
            bag.TextOrNull("detail"),
            bag.TextOrNull("arm"),
            bag.InstantOrNull("until"),
            bag.Text("version")
        );
    }
}

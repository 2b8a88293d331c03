using System.Globalization;
using RetentionFuncs.Customers;
using RetentionFuncs.Experiments;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Campaigns;

/// <summary>The last word on one occasion, as the campaign's log keeps it for reports.</summary>
/// <param name="Outcome">Entered, Held or Skipped.</param>
public sealed record LoggedOccasion(
    string Campaign,
    DateOnly TriggerDay,
    CustomerKey Customer,
    string Occasion,
    string Outcome,
    TestArm? Arm,
    Gate? Gate,
    GateReason? Reason,
    DateTimeOffset At
);

/// <summary>
/// The copy by campaign and day that reports read: one row per occasion, overwritten by the newest verdict. The customer's
/// partition rules; this copy is written after it and can be rebuilt from it.
/// </summary>
public sealed class CampaignLog(IRowStore store)
{
    public ValueTask WriteAsync(LoggedOccasion line) =>
        store.PutAnyAsync(
            PartitionOf(line.Campaign, line.TriggerDay, Shards.Of(line.Customer)),
            $"{line.Customer.Value}|{line.Occasion}",
            new PropertyBag()
                .Set("outcome", line.Outcome)
                .Set("arm", line.Arm?.ToString())
                .Set("gate", line.Gate?.ToString())
                .Set("reason", line.Reason?.ToString())
                .Set("at", line.At)
        );

    /// <summary>Whether the log knows that this entry was made.</summary>
    public async ValueTask<bool> HoldsAsync(CustomerKey customer, JourneyEntry entry) =>
        await store.ReadRowAsync(PartitionOf(entry.Campaign, entry.TriggerDay, Shards.Of(customer)), $"{customer.Value}|{entry.Occasion}")
            is { } row
        && row.Properties.Text("outcome") == "Entered";

    /// <summary>Every occasion whose trigger day lies in [from, to], both included.</summary>
    public async IAsyncEnumerable<LoggedOccasion> ReadAsync(string campaign, DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            foreach (var shard in Shards.All)
            {
                await foreach (var row in store.ReadAllAsync(PartitionOf(campaign, day, shard), RowRange.All))
                {
                    yield return Read(campaign, day, row);
                }
            }
        }
    }

    private static LoggedOccasion Read(string campaign, DateOnly day, StoredRow row)
    {
        var (key, bag) = (row.Key.Split('|', 2), row.Properties);
        return new LoggedOccasion(
            campaign,
            day,
            new CustomerKey(key[0]),
            key[1],
            bag.Text("outcome"),
            bag.Has("arm") ? bag.Choice<TestArm>("arm") : null,
            bag.Has("gate") ? bag.Choice<Gate>("gate") : null,
            bag.Has("reason") ? bag.Choice<GateReason>("reason") : null,
            bag.Instant("at")
        );
    }

    private static PartitionId PartitionOf(string campaign, DateOnly day, string shard) =>
        new(StoreTable.CampaignLog, $"{campaign}|{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}|{shard}");
}

using RetentionFuncs.Backlogs;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Findings;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Keeping;

/// <summary>
/// The indexes and copies that name a customer by key: reviews that fall due, the lines of backlogs, the campaigns' log, answers to why people left. They are
/// read day by day over the customer's own shard; what lies beyond is dropped by the review that finds nobody.
/// </summary>
internal sealed class IndexTraces(IRowStore store, CampaignBook book, BusinessCalendar calendar, TimeProvider clock) : IPersonalPlace
{
    private const int DaysBack = 40;

    /// <summary>Birthdays lie a year ahead at most, the latest stage some years.</summary>
    private const int DaysAhead = 5 * 366;
    private const int Width = 16;

    public Phrase Name { get; } = new("indexes and campaign logs", "索引与活动日志");

    public async ValueTask<PlaceErasure> EraseAsync(PersonTraces person)
    {
        if (!person.IsWhole)
        {
            return await EraseContactsAsync(person);
        }

        var (key, shard, today) = (person.Customer.Value, Shards.Of(person.Customer), calendar.DayOf(clock.GetUtcNow()));
        var erased = await EraseAsync(Days(today.AddDays(-DaysBack), today.AddDays(DaysAhead)), d => DueOf(d, shard), key + "|");
        foreach (var live in await book.AllAsync())
        {
            var from = (live.Head.StartOn ?? DateOnly.FromDateTime(live.Head.AppliedAt.UtcDateTime)).AddDays(-DaysBack);
            erased += await EraseAsync(Days(from, today.AddDays(1)), d => LogOf(live.Head.Key, d, shard), key + "|");
            erased += await new WaitingLine(store, live.Head.Key).RemoveAsync(person.Customer) is null ? 0 : 1;
        }

        erased += await store.EraseRowsAsync(new PartitionId(StoreTable.Control, "reason-answers"), key + "|");
        return PlaceErasure.Of(erased + await store.EraseRowsAsync(new PartitionId(StoreTable.CustomerIndex, shard), key));
    }

    /// <summary>Of a contact only the birthday stands in an index, under the contact's key.</summary>
    private async ValueTask<PlaceErasure> EraseContactsAsync(PersonTraces person)
    {
        var (shard, today, erased) = (Shards.Of(person.Customer), calendar.DayOf(clock.GetUtcNow()), 0);
        foreach (var contact in person.Contacts)
        {
            var row = $"{person.Customer.Value}|{Reviews.DueKind.Birthday}|{contact.Key.Value}";
            erased += await EraseAsync(Days(today.AddDays(-DaysBack), today.AddDays(2 * 366)), d => DueOf(d, shard), row);
        }

        return PlaceErasure.Of(erased);
    }

    private async ValueTask<int> EraseAsync(IEnumerable<DateOnly> days, Func<DateOnly, PartitionId> partitionOf, string prefix)
    {
        var erased = 0;
        await SideBySide.ForEachAsync(
            days.ToAsyncEnumerable(),
            Width,
            async day => Interlocked.Add(ref erased, await store.EraseRowsAsync(partitionOf(day), prefix))
        );
        return erased;
    }

    private static IEnumerable<DateOnly> Days(DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            yield return day;
        }
    }

    private static PartitionId DueOf(DateOnly day, string shard) => new(StoreTable.Due, Shards.Key(day, shard));

    private static PartitionId LogOf(string campaign, DateOnly day, string shard) =>
        new(StoreTable.CampaignLog, $"{campaign}|{Shards.Key(day, shard)}");
}

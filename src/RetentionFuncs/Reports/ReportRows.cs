using System.Globalization;
using RetentionFuncs.Scoring;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Reports;

/// <summary>A report on file.</summary>
/// <param name="AsOf">The end of this day.</param>
/// <param name="Json">As <see cref="ReportJson"/> wrote it.</param>
public sealed record KeptReport(DateOnly AsOf, DateTimeOffset BuiltAt, string Json);

/// <summary>
/// Reports and daily stages on file, in the partition <c>reports</c>: <c>day|yyyy-MM-dd</c> with the six counts and the churn rate,
/// <c>report|yyyy-MM-dd</c> when it was built, and its JSON behind it in rows of at most 480,000 characters.
/// </summary>
public sealed class ReportRows(IRowStore store)
{
    private static readonly PartitionId Partition = new(StoreTable.Control, "reports");
    private const string NewestRow = "newest";

    /// <summary>The newest report, or null before the first.</summary>
    public async ValueTask<KeptReport?> NewestAsync() =>
        await store.ReadRowAsync(Partition, NewestRow) is { } row ? await FindAsync(row.Properties.Day("day")) : null;

    public async ValueTask<KeptReport?> FindAsync(DateOnly asOf)
    {
        if (await store.ReadRowAsync(Partition, KeyOf(asOf)) is not { } head)
        {
            return null;
        }

        var json = "";
        for (var i = 0; i < head.Properties.Integer("rows"); i++)
        {
            json += (await store.ReadRowAsync(Partition, KeyOf(asOf, i)))?.Properties.LongTextOf("json");
        }

        return new KeptReport(asOf, head.Properties.Instant("builtAt"), json);
    }

    /// <summary>The stages at the end of each day of [from, to] that is on file, both included, ascending.</summary>
    public async IAsyncEnumerable<StageDay> DaysAsync(DateOnly from, DateOnly to)
    {
        await foreach (var row in store.ReadAllAsync(Partition, new RowRange(DayKey(from), DayKey(to.AddDays(1)))))
        {
            yield return new StageDay(
                Shards.DayOf(row.Key[4..]),
                [.. Enum.GetNames<LapseStage>().Select(name => (int)row.Properties.Integer(name))]
            );
        }
    }

    /// <summary>Puts or replaces the report of a day; its head comes last, so that a reader finds all of it.</summary>
    public async ValueTask PutAsync(DateOnly asOf, string json, DateTimeOffset builtAt)
    {
        var rows = LongText.Cut(json, LongText.MostPerRow).ToList();
        for (var i = 0; i < rows.Count; i++)
        {
            await store.PutAnyAsync(Partition, KeyOf(asOf, i), new PropertyBag().SetLong("json", rows[i]));
        }

        await store.WriteAnyAsync(
            Partition,
            new RowWrite(KeyOf(asOf), Expectation.Any, new PropertyBag().Set("builtAt", builtAt).Set("rows", rows.Count)),
            new RowWrite(NewestRow, Expectation.Any, new PropertyBag().Set("day", asOf))
        );
    }

    /// <summary>Puts or replaces the stages of days: an order that came late changes the past.</summary>
    public async ValueTask PutDaysAsync(IEnumerable<StageDay> days)
    {
        foreach (var chunk in days.Chunk(RowLimits.CommitRows))
        {
            await store.WriteAnyAsync(Partition, [.. chunk.Select(day => new RowWrite(DayKey(day.Day), Expectation.Any, ToBag(day)))]);
        }
    }

    private static PropertyBag ToBag(StageDay day)
    {
        var bag = new PropertyBag();
        foreach (var stage in Enum.GetValues<LapseStage>())
        {
            bag.Set(stage.ToString(), day[stage]);
        }

        return day.ChurnRate is { } rate ? bag.Set("churnRate", rate) : bag;
    }

    private static string DayKey(DateOnly day) => "day|" + Shards.DayName(day);

    private static string KeyOf(DateOnly asOf) => "report|" + Shards.DayName(asOf);

    private static string KeyOf(DateOnly asOf, int row) => $"{KeyOf(asOf)}|{row.ToString("000", CultureInfo.InvariantCulture)}";
}

using System.Globalization;
using RetentionFuncs.Identity;

namespace RetentionFuncs.Imports;

/// <summary>Rows that tell of a customer's experiences, gathered by customer, then by what they are about.</summary>
internal abstract class ExperienceRules<TRow>(InstanceSecret secret) : RowRules<TRow, ImportedFacts.Experiences>
    where TRow : class
{
    public override string KeyOf(string group) => secret.CustomerKeyOf(group).Value;

    public override int OrdersIn(ImportedFacts.Experiences item) => 0;

    public override ValueTask<ApplyOutcome> ApplyAsync(IImportSink sink, ImportedFacts.Experiences item) => sink.ApplyFactsAsync(item);

    /// <summary>Rows with the same name tell of one thing.</summary>
    protected abstract string NameOf(TRow row);

    /// <returns>Null, with the refusal, when the rows cannot stand together.</returns>
    protected abstract ImportedExperience? Join(IReadOnlyList<TRow> rows, out RowRefusal? refusal);

    public override Gathered<ImportedFacts.Experiences> Gather(string group, string key, IReadOnlyList<TRow> rows)
    {
        var refused = new Dictionary<int, RowRefusal>();
        var told = new List<ImportedExperience>();
        foreach (var places in Enumerable.Range(0, rows.Count).GroupBy(i => NameOf(rows[i]), StringComparer.Ordinal))
        {
            if (Join([.. places.Select(i => rows[i])], out var refusal) is { } one)
            {
                told.Add(one);
                continue;
            }

            foreach (var place in places)
            {
                refused.Add(place, refusal!);
            }
        }

        var sorted = told.OrderBy(t => t.News[0].OccurredAt).ThenBy(t => t.News[0].EventId, StringComparer.Ordinal).ToList();
        return new(told.Count == 0 ? null : new ImportedFacts.Experiences(group, sorted, rows.Count - refused.Count), refused, []);
    }

    protected static string Text(DateOnly? day) => day?.ToString("yyyyMMdd", CultureInfo.InvariantCulture) ?? "";

    protected static string Text(decimal amount) => amount.ToString("0.############", CultureInfo.InvariantCulture);
}

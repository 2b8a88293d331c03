using RetentionFuncs.Experiences;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Undoing;

/// <summary>Folds experiences and invoices anew from the events that stay.</summary>
internal static class UndoExperiences
{
    public static async ValueTask RefoldAsync(IRowStore store, UndoPart part, string currency)
    {
        if (!part.Touches(ExperienceRows.FactPrefix))
        {
            return;
        }

        var told = new List<(ExperienceNews News, DateTimeOffset RecordedAt)>();
        await foreach (var bag in part.FactsAsync(ExperienceRows.FactPrefix))
        {
            told.AddRange(ExperienceRows.ReadFact(bag) is { } fact ? [fact] : []);
        }

        var history = told.Aggregate(ExperienceHistory.None, (known, t) => known.Add(t.News, t.RecordedAt, currency));
        var invoices = told.Where(t => Invoice.IdIn(t.News) is not null)
            .GroupBy(t => Invoice.IdIn(t.News)!, StringComparer.Ordinal)
            .Select(g => g.Aggregate(new Invoice(g.Key), (known, t) => known.With(t.News, t.RecordedAt)))
            .ToDictionary(i => InvoiceRows.Prefix + i.Key, StringComparer.Ordinal);
        history = invoices.Values.Aggregate(history, (known, i) => known.With(i, currency));
        foreach (var row in await InvoicesOfAsync(store, part))
        {
            part.PutFact(row, invoices.GetValueOrDefault(row) is { } invoice ? InvoiceRows.ToBag(invoice) : null);
        }

        part.Partition.PutExperiences(told.Count == 0 ? null : history);
        RecordExperience.SetGate(part.Partition, history.ComplaintOpenSince);
    }

    /// <summary>The rows of the invoices that the events taken back were about.</summary>
    private static async ValueTask<IReadOnlyList<string>> InvoicesOfAsync(IRowStore store, UndoPart part)
    {
        var rows = new SortedSet<string>(StringComparer.Ordinal);
        var place = Customers.CustomerPartition.IdOf(part.Partition.Key);
        foreach (var row in part.Facts.Keys.Where(k => k.StartsWith(ExperienceRows.FactPrefix, StringComparison.Ordinal)))
        {
            if (
                await store.ReadRowAsync(place, row) is { } fact
                && ExperienceRows.ReadFact(fact.Properties) is var (news, _)
                && Invoice.IdIn(news) is { } id
            )
            {
                rows.Add(InvoiceRows.Prefix + new Invoice(id).Key);
            }
        }

        return [.. rows];
    }
}

using RetentionFuncs.Clocks;
using RetentionFuncs.ContactPolicy.Histories;
using RetentionFuncs.Customers;
using RetentionFuncs.Experiences;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Stocks;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Undoing;

/// <summary>
/// Takes back what one import changed at one customer: a few rows of notes at a time, each part one commit in which the records, what
/// is folded from them, and the marks of what was done change together.
/// </summary>
internal sealed class UndoCustomer(IRowStore store, BusinessCalendar calendar, string currency, ScoringBook scoring, ConsentLog consents)
{
    /// <summary>Rows of one part; what is folded anew and the customer's own row take a few more.</summary>
    private const int MostWrites = 90;

    private readonly CustomerIndex _index = new(store);
    private readonly UndoOrders _orders = new(store, calendar, currency, scoring);

    private sealed record Answer(bool IsThrough);

    public async ValueTask<UndoAccount> RunAsync(CustomerKey key, string run, DateTimeOffset now)
    {
        while (true)
        {
            var rows = await ReadAsync(key, run);
            if (rows.Count == 0)
            {
                return UndoAccount.None;
            }

            if (rows.All(r => r.End is not null))
            {
                return await UndoTelling.OfAsync(store, key, rows);
            }

            _ = await ContendedCommit.UntilAppliedAsync(async () => await TryAsync(key, run, now));
        }
    }

    private async ValueTask<List<UndoRow>> ReadAsync(CustomerKey key, string run)
    {
        var rows = new List<UndoRow>();
        var prefix = UndoTrail.PrefixOf(run);
        await foreach (var row in store.ReadAllAsync(CustomerPartition.IdOf(key), RowRange.Prefix(prefix)))
        {
            rows.Add(UndoRow.Read(row, prefix));
        }

        return rows;
    }

    private async ValueTask<Answer?> TryAsync(CustomerKey key, string run, DateTimeOffset now)
    {
        var waiting = (await ReadAsync(key, run)).Where(r => r.End is null).ToList();
        if (waiting.Count == 0)
        {
            return new Answer(true);
        }

        var partition = await CustomerPartition.LoadAsync(store, key);
        var known = partition.Contacts();
        var part = new UndoPart(store, partition);
        foreach (var row in PartOf(waiting))
        {
            await part.TakeAsync(row);
        }

        await _orders.RefoldAsync(part, now);
        await UndoExperiences.RefoldAsync(store, part, currency);
        await UndoStock.RefoldAsync(part);
        var isGone = await part.RemoveProfileAsync();
        foreach (var contact in known)
        {
            consents.NoteUndone(partition, contact, partition.ContactBy(contact.Key), now);
        }

        part.PutEnds(now);
        if (await partition.CommitAsync() is not CommitResult.Applied)
        {
            return null;
        }

        await _orders.ForgetAsync(part, now);
        if (isGone)
        {
            await _index.RemoveAsync(key);
        }

        return new Answer(false);
    }

    /// <summary>A note of a new profile comes last, since the customer can go only when all else has gone.</summary>
    private static IEnumerable<UndoRow> PartOf(List<UndoRow> waiting)
    {
        var writes = 0;
        foreach (var row in waiting.OrderBy(r => r.Records.Any(o => o.Row == CustomerPartition.ProfileRow)))
        {
            // The note itself, each record, and with an event perhaps the invoice that it is about.
            var more = 1 + row.Records.Sum(r => r.Row.StartsWith(ExperienceRows.FactPrefix, StringComparison.Ordinal) ? 2 : 1);
            if (writes > 0 && writes + more > MostWrites)
            {
                yield break;
            }

            writes += more;
            yield return row;
        }
    }
}

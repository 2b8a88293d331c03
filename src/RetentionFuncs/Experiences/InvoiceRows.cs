using System.Globalization;
using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Experiences;

/// <summary>A row for each invoice among the customer's facts, so that any number of them can be told of in any order.</summary>
internal static class InvoiceRows
{
    public const string Prefix = CustomerPartition.FactPrefix + "invoice|";

    /// <summary>The history after news of an invoice, whose row is put too; other news changes nothing.</summary>
    public static async ValueTask<ExperienceHistory> WithInvoiceAsync(
        this CustomerPartition partition,
        IRowStore store,
        ExperienceHistory history,
        ExperienceNews news,
        DateTimeOffset recordedAt,
        string currency
    )
    {
        if (Invoice.IdIn(news) is not { } id)
        {
            return history;
        }

        var place = CustomerPartition.IdOf(partition.Key);
        var known = new Invoice(id);
        known = await store.ReadRowAsync(place, Prefix + known.Key) is { } row ? Read(row.Properties) : known;
        var invoice = known.With(news, recordedAt);
        partition.PutFact(Prefix + invoice.Key, ToBag(invoice));
        if (history.OpenInvoices.Count < Invoice.MostOpen)
        {
            return history.With(invoice, currency);
        }

        var open = new List<OpenInvoice>();
        await foreach (var other in store.ReadAllAsync(place, RowRange.Prefix(Prefix)))
        {
            open.AddRange(Read(other.Properties).OpenIn(currency) is { } one && one.Key != invoice.Key ? [one] : []);
        }

        return (history with { OpenInvoices = open }).With(invoice, currency);
    }

    public static PropertyBag ToBag(Invoice invoice) =>
        new PropertyBag()
            .Set("invoiceId", invoice.Id)
            .Set("dueOn", invoice.Debt?.DueOn)
            .Set("amount", invoice.Debt?.Amount.Amount.ToString(CultureInfo.InvariantCulture))
            .Set("currency", invoice.Debt?.Amount.Currency)
            .Set("promisedOn", invoice.Debt?.PromisedOn)
            .Set("toldAt", invoice.Debt?.ToldAt)
            .Set("recordedAt", invoice.Debt?.RecordedAt)
            .Set("eventId", invoice.Debt?.EventId)
            .Set("paid", string.Join(' ', invoice.Paid.Select(m => m.Currency + m.Amount.ToString(CultureInfo.InvariantCulture))))
            .Set("settled", invoice.IsSettled);

    public static Invoice Read(PropertyBag bag) =>
        new(bag.Text("invoiceId"))
        {
            Debt = bag.Has("dueOn")
                ? new InvoiceDebt(
                    bag.Day("dueOn"),
                    new Money(bag.Amount("amount"), bag.Text("currency")),
                    bag.DayOrNull("promisedOn"),
                    bag.Instant("toldAt"),
                    bag.Instant("recordedAt"),
                    bag.Text("eventId")
                )
                : null,
            Paid =
            [
                .. bag.Text("paid")
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(m => new Money(decimal.Parse(m.AsSpan(3), NumberStyles.Number, CultureInfo.InvariantCulture), m[..3])),
            ],
            IsSettled = bag.Flag("settled"),
        };
}

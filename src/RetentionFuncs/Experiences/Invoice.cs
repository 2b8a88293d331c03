using RetentionFuncs.Orders;

namespace RetentionFuncs.Experiences;

/// <summary>An invoice that is not paid in full.</summary>
/// <param name="Key">Of the invoice's row.</param>
/// <param name="About">The invoice's id, cut to <see cref="Experience.LongestAbout"/>.</param>
/// <param name="DueOn">The last day on which a payment is in time.</param>
/// <param name="Rest">What is still to be paid, in the business's currency; null in another one.</param>
/// <param name="PromisedOn">The day by which the customer has promised to pay.</param>
/// <param name="ToldAt">The moment the telling of it speaks for.</param>
public sealed record OpenInvoice(string Key, string About, DateOnly DueOn, decimal? Rest, DateOnly? PromisedOn, DateTimeOffset ToldAt)
{
    /// <summary>Whole days since the due day; zero or less while there is time.</summary>
    public int DaysOverdueOn(DateOnly day) => day.DayNumber - DueOn.DayNumber;
}

/// <summary>One invoice, folded from all that was told of it; each telling is added once, in any order.</summary>
public sealed record Invoice(string Id)
{
    /// <summary>Open invoices that a history holds; the rest are read from their rows when one of these is paid.</summary>
    public const int MostOpen = 64;

    /// <summary>What the latest telling of the debt says; null while only payments are known.</summary>
    public InvoiceDebt? Debt { get; init; }

    /// <summary>Paid so far, one sum a currency, by currency.</summary>
    public IReadOnlyList<Money> Paid { get; init; } = [];

    /// <summary>A payment was called full, whatever the sums say: a discount for paying early, a rest let go.</summary>
    public bool IsSettled { get; init; }

    public string Key => OrderKey.Of(Id).Value;

    /// <returns>Null when nothing is owed, or nobody has said what is.</returns>
    public OpenInvoice? OpenIn(string currency)
    {
        if (IsSettled || Debt is not { } debt || debt.Amount.Amount - PaidIn(debt.Amount.Currency) is not (> 0 and var rest))
        {
            return null;
        }

        var told = debt.Amount.Currency == currency ? rest : (decimal?)null;
        return new OpenInvoice(Key, ExperiencesOf.Shortened(Id), debt.DueOn, told, debt.PromisedOn, debt.ToldAt);
    }

    /// <summary>Other news than that of invoices changes nothing.</summary>
    public Invoice With(ExperienceNews news, DateTimeOffset recordedAt) =>
        news switch
        {
            ExperienceNews.InvoiceDue d => this with
            {
                Debt = InvoiceDebt.Later(Debt, new InvoiceDebt(d.DueOn, d.Amount, d.PromisedOn, d.OccurredAt, recordedAt, d.EventId)),
            },
            ExperienceNews.InvoicePaid p => this with
            {
                Paid =
                [
                    .. Paid.Where(m => m.Currency != p.Amount.Currency)
                        .Append(p.Amount with { Amount = PaidIn(p.Amount.Currency) + p.Amount.Amount })
                        .OrderBy(m => m.Currency, StringComparer.Ordinal),
                ],
                IsSettled = IsSettled || !p.IsPartial,
            },
            _ => this,
        };

    /// <summary>The id of the invoice that news is about; null for other news.</summary>
    public static string? IdIn(ExperienceNews news) =>
        news switch
        {
            ExperienceNews.InvoiceDue d => d.InvoiceId,
            ExperienceNews.InvoicePaid p => p.InvoiceId,
            _ => null,
        };

    internal static IReadOnlyList<OpenInvoice> DueFirst(IEnumerable<OpenInvoice> open) =>
        [.. open.OrderBy(i => i.DueOn).ThenBy(i => i.Key, StringComparer.Ordinal).Take(MostOpen)];

    private decimal PaidIn(string currency) => Paid.FirstOrDefault(m => m.Currency == currency).Amount;
}

/// <summary>What a customer owes by one telling.</summary>
public sealed record InvoiceDebt(
    DateOnly DueOn,
    Money Amount,
    DateOnly? PromisedOn,
    DateTimeOffset ToldAt,
    DateTimeOffset RecordedAt,
    string EventId
)
{
    /// <summary>The one that speaks for the later moment; of two for the same moment, the one learnt later.</summary>
    public static InvoiceDebt Later(InvoiceDebt? known, InvoiceDebt news) =>
        known is null || OrderOf(news).CompareTo(OrderOf(known)) > 0 ? news : known;

    private static (DateTimeOffset, DateTimeOffset, string) OrderOf(InvoiceDebt debt) => (debt.ToldAt, debt.RecordedAt, debt.EventId);
}

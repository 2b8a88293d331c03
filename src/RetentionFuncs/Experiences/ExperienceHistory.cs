namespace RetentionFuncs.Experiences;

/// <summary>
/// A customer's experiences, folded from what was told: the newest ones, and counts of deliveries and invoices, the good ones too, so
/// that shares can be told. Events may come in any order; each is added once.
/// </summary>
public sealed record ExperienceHistory
{
    /// <summary>Experiences kept here; open complaints first, then the newest. Every event stays on file as a row of its own.</summary>
    public const int MostKept = 32;

    public static ExperienceHistory None { get; } = new();

    /// <summary>By moment, the oldest first.</summary>
    public IReadOnlyList<Experience> Kept { get; init; } = [];

    public int Deliveries { get; init; }

    /// <summary>Deliveries that were late or short.</summary>
    public int FaultyDeliveries { get; init; }

    /// <summary>Invoices that were paid.</summary>
    public int Invoices { get; init; }

    public int LateInvoices { get; init; }

    /// <summary>Paid in the business's currency, late or not.</summary>
    public decimal Invoiced { get; init; }

    /// <summary>Of <see cref="Invoiced"/>, what came after its due day.</summary>
    public decimal PaidLate { get; init; }

    /// <summary>Invoices not paid in full, by due day; at most <see cref="Invoice.MostOpen"/>, those due first.</summary>
    public IReadOnlyList<OpenInvoice> OpenInvoices { get; init; } = [];

    /// <summary>Open at the end of a day although their due day is over; by due day.</summary>
    public IReadOnlyList<OpenInvoice> OverdueOn(DateOnly day) => [.. OpenInvoices.Where(i => i.DueOn < day)];

    /// <summary>Share of what was paid that came late, 0 to 1; null while no invoice is known.</summary>
    public decimal? LateShare => Invoiced > 0 ? PaidLate / Invoiced : null;

    /// <summary>Since when a complaint has been open; null when none is.</summary>
    public DateTimeOffset? ComplaintOpenSince => Kept.Where(e => e.IsOpen).Min(e => e.OpenedAt);

    /// <summary>The newest answer to why the customer left, or null.</summary>
    public Experience? NewestReason => Kept.LastOrDefault(e => e.Reason is not null);

    /// <summary>The newest answer about satisfaction, or null.</summary>
    public Experience? NewestSatisfaction => Kept.LastOrDefault(e => e.Satisfaction is not null);

    /// <param name="news">Not added before.</param>
    /// <param name="currency">Of the business.</param>
    public ExperienceHistory Add(ExperienceNews news, DateTimeOffset recordedAt, string currency)
    {
        var experiences = ExperiencesOf.News(news, recordedAt, currency).ToList();
        var history = experiences.Aggregate(this, (known, e) => known.With(e));
        return news switch
        {
            ExperienceNews.Delivery => history with
            {
                Deliveries = Deliveries + 1,
                FaultyDeliveries = FaultyDeliveries + Math.Min(1, experiences.Count),
            },
            ExperienceNews.InvoicePaid paid => history.Plus(paid, currency),
            _ => history,
        };
    }

    /// <summary>With an invoice as it stands now; one that is paid is open no more.</summary>
    public ExperienceHistory With(Invoice invoice, string currency) =>
        this with
        {
            OpenInvoices = Invoice.DueFirst([
                .. OpenInvoices.Where(i => i.Key != invoice.Key),
                .. invoice.OpenIn(currency) is { } open ? new[] { open } : [],
            ]),
        };

    /// <summary>As it was known to have happened before a moment; the counts stay, and so does what was paid since.</summary>
    public ExperienceHistory Before(DateTimeOffset moment) =>
        this with
        {
            Kept =
            [
                .. Kept.Where(e => e.OccurredAt < moment)
                    .Select(e =>
                        e with
                        {
                            OpenedAt = e.OpenedAt >= moment ? e.OccurredAt : e.OpenedAt,
                            AnsweredAt = e.AnsweredAt >= moment ? null : e.AnsweredAt,
                            ResolvedAt = e.ResolvedAt >= moment ? null : e.ResolvedAt,
                        }
                    ),
            ],
            OpenInvoices = [.. OpenInvoices.Where(i => i.ToldAt < moment)],
        };

    private ExperienceHistory Plus(ExperienceNews.InvoicePaid paid, string currency)
    {
        var (late, amount) = (paid.PaidOn > paid.DueOn, paid.Amount.Currency == currency ? paid.Amount.Amount : 0);
        return this with
        {
            Invoices = Invoices + 1,
            LateInvoices = LateInvoices + (late ? 1 : 0),
            Invoiced = Invoiced + amount,
            PaidLate = PaidLate + (late ? amount : 0),
        };
    }

    private ExperienceHistory With(Experience added)
    {
        var known = Kept.FirstOrDefault(e => e.Kind == added.Kind && e.Id == added.Id);
        var merged = known is null ? added : Merge(known, added);
        return this with
        {
            Kept =
            [
                .. Kept.Where(e => e != known)
                    .Append(merged)
                    .OrderByDescending(e => e.IsOpen)
                    .ThenByDescending(e => e.OccurredAt)
                    .ThenBy(e => e.Id, StringComparer.Ordinal)
                    .ThenBy(e => e.Kind)
                    .Take(MostKept)
                    .OrderBy(e => e.OccurredAt)
                    .ThenBy(e => e.Id, StringComparer.Ordinal)
                    .ThenBy(e => e.Kind),
            ],
        };
    }

    /// <summary>One complaint from two tellings of it.</summary>
    private static Experience Merge(Experience known, Experience added) =>
        known with
        {
            OccurredAt = known.OccurredAt <= added.OccurredAt ? known.OccurredAt : added.OccurredAt,
            RecordedAt = known.RecordedAt <= added.RecordedAt ? known.RecordedAt : added.RecordedAt,
            OpenedAt = Later(known.OpenedAt, added.OpenedAt),
            AnsweredAt = Earlier(known.AnsweredAt, added.AnsweredAt),
            ResolvedAt = Later(known.ResolvedAt, added.ResolvedAt),
            Topic = known.Topic ?? added.Topic,
        };

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null ? other
        : other is null ? one
        : one >= other ? one
        : other;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null ? other
        : other is null ? one
        : one <= other ? one
        : other;
}

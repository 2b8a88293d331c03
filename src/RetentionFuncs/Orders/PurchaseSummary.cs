using RetentionFuncs.Scoring;

namespace RetentionFuncs.Orders;

/// <summary>
/// What scoring and decisions ask of a customer's history, kept on arrival and always equal to a full re-fold of the orders.
/// A day is a calendar day in the business's zone.
/// </summary>
/// <param name="PurchaseDays">Distinct days with at least one purchase, ascending.</param>
/// <param name="Orders">Number of purchases (several a day count each).</param>
/// <param name="Spend">Net spend per currency, ordered by currency.</param>
public sealed record PurchaseSummary(IReadOnlyList<DateOnly> PurchaseDays, int Orders, IReadOnlyList<Money> Spend)
{
    public static PurchaseSummary Empty { get; } = new([], 0, []);

    /// <summary>
    /// Net spend of each purchase day in the business's currency, in the order of <see cref="PurchaseDays"/>; empty for a summary of an
    /// older program. Money given back without naming its order is in <see cref="Spend"/> only.
    /// </summary>
    public IReadOnlyList<decimal> DayAmounts { get; init; } = [];

    /// <summary>Country of the primary contact when the orders were recorded, ISO 3166 alpha-2; null when not known.</summary>
    public string? Market { get; init; }

    /// <summary>What the orders' lines tell of the buyer; null for a summary of an older program.</summary>
    public BuyingTraits? Traits { get; init; }

    public bool HasPurchases => PurchaseDays.Count > 0;

    /// <exception cref="InvalidOperationException">Nothing was bought yet.</exception>
    public DateOnly FirstDay => HasPurchases ? PurchaseDays[0] : throw new InvalidOperationException("No purchase yet.");

    /// <exception cref="InvalidOperationException">Nothing was bought yet.</exception>
    public DateOnly LastDay => HasPurchases ? PurchaseDays[^1] : throw new InvalidOperationException("No purchase yet.");

    /// <summary>Whole days from the last purchase day to <paramref name="day"/>; negative before it.</summary>
    public int SilenceOn(DateOnly day) => day.DayNumber - LastDay.DayNumber;

    /// <summary>Net spend in one currency; zero when there is none.</summary>
    public decimal SpendIn(string currency) => Spend.FirstOrDefault(m => m.Currency == currency).Amount;

    /// <summary>The summary as it was at the end of <paramref name="day"/>, as far as days tell: the days up to it, spend unchanged.</summary>
    public PurchaseSummary DaysUpTo(DateOnly day) =>
        !HasPurchases || LastDay <= day ? this : Cut(PurchaseDays.TakeWhile(d => d <= day).Count());

    private PurchaseSummary Cut(int days) =>
        this with
        {
            PurchaseDays = [.. PurchaseDays.Take(days)],
            DayAmounts = [.. DayAmounts.Take(days)],
        };
}

/// <summary>Where a customer stands: the recorded stage only moves later at a review and earlier by an order (design S8).</summary>
/// <param name="EnteredOn">The crossing day of the recorded stage.</param>
/// <param name="NextReviewOn">The day of the due row that will look again, or null when nothing more can happen by silence.</param>
public sealed record StageStanding(LapseStage Stage, DateOnly EnteredOn, DateOnly? NextReviewOn);

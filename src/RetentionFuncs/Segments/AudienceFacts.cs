using RetentionFuncs.Customers;
using RetentionFuncs.Scoring;

namespace RetentionFuncs.Segments;

/// <summary>
/// What an audience expression may ask about one customer, as of one day. The names in expressions are the snake_case of these
/// members: <c>stage, days_silent, orders, purchase_days, spend, average_order, tenure_days, recency_rank, frequency_rank,
/// monetary_rank, country, locale, kind, bought_once, has_email, consent, has_mobile, sms_consent, phone_consent,
/// likely_reason, partial_defection, discount_share, families,
/// stock_days</c>,
/// and those of <see cref="Value"/>.
/// </summary>
/// <param name="DaysSilent">Whole days since the last purchase day.</param>
/// <param name="Spend">Net, in the business's currency.</param>
/// <param name="RecencyRank">1 to 5, 5 the best; 0 while there are no cut points yet.</param>
public sealed record AudienceFacts(
    LapseStage Stage,
    int DaysSilent,
    int Orders,
    int PurchaseDays,
    decimal Spend,
    int TenureDays,
    int RecencyRank,
    int FrequencyRank,
    int MonetaryRank,
    string? Country,
    string? Locale,
    CustomerKind Kind,
    bool HasEmail,
    bool Consent
)
{
    private readonly Lazy<SignalFacts> _signals = new(SignalFacts.None);
    private readonly Lazy<ValueFacts?> _value = new((ValueFacts?)null);

    public SignalFacts Signals
    {
        get => _signals.Value;
        init => _signals = new(value);
    }

    /// <summary>Worked out once and only when an expression asks: most do not, and it takes longer than all the rest.</summary>
    public Func<SignalFacts> SignalsWhenAsked
    {
        init => _signals = new(value);
    }

    /// <summary>Null before the first refit.</summary>
    public ValueFacts? Value
    {
        get => _value.Value;
        init => _value = new(value);
    }

    /// <inheritdoc cref="SignalsWhenAsked"/>
    public Func<ValueFacts?> ValueWhenAsked
    {
        init => _value = new(value);
    }

    /// <summary>Percent of purchases with a discount or coupon, rounded down; 0 while not known.</summary>
    public int DiscountShare { get; init; }

    /// <summary>Different product families bought; 0 while not known.</summary>
    public int Families { get; init; }

    /// <summary>The primary contact has a number that text messages reach.</summary>
    public bool HasMobile { get; init; }

    public bool SmsConsent { get; init; }

    public bool PhoneConsent { get; init; }

    /// <summary>Whether the primary contact has said yes to one of the channels and can be reached there, as far as the file tells.</summary>
    public bool CanBeReachedBy(IEnumerable<Channel> channels) =>
        channels.Any(c =>
            c switch
            {
                Channel.Sms => HasMobile && SmsConsent,
                Channel.Phone => PhoneConsent,
                _ => HasEmail && Consent,
            }
        );

    public bool BoughtOnce => PurchaseDays == 1;

    public decimal AverageOrder => Orders == 0 ? 0 : Spend / Orders;
}

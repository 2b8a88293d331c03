using RetentionFuncs.Experiences;
using RetentionFuncs.Orders;

namespace RetentionFuncs.Scoring.Values;

/// <summary>What is known of a customer beyond days and amounts. Null: not known.</summary>
public sealed record ValueSignals
{
    private const int NewWithinDays = 182;

    public static ValueSignals None { get; } = new();

    /// <summary>What the orders' lines and the customer's experiences tell.</summary>
    /// <param name="day">Families first bought from after it do not count; the other figures are those on file.</param>
    public static ValueSignals Of(PurchaseSummary summary, ExperienceHistory experiences, DateOnly day)
    {
        var overdue = experiences.OverdueOn(day);
        var known = None with
        {
            LatePayments = experiences.LateInvoices,
            Payments = experiences.Invoices,
            Overdue = overdue.Count,
            DaysOverdue = overdue.Count == 0 ? 0 : overdue[0].DaysOverdueOn(day),
        };
        return summary is { Traits: { } traits, HasPurchases: true }
            ? known with
            {
                DiscountShare = traits.Lines > 0 ? traits.DiscountRate : null,
                ReturnShare = traits.RefundRate,
                Families = traits.Families.Count == 0 ? null : traits.Families.Count(f => f.FirstDay <= day),
                NewFamilies = summary.FirstDay > day.AddDays(-NewWithinDays) ? 0 : NewOn(traits, day),
            }
            : known;
    }

    /// <summary>Discounts as a share of prices before discount, 0 to 1.</summary>
    public decimal? DiscountShare { get; init; }

    /// <summary>Money given back as a share of gross spend, 0 to 1.</summary>
    public decimal? ReturnShare { get; init; }

    /// <summary>Product families ever bought from.</summary>
    public int? Families { get; init; }

    /// <summary>Families first bought from in the last half year by a customer known for longer.</summary>
    public int NewFamilies { get; init; }

    /// <summary>Payments known to have come late.</summary>
    public int LatePayments { get; init; }

    /// <summary>All payments known of, by which late ones are measured.</summary>
    public int Payments { get; init; }

    /// <summary>Invoices past their due day and not paid in full.</summary>
    public int Overdue { get; init; }

    /// <summary>Of the one that has been due longest, in whole days; 0 when none is.</summary>
    public int DaysOverdue { get; init; }

    private static int NewOn(BuyingTraits traits, DateOnly day) =>
        traits.Families.Count(f => f.FirstDay <= day && f.FirstDay > day.AddDays(-NewWithinDays));
}

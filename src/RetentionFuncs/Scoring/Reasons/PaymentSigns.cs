using System.Globalization;
using RetentionFuncs.Customers;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Scoring.Reasons;

/// <summary>Invoices that an account leaves unpaid, which speaks of trouble in its own business. The weights are judgements.</summary>
internal static class PaymentSigns
{
    private const double Late = 0.15;
    private const double MonthLate = 0.3;
    private const double TwoMonthsLate = 0.45;

    public static Signs Unpaid(ReasonFacts facts)
    {
        var overdue = facts.Kind == CustomerKind.Account ? facts.Experiences.OverdueOn(facts.Day) : [];
        if (overdue.Count == 0)
        {
            return Signs.None;
        }

        var days = overdue[0].DaysOverdueOn(facts.Day);
        var broken = overdue.FirstOrDefault(i => i.PromisedOn < facts.Day)?.PromisedOn;
        var strength =
            days >= 60 ? TwoMonthsLate
            : days >= 30 ? MonthLate
            : Late;
        var since = Text(overdue[0].DueOn);
        var (en, zh) = broken is { } day
            ? ($"; payment promised by {Text(day)} has not come", $"；答应 {Text(day)} 前付款，至今未到账")
            : ("", "");
        var several = overdue.Count == 1 ? "an invoice is" : string.Create(CultureInfo.InvariantCulture, $"{overdue.Count} invoices are");
        return new(
            strength,
            [
                new Phrase(
                    $"{several} overdue and unpaid, the oldest since {since}{en}",
                    $"有 {overdue.Count} 张账单逾期未付，最早应于 {since} 付清{zh}"
                ),
            ]
        );
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

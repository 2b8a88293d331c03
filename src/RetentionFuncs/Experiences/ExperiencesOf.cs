using RetentionFuncs.Orders;

namespace RetentionFuncs.Experiences;

/// <summary>What a piece of news amounts to: nothing when all went well, and two experiences when a delivery was late and short.</summary>
internal static class ExperiencesOf
{
    public static IEnumerable<Experience> News(ExperienceNews news, DateTimeOffset recordedAt, string currency)
    {
        Experience Of(ExperienceKind kind, string about) => About(kind, news.EventId, about);
        Experience About(ExperienceKind kind, string id, string? about) =>
            new(kind, OrderKey.Of(id).Value, news.OccurredAt, recordedAt) { About = about is null ? null : Shortened(about) };
        return news switch
        {
            ExperienceNews.ComplaintOpened c =>
            [
                About(ExperienceKind.Complaint, c.ComplaintId, c.ComplaintId) with
                {
                    OpenedAt = c.OccurredAt,
                    Topic = c.Topic,
                },
            ],
            ExperienceNews.ComplaintResolved c =>
            [
                About(ExperienceKind.Complaint, c.ComplaintId, c.ComplaintId) with
                {
                    ResolvedAt = c.OccurredAt,
                },
            ],
            ExperienceNews.ComplaintAnswered c =>
            [
                About(ExperienceKind.Complaint, c.ComplaintId, c.ComplaintId) with
                {
                    AnsweredAt = c.OccurredAt,
                },
            ],
            ExperienceNews.Delivery d => Faults(d, Of),
            ExperienceNews.Returned r =>
            [
                Of(ExperienceKind.Return, r.OrderId) with
                {
                    Amount = r.Amount is { } paid && paid.Currency == currency ? paid.Amount : null,
                    Cause = r.Cause,
                },
            ],
            ExperienceNews.Answered a =>
            [
                About(ExperienceKind.Survey, a.EventId, null) with
                {
                    Satisfaction = a.Satisfaction,
                    Reason = a.Reason,
                },
            ],
            ExperienceNews.InvoicePaid i when i.PaidOn > i.DueOn =>
            [
                Of(ExperienceKind.LatePayment, i.InvoiceId) with
                {
                    DaysLate = i.PaidOn.DayNumber - i.DueOn.DayNumber,
                    Amount = i.Amount.Currency == currency ? i.Amount.Amount : null,
                },
            ],
            ExperienceNews.OwnerLeft o => [Of(ExperienceKind.OwnerLeft, o.Owner)],
            ExperienceNews.ContactMoved m => [Of(ExperienceKind.ContactMoved, m.Contact)],
            _ => [],
        };
    }

    private static IEnumerable<Experience> Faults(ExperienceNews.Delivery d, Func<ExperienceKind, string, Experience> of)
    {
        if (d.PromisedOn is { } promised && d.DeliveredOn > promised)
        {
            yield return of(ExperienceKind.LateDelivery, d.OrderId) with
            {
                DaysLate = d.DeliveredOn.DayNumber - promised.DayNumber,
                Urgent = d.IsUrgent ? true : null,
            };
        }

        if (d is { Ordered: > 0 and var ordered, Delivered: { } came } && came < ordered)
        {
            yield return of(ExperienceKind.ShortDelivery, d.OrderId) with
            {
                Missing = 1 - (came / ordered),
                Urgent = d.IsUrgent ? true : null,
            };
        }
    }

    internal static string Shortened(string about)
    {
        const int Most = Experience.LongestAbout;
        return about.Length <= Most ? about
            : char.IsHighSurrogate(about[Most - 1]) ? about[..(Most - 1)]
            : about[..Most];
    }
}

using RetentionFuncs.Experiences;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring.Reasons;

namespace RetentionFuncs.Embedded.Demo;

/// <summary>What happened to customers of the generated shop besides orders, in its last year and a half: late parcels, returns, complaints, answers.</summary>
internal static class DemoExperiences
{
    private const int LastDays = 540;

    /// <summary>By moment; all of it before the end of the history.</summary>
    public static IReadOnlyList<(string CustomerId, ExperienceNews News)> Of(DemoShop shop)
    {
        var all = new List<(string Id, ExperienceNews News)>();
        var from = shop.HistoryEnd.AddDays(-LastDays);
        foreach (var order in shop.History.Where(o => o.Day >= from && !o.Cancelled))
        {
            all.AddRange(OfOrder(shop, order).Select(n => (order.CustomerId, n)));
        }

        all.AddRange(Answers(shop));
        var end = shop.EndOfHistory;
        return
        [
            .. all.Where(e => e.News.OccurredAt < end).OrderBy(e => e.News.OccurredAt).ThenBy(e => e.News.EventId, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<ExperienceNews> OfOrder(DemoShop shop, DemoOrder order)
    {
        var luck = shop.Draws.Uniform(shop.ById[order.CustomerId].Index, order.Day.DayNumber, DemoDraw.Experience);
        var (promised, late) = (order.Day.AddDays(3), 1 + (int)(luck * 1000 % 7));
        if (luck < 0.012)
        {
            yield return new ExperienceNews.Delivery(
                $"d-{order.Id}",
                order.At.AddDays(3 + late),
                order.Id,
                promised,
                promised.AddDays(late),
                null,
                null
            );
        }
        else if (luck < 0.017)
        {
            var quality = new ExperienceNews.ComplaintOpened($"k-{order.Id}", order.At.AddDays(5), $"K-{order.Id}", ComplaintTopic.Quality);
            yield return quality;
            yield return new ExperienceNews.ComplaintResolved($"s-{order.Id}", quality.OccurredAt.AddDays(2 * late), quality.ComplaintId);
        }

        if (order.Refunded > 0 && order.Refunded == order.Total && luck < 0.5)
        {
            var money = new Money(order.Refunded, DemoShop.Currency);
            yield return new ExperienceNews.Returned(
                $"r-{order.Id}",
                order.At.AddDays(9),
                order.Id,
                money,
                luck < 0.25 ? ReturnCause.Quality : ReturnCause.ChangedMind
            );
        }
    }

    /// <summary>Of those who went away, one in thirty answered the shop's question why.</summary>
    private static IEnumerable<(string, ExperienceNews)> Answers(DemoShop shop)
    {
        var asked = shop.EndOfHistory.AddDays(-20);
        foreach (var person in shop.People.Where(p => shop.AwayAtEnd[p.Index] && p.FirstDay < shop.HistoryEnd.AddDays(-120)))
        {
            var luck = 30 * shop.Draws.Uniform(person.Index, 1, DemoDraw.Experience);
            if (luck < 1)
            {
                yield return (
                    person.ExternalId,
                    new ExperienceNews.Answered($"a-{person.ExternalId}", asked, null, ReasonOf(shop, person, luck))
                );
            }
        }
    }

    private static ReasonKind ReasonOf(DemoShop shop, DemoCustomer person, double luck) =>
        shop.Habits.HuntsDeals(person) ? ReasonKind.Price
        : shop.Habits.LeavesTeaOn(person) is not null ? ReasonKind.WantsNew
        : luck switch
        {
            < 0.45 => ReasonKind.Forgot,
            < 0.65 => ReasonKind.Price,
            < 0.8 => ReasonKind.WantsNew,
            < 0.95 => ReasonKind.Dissatisfied,
            _ => ReasonKind.Other,
        };
}

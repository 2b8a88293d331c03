using RetentionFuncs.Clocks;
using RetentionFuncs.Embedded.Demo;
using RetentionFuncs.Experiences;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Defections;
using RetentionFuncs.Scoring.Reasons;

namespace RetentionFuncs.Tests.Demo;

/// <summary>The generated shop holds what the signals are there to find.</summary>
public sealed class DemoExperiencesTests
{
    private static readonly DemoShop Shop = DemoShop.Create(7, new DateOnly(2026, 6, 30));

    [Fact]
    public void A_few_hundred_experiences_of_every_demo_kind_all_before_the_end_of_the_history()
    {
        var all = DemoExperiences.Of(Shop);
        all.Count.ShouldBeInRange(150, 500);
        all.Select(e => e.News.GetType().Name)
            .Distinct()
            .Order()
            .ShouldBe(["Answered", "ComplaintOpened", "ComplaintResolved", "Delivery", "Returned"]);
        all.Select(e => e.News.EventId).Distinct().Count().ShouldBe(all.Count);
        all.ShouldAllBe(e => e.News.OccurredAt < Shop.EndOfHistory && Shop.ById.ContainsKey(e.CustomerId));
        DemoExperiences.Of(DemoShop.Create(7, new DateOnly(2026, 6, 30))).ShouldBe(all);
    }

    [Fact]
    public void Deal_hunters_and_those_who_left_tea_are_found_by_their_orders()
    {
        var calendar = new BusinessCalendar(DemoShop.Zone);
        var rule = new LapseRule.OwnRhythm(90, 1.5m, 2.5m, 4, 8);
        var (price, tea, other) = (0, 0, 0);
        foreach (var group in Shop.History.GroupBy(o => o.CustomerId))
        {
            var person = Shop.ById[group.Key];
            var summary = PurchaseFold.Of(group.Select(OrderOf), calendar, DemoShop.Currency);
            if (!summary.HasPurchases)
            {
                continue;
            }

            var stage = StageSchedule.StageOn(summary, rule, Shop.HistoryEnd);
            var reasons = LikelyReasons.Of(
                new ReasonFacts(Customers.CustomerKind.Person, 1, summary, stage, ExperienceHistory.None, Shop.EndOfHistory),
                ReasonPriors.Equal
            );
            var dropped = PartialDefection.Of(summary, stage, Shop.HistoryEnd, DemoShop.Currency).OfType<Defection.FamilyDropped>();
            price += LikelyReasons.Likeliest(reasons) == ReasonKind.Price && Shop.Habits.HuntsDeals(person) ? 1 : 0;
            foreach (var drop in dropped)
            {
                (tea, other) = drop.Family == "tea" && Shop.Habits.LeavesTeaOn(person) is not null ? (tea + 1, other) : (tea, other + 1);
            }
        }

        price.ShouldBeGreaterThan(100);
        tea.ShouldBeGreaterThan(5);
        other.ShouldBeLessThan(tea);
    }

    private static Order OrderOf(DemoOrder o) =>
        new(
            o.Id,
            o.At,
            o.At,
            o.Cancelled ? OrderStatus.Cancelled : OrderStatus.Placed,
            new Money(o.Total, DemoShop.Currency),
            o.Refunded,
            [.. o.Lines.Select(l => new OrderLine(l.Product.Sku, l.Product.Family, l.Quantity, l.Net, l.Discount, null, null))],
            []
        );
}

using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Experiences;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Reasons;

namespace RetentionFuncs.Tests.Scoring.Reasons;

public sealed class LikelyReasonsTests
{
    private static readonly BusinessCalendar Berlin = new("Europe/Berlin");
    private static readonly DateOnly Start = new(2025, 1, 1);
    private static readonly DateTimeOffset At = DateTimeOffset.Parse("2026-03-02T12:00:00+01:00", null);

    [Fact]
    public void Nothing_seen_is_no_reason()
    {
        Reasons(Steady).ShouldBeEmpty();
        LikelyReasons.Likeliest([]).ShouldBeNull();
    }

    [Fact]
    public void Nobody_who_never_bought_has_a_reason() => Reasons(PurchaseSummary.Empty, stage: null).ShouldBeEmpty();

    [Fact]
    public void Who_bought_once_and_fell_silent_has_forgotten()
    {
        var reason = Reasons(Bought(OrderOf(0))).ShouldHaveSingleItem();
        (reason.Kind, reason.Weight, reason.Said).ShouldBe((ReasonKind.Forgot, 0.6, false));
        reason.Evidence.Single().En.ShouldBe("bought once, on 2025-01-01, and nothing is known to have gone wrong");
    }

    [Theory]
    [InlineData(LapseStage.New)]
    [InlineData(LapseStage.Active)]
    public void Who_bought_just_now_has_not_forgotten(LapseStage stage) => Reasons(Bought(OrderOf(0)), stage: stage).ShouldBeEmpty();

    [Fact]
    public void Who_bought_once_and_complained_has_not_forgotten() =>
        Reasons(Bought(OrderOf(0)), Told(Complaint(-100))).Select(r => r.Kind).ShouldBe([ReasonKind.Dissatisfied]);

    [Theory]
    [InlineData(3, 3, 0.6, "has bought only with a discount or coupon (3 of 3 orders, 20 % off on average)")]
    [InlineData(5, 10, 5 / 12.0, "bought 5 of 10 orders with a discount or coupon (10 % off on average)")]
    [InlineData(4, 10, 0, "")]
    public void Price_speaks_from_half_of_the_orders_with_a_discount_on(int discounted, int orders, double weight, string told)
    {
        var bought = Bought([
            .. Enumerable
                .Range(0, orders)
                .Select(i => OrderOf(40 * i, discount: i < discounted ? 20 : 0, total: i < discounted ? 80 : 100)),
        ]);
        var price = Reasons(bought).SingleOrDefault(r => r.Kind == ReasonKind.Price);
        (price?.Weight ?? 0).ShouldBe(weight, 1e-9);
        (price?.Evidence[0].En ?? "").ShouldBe(told);
    }

    [Fact]
    public void A_new_family_at_every_return_speaks_of_wanting_new_things()
    {
        var bought = Bought([.. Enumerable.Range(0, 6).Select(i => OrderOf(40 * i, "family " + i))]);
        var reason = Reasons(bought).ShouldHaveSingleItem();
        (reason.Kind, reason.Weight).ShouldBe((ReasonKind.WantsNew, 5 / 7.0));
        reason.Evidence[0].En.ShouldBe("5 of 5 returns brought a family never bought before; 6 of 6 families were bought once only");
        Reasons(Bought([.. Enumerable.Range(0, 6).Select(i => OrderOf(40 * i, "family " + (i % 3)))])).ShouldBeEmpty();
    }

    [Fact]
    public void Complaints_faults_and_low_ratings_add_up_and_fade()
    {
        var told = Told(
            Complaint(-410),
            new ExperienceNews.ComplaintResolved("k2", At.AddDays(-400), "K"),
            new ExperienceNews.Delivery("d", At.AddDays(-10), "O", new(2026, 2, 10), new(2026, 2, 14), 10, 5),
            new ExperienceNews.Answered("s", At.AddDays(-5), Satisfaction.SomewhatDissatisfied, null)
        );
        var reason = Reasons(Steady, told).ShouldHaveSingleItem();
        reason.Kind.ShouldBe(ReasonKind.Dissatisfied);
        double Half(double days) => Math.Pow(0.5, days / 365.25);
        var left = (1 - (0.6 * Half(400))) * Math.Pow(1 - (0.25 * Half(10)), 2) * (1 - (0.4 * Half(5)));
        reason.Weight.ShouldBe(1 - left, 1e-9);
        reason
            .Evidence.Select(e => e.En)
            .ShouldBe(
                [
                    "answered 'somewhat dissatisfied' on 2026-02-25",
                    "complained on 2025-01-16, settled after 10 days",
                    "an order came 4 days late on 2026-02-20",
                    "an order came 50 % short on 2026-02-20",
                ],
                ignoreOrder: true
            );
        Reasons(Steady, told, at: At.AddYears(5)).ShouldBeEmpty();
    }

    [Fact]
    public void A_better_answer_takes_the_place_of_a_bad_one()
    {
        var bad = new ExperienceNews.Answered("s1", At.AddDays(-30), Satisfaction.VeryDissatisfied, null);
        Reasons(Steady, Told(bad)).ShouldHaveSingleItem().Weight.ShouldBeGreaterThan(0.6);
        Reasons(Steady, Told(bad, new ExperienceNews.Answered("s2", At.AddDays(-3), Satisfaction.Satisfied, null))).ShouldBeEmpty();
    }

    [Fact]
    public void Heavy_refunds_speak_where_no_return_was_told()
    {
        var bought = Bought([.. Enumerable.Range(0, 4).Select(i => OrderOf(40 * i) with { Refunded = 30 })]);
        Reasons(bought).ShouldHaveSingleItem().Evidence[0].En.ShouldBe("30 % of what was paid was refunded");
        var told = Told(new ExperienceNews.Returned("r", At.AddDays(-9), "O", null, ReturnCause.ChangedMind));
        Reasons(bought, told).ShouldHaveSingleItem().Evidence.Select(e => e.En).ShouldBe(["returned goods on 2026-02-21"]);
    }

    [Fact]
    public void Shrinking_baskets_of_an_account_speak_of_its_business_and_those_of_a_person_do_not()
    {
        var bought = Bought([.. Enumerable.Range(0, 12).Select(i => OrderOf(30 * i, "family " + (i % 2), total: 1000 - (80 * i)))]);
        var reason = Reasons(bought, kind: CustomerKind.Account).ShouldHaveSingleItem();
        reason.Kind.ShouldBe(ReasonKind.BusinessChange);
        reason
            .Evidence[0]
            .En.ShouldBe("baskets shrink across the board (typical basket 840.00 → 360.00; 2 of 2 earlier families still bought)");
        Reasons(bought).ShouldBeEmpty();
    }

    [Fact]
    public void One_family_that_stops_is_not_a_business_that_shrinks()
    {
        // Four of five families gone at half time: a rival, not the customer's own business.
        var bought = Bought([
            .. Enumerable.Range(0, 10).Select(i => OrderOf(30 * i, "family " + (i < 5 ? i : 0), total: i < 5 ? 1000 : 200)),
        ]);
        Reasons(bought, kind: CustomerKind.Account).ShouldNotContain(r => r.Kind == ReasonKind.BusinessChange);
    }

    [Fact]
    public void Steady_accounts_are_rarely_taken_for_shrinking()
    {
        var random = new Random(5);
        var wrong = 0;
        for (var i = 0; i < 1000; i++)
        {
            var bought = Bought([.. Enumerable.Range(0, random.Next(8, 30)).Select(n => OrderOf(20 * n, total: 20 + random.Next(200)))]);
            wrong += Reasons(bought, kind: CustomerKind.Account).Any(r => r.Kind == ReasonKind.BusinessChange) ? 1 : 0;
        }

        wrong.ShouldBeLessThan(20);
    }

    [Theory]
    [InlineData(1, 0.6)]
    [InlineData(3, 0.3)]
    public void A_contact_who_went_weighs_most_where_nobody_else_is_known(int contacts, double weight)
    {
        var told = Told(new ExperienceNews.ContactMoved("m", At, "buyer"));
        var reason = Reasons(Steady, told, kind: CustomerKind.Account, contacts: contacts).ShouldHaveSingleItem();
        reason.Kind.ShouldBe(ReasonKind.Relation);
        reason.Weight.ShouldBe(weight, 1e-9);
    }

    [Fact]
    public void The_customers_own_answer_outweighs_everything_for_a_year()
    {
        var all = Told(
            Complaint(-3),
            new ExperienceNews.Answered("s", At.AddDays(-2), Satisfaction.VeryDissatisfied, null),
            new ExperienceNews.OwnerLeft("o", At.AddDays(-1), "S"),
            new ExperienceNews.Answered("a", At.AddDays(-360), null, ReasonKind.WantsNew)
        );
        var reasons = Reasons(Steady, all, priors: ReasonPriors.Of(new Dictionary<ReasonKind, int> { [ReasonKind.Dissatisfied] = 900 }));
        (reasons[0].Kind, reasons[0].Said).ShouldBe((ReasonKind.WantsNew, true));
        reasons[0].Evidence[0].En.ShouldBe("said so when asked on 2025-03-07: wants new things");
        reasons.Select(r => r.Weight).ShouldBe(reasons.Select(r => r.Weight).OrderDescending());
        reasons.ShouldAllBe(r => r.Weight > 0 && r.Weight < 1);
    }

    [Fact]
    public void Another_answer_than_ours_keeps_our_guesses_down()
    {
        var told = Told(new ExperienceNews.Answered("a", At, null, ReasonKind.Other));
        Reasons(Bought(OrderOf(0)), told).Select(r => r.Kind).ShouldBe([ReasonKind.Other]);
    }

    [Fact]
    public void Without_answers_all_reasons_weigh_alike_and_answers_move_them_smoothly()
    {
        foreach (var kind in Enum.GetValues<ReasonKind>())
        {
            ReasonPriors.Equal.LiftOf(kind).ShouldBe(1, 1e-12);
            ReasonPriors.Of(null).LiftOf(kind).ShouldBe(1, 1e-12);
        }

        var priors = ReasonPriors.Of(new Dictionary<ReasonKind, int> { [ReasonKind.Price] = 8, [ReasonKind.Other] = 500 });
        priors.LiftOf(ReasonKind.Price).ShouldBe(9 / 14.0 * 6, 1e-12);
        priors.LiftOf(ReasonKind.Forgot).ShouldBe(1 / 14.0 * 6, 1e-12);
        var bought = Bought([.. Enumerable.Range(0, 3).Select(i => OrderOf(40 * i, discount: 20))]);
        Reasons(bought, priors: priors)[0].Weight.ShouldBeGreaterThan(Reasons(bought)[0].Weight);
    }

    [Theory]
    [InlineData(0.29, null)]
    [InlineData(0.3, ReasonKind.Price)]
    public void The_likeliest_is_named_only_when_it_is_likely(double weight, ReasonKind? named) =>
        LikelyReasons.Likeliest([new LikelyReason(ReasonKind.Price, weight, [new("", "")], false)]).ShouldBe(named);

    private static PurchaseSummary Steady => Bought([.. Enumerable.Range(0, 10).Select(i => OrderOf(40 * i))]);

    private static IReadOnlyList<LikelyReason> Reasons(
        PurchaseSummary summary,
        ExperienceHistory? told = null,
        LapseStage? stage = LapseStage.Lapsing,
        CustomerKind kind = CustomerKind.Person,
        int contacts = 2,
        ReasonPriors? priors = null,
        DateTimeOffset? at = null
    ) =>
        LikelyReasons.Of(
            new ReasonFacts(kind, contacts, summary, stage, told ?? ExperienceHistory.None, at ?? At),
            priors ?? ReasonPriors.Equal
        );

    private static ExperienceHistory Told(params ExperienceNews[] news) =>
        news.Aggregate(ExperienceHistory.None, (known, n) => known.Add(n, n.OccurredAt, "EUR"));

    private static ExperienceNews Complaint(int days) => new ExperienceNews.ComplaintOpened("k", At.AddDays(days), "K", null);

    private static PurchaseSummary Bought(params Order[] orders) => PurchaseFold.Of(orders, Berlin, "EUR");

    private static Order OrderOf(int day, string family = "tea", decimal discount = 0, decimal total = 100) =>
        new(
            "o" + day,
            new DateTimeOffset(Start.AddDays(day).ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero),
            DateTimeOffset.UnixEpoch,
            OrderStatus.Placed,
            new Money(total, "EUR"),
            0,
            [new OrderLine("s-" + family, family, 1, total, discount, null, null)],
            []
        );
}

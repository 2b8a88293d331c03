using RetentionFuncs.Clocks;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Defections;

namespace RetentionFuncs.Tests.Scoring.Defections;

public sealed class PartialDefectionTests
{
    private static readonly BusinessCalendar Berlin = new("Europe/Berlin");
    private static readonly DateOnly Start = SimulatedBuyer.Start;

    [Fact]
    public void A_family_that_stopped_while_others_go_on_is_named_with_its_numbers()
    {
        // Coffee every 24 days for ten times, tea every 12 days to the end.
        var summary = Bought((12, 28, "tea"), (24, 10, "coffee"));
        var day = Start.AddDays((24 * 9) + 96);
        var found = PartialDefection.Of(summary, LapseStage.Active, day, "EUR").ShouldHaveSingleItem();
        found.ShouldBe(new Defection.FamilyDropped("coffee", 96, 24, 8));
        found.Evidence.En.ShouldBe("has not bought 'coffee' for 96 days, usually every 24; other families were bought on 8 days since");
        found.Evidence.Zh.ShouldBe("已有 96 天没买“coffee”，以往约 24 天买一次；这期间其他品类仍买过 8 天");
    }

    [Theory]
    [InlineData(60, "three gaps have not passed")]
    [InlineData(24, "it is only just due")]
    public void A_family_that_is_merely_due_is_not_dropped(int silence, string why) =>
        PartialDefection
            .Of(Bought((12, 28, "tea"), (24, 10, "coffee")), LapseStage.Active, Start.AddDays((24 * 9) + silence), "EUR")
            .ShouldBeEmpty(why);

    [Fact]
    public void Nothing_is_dropped_when_everything_stopped_together() =>
        PartialDefection.Of(Bought((12, 19, "tea"), (24, 10, "coffee")), LapseStage.Cooling, Start.AddDays(320), "EUR").ShouldBeEmpty();

    [Fact]
    public void Two_days_of_a_family_are_no_habit() =>
        PartialDefection.Of(Bought((12, 40, "tea"), (24, 2, "coffee")), LapseStage.Active, Start.AddDays(470), "EUR").ShouldBeEmpty();

    [Fact]
    public void A_pause_no_longer_than_one_before_is_not_a_drop()
    {
        // Coffee every 20 days but for one long summer without; 190 days of silence later on are nothing new, 201 are.
        int[] coffee = [.. Enumerable.Range(0, 10).Select(i => 20 * i), .. Enumerable.Range(0, 6).Select(i => 380 + (20 * i))];
        int[] tea = [.. Enumerable.Range(0, 19).Select(i => 10 * i), .. Enumerable.Range(38, 32).Select(i => 10 * i)];
        var summary = PurchaseFold.Of(coffee.Select(d => OrderOf(d, "coffee")).Concat(tea.Select(d => OrderOf(d, "tea"))), Berlin, "EUR");
        PartialDefection.Of(summary, LapseStage.Active, Start.AddDays(480 + 190), "EUR").ShouldBeEmpty();
        PartialDefection.Of(summary, LapseStage.Active, Start.AddDays(480 + 201), "EUR").ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(LapseStage.Lapsing)]
    [InlineData(LapseStage.Lapsed)]
    [InlineData(LapseStage.Lost)]
    [InlineData(null)]
    public void Whoever_is_past_cooling_leaves_as_a_whole(LapseStage? stage) =>
        PartialDefection.Of(Bought((12, 28, "tea"), (24, 10, "coffee")), stage, Start.AddDays(312), "EUR").ShouldBeEmpty();

    [Fact]
    public void What_was_bought_after_the_day_asked_about_is_not_known_yet() =>
        PartialDefection.Of(Bought((12, 40, "tea"), (24, 10, "coffee")), LapseStage.Active, Start.AddDays(220), "EUR").ShouldBeEmpty();

    [Fact]
    public void Spend_that_fell_to_a_third_is_told_with_both_rates()
    {
        var orders = Enumerable
            .Range(0, 12)
            .Select(i => OrderOf(30 * i, null, 88 + (4 * (i % 7))))
            .Concat(Enumerable.Range(12, 5).Select(i => OrderOf(30 * i, null, 30 + (i % 3))));
        var fallen = PartialDefection
            .Of(PurchaseFold.Of(orders, Berlin, "EUR"), LapseStage.Active, Start.AddDays(490), "EUR")
            .ShouldHaveSingleItem()
            .ShouldBeOfType<Defection.SpendFallen>();
        fallen.RecentPerMonth.ShouldBeInRange(30, 32);
        fallen.EarlierPerMonth.ShouldBeInRange(85, 105);
        fallen.RecentDays.ShouldBe(4);
        fallen.Evidence.En.ShouldStartWith($"has spent {fallen.RecentPerMonth:0.00} EUR a month since 2024-12-26");
    }

    [Fact]
    public void A_bulk_order_in_the_past_does_not_make_steady_spend_look_fallen()
    {
        var orders = Enumerable.Range(0, 20).Select(i => OrderOf(30 * i, null, i == 3 ? 9_000 : 50 + (i % 4)));
        PartialDefection.Of(PurchaseFold.Of(orders, Berlin, "EUR"), LapseStage.Active, Start.AddDays(575), "EUR").ShouldBeEmpty();
    }

    [Fact]
    public void Free_orders_only_and_a_summary_without_amounts_or_traits_tell_nothing()
    {
        var free = PurchaseFold.Of(Enumerable.Range(0, 20).Select(i => OrderOf(30 * i, null, 0)), Berlin, "EUR");
        PartialDefection.Of(free, LapseStage.Active, Start.AddDays(575), "EUR").ShouldBeEmpty();
        var old = free with { DayAmounts = [], Traits = null };
        PartialDefection.Of(old, LapseStage.Active, Start.AddDays(575), "EUR").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1.0, 0.4)]
    [InlineData(1.0, 0.8)]
    [InlineData(4.0, 0.4)]
    public void Of_steady_buyers_fewer_than_two_in_a_hundred_are_flagged(double shape, double spread)
    {
        var random = new Random(20260301);
        var (flagged, all) = (0, 2000);
        for (var i = 0; i < all; i++)
        {
            var families = Enumerable.Range(0, random.Next(2, 8)).Select(_ => 0.1 + (0.8 * random.NextDouble())).ToArray();
            var buyer = new SimulatedBuyer(random.Next(5, 60), shape, families, spread);
            var days = random.Next(100, 1000);
            flagged += PartialDefection.Of(buyer.Summary(random, days), LapseStage.Active, Start.AddDays(days), "EUR").Count > 0 ? 1 : 0;
        }

        ((double)flagged / all).ShouldBeLessThan(0.02);
    }

    [Theory]
    [InlineData(0.9, 0.8)]
    [InlineData(0.5, 0.6)]
    public void Most_dropped_families_are_found_after_eight_of_their_gaps(double held, double atLeast)
    {
        var random = new Random(7);
        var found = 0;
        for (var i = 0; i < 500; i++)
        {
            var buyer = new SimulatedBuyer(14, 2, [held, 0.7, 0.7], 0.4) { ChangesAfterDays = 360, Dropped = 0 };
            var days = 360 + (int)(8 * 14 / held);
            found += PartialDefection
                .Of(buyer.Summary(random, days), LapseStage.Active, Start.AddDays(days), "EUR")
                .OfType<Defection.FamilyDropped>()
                .Any(f => f.Family == "family 0")
                ? 1
                : 0;
        }

        (found / 500.0).ShouldBeGreaterThan(atLeast);
    }

    [Fact]
    public void Most_falls_to_a_third_of_the_spend_are_found_after_ten_baskets()
    {
        var random = new Random(7);
        var found = 0;
        for (var i = 0; i < 500; i++)
        {
            var buyer = new SimulatedBuyer(14, 4, [0.7], 0.4) { ChangesAfterDays = 420, Factor = 1 / 3.0 };
            found += PartialDefection
                .Of(buyer.Summary(random, 560), LapseStage.Active, Start.AddDays(560), "EUR")
                .OfType<Defection.SpendFallen>()
                .Any()
                ? 1
                : 0;
        }

        (found / 500.0).ShouldBeGreaterThan(0.6);
    }

    private static PurchaseSummary Bought(params (int Gap, int Times, string Family)[] habits) =>
        PurchaseFold.Of(habits.SelectMany(h => Enumerable.Range(0, h.Times).Select(i => OrderOf(h.Gap * i, h.Family))), Berlin, "EUR");

    private static Order OrderOf(int day, string? family, decimal amount = 20) =>
        new(
            $"{day}-{family}",
            new DateTimeOffset(Start.AddDays(day).ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero),
            DateTimeOffset.UnixEpoch,
            OrderStatus.Placed,
            new Money(amount, "EUR"),
            0,
            family is null ? [] : [new OrderLine("s-" + family, family, 1, amount, 0, null, null)],
            []
        );
}

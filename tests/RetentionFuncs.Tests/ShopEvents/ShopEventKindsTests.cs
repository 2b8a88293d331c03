using System.Text;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Experiences;
using RetentionFuncs.Markets;
using RetentionFuncs.Orders;
using RetentionFuncs.ShopEvents;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.ShopEvents;

/// <summary>The kinds beside orders and complaints: invoices that fall due, promotions, rivals' prices, answers on each channel.</summary>
public sealed class ShopEventKindsTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.Parse("2026-03-02T10:00:00+01:00", null);

    private readonly TripWorld _world = new();

    [Fact]
    public void An_invoice_that_falls_due_and_an_urgent_delivery_are_read()
    {
        Understood("invoice.due", """ "invoice":{"id":"R-1","dueOn":"2026-03-20","amount":99.5,"currency":"EUR"} """)
            .Experience.ShouldBe(new ExperienceNews.InvoiceDue("e", At, "R-1", new(2026, 3, 20), new Money(99.5m, "EUR")));
        Understood("invoice.due", """ "invoice":{"id":"R-1","amount":1,"currency":"EUR"} """)
            .Experience.ShouldBe(new ExperienceNews.InvoiceDue("e", At, "R-1", new(2026, 3, 2), new Money(1, "EUR")));
        var delivery = Understood("order.delivered", """ "delivery":{"order":"O-1","promisedOn":"2026-03-01","urgent":true} """);
        ((ExperienceNews.Delivery)delivery.Experience!).IsUrgent.ShouldBeTrue();
        Refused("invoice.due", """ "invoice":{"id":"R-1"} """).ShouldBe(["invoice.amount", "invoice.currency"]);
    }

    [Theory]
    [InlineData("sms")]
    [InlineData("phone")]
    [InlineData("email")]
    public async Task A_yes_speaks_of_the_channel_it_names_and_of_no_other(string channel)
    {
        var given = $$$""" "customer":{"id":"c1","consent":{"channel":"{{{channel}}}","source":"shop counter"}} """;
        await ApplyAsync(Json("consent.given", given));

        var contact = (await _world.PartitionAsync("c1")).Contacts().Single();
        Enum.GetValues<Channel>()
            .Where(c => contact.ConsentFor(c)?.State == ConsentState.Granted)
            .ShouldBe([Enum.Parse<Channel>(channel, true)]);
    }

    [Fact]
    public void A_channel_that_nobody_knows_is_refused()
    {
        var told = """ "customer":{"id":"c1","consent":{"channel":"fax","source":"x"}} """;
        ((ShopEventReading.NotUnderstood)Read(Json("consent.given", told))).Findings.Single().Path.ShouldBe("customer.consent.channel");
    }

    [Fact]
    public async Task An_answer_does_not_close_a_complaint_and_is_kept_whichever_comes_first()
    {
        string[] events =
        [
            Json("complaint.answered", """ "customer":{"id":"c1"},"complaint":{"id":"K"} """, "10:30"),
            Json("complaint.opened", """ "customer":{"id":"c1"},"complaint":{"id":"K"} """, "10:00"),
        ];
        foreach (var order in new[] { events, [.. events.Reverse()] })
        {
            var world = new TripWorld();
            foreach (var e in order)
            {
                await ApplyAsync(e, world);
            }

            var partition = await world.PartitionAsync("c1");
            CustomerGate.Of(partition).ComplaintSince.ShouldBe(At);
            partition.Experiences().Kept.Single().AnsweredAt.ShouldBe(At.AddMinutes(30));
        }
    }

    [Fact]
    public async Task A_promotion_runs_from_its_first_day_to_its_last_and_the_newest_word_on_it_counts()
    {
        await ApplyAsync(Promotion("12:00", "2026-03-10", "2026-03-12"));
        await ApplyAsync(Promotion("11:00", "2026-04-01", "2026-04-02"));

        (await RunningAsync("2026-03-09")).ShouldBeEmpty();
        (await RunningAsync("2026-03-10"))
            .Single()
            .ShouldBe(new MarketNews.Promotion("P-1", "Spring teas", null, "tea", new(2026, 3, 10), new(2026, 3, 12), At.AddHours(2)));
        (await RunningAsync("2026-03-12")).Count.ShouldBe(1);
        (await RunningAsync("2026-03-13")).ShouldBeEmpty();
        (await RunningAsync("2026-04-01")).ShouldBeEmpty();
        Read(Promotion("12:00", "2026-03-12", "2026-03-11")).ShouldBeOfType<ShopEventReading.NotUnderstood>();
    }

    [Fact]
    public async Task A_rivals_newest_price_of_a_product_counts_and_others_stay()
    {
        await ApplyAsync(Price("sku-1", "Corner Tea", 9.8m, "11:00"));
        await ApplyAsync(Price("sku-1", "Corner Tea", 9.5m, "10:00"));
        await ApplyAsync(Price("sku-1", "Big Market", 8, "10:00"));
        await ApplyAsync(Price("sku-2", "Corner Tea", 3, "10:00"));

        var prices = new List<MarketNews.RivalPrice>();
        await foreach (var price in _world.Product.Market.PricesOfAsync("sku-1"))
        {
            prices.Add(price);
        }

        prices
            .OrderBy(p => p.Rival)
            .Select(p => (p.Rival, p.Price))
            .ShouldBe([("Big Market", new Money(8, "EUR")), ("Corner Tea", new Money(9.8m, "EUR"))]);
    }

    [Fact]
    public void What_is_about_everybody_names_no_customer() =>
        Refused("promotion.announced", """ "promotion":{"id":"P","from":"2026-03-01","until":"2026-03-01"} """).ShouldBe(["customer"]);

    [Fact]
    public void Catalogue_084_a_newer_schema_is_refused_whole() =>
        ((ShopEventReading.NotUnderstood)Read(Json("customer.changed", """ "customer":{"id":"c1"} """).Replace(":1,", ":2,")))
            .Findings.Single()
            .Path.ShouldBe("schema");

    private async Task<List<MarketNews.Promotion>> RunningAsync(string day)
    {
        var running = new List<MarketNews.Promotion>();
        await foreach (var promotion in _world.Product.Market.PromotionsOnAsync(DateOnly.Parse(day, null)))
        {
            running.Add(promotion);
        }

        return running;
    }

    private static string Promotion(string time, string from, string until) =>
        Json(
            "promotion.announced",
            $$""" "promotion":{"id":"P-1","name":"Spring teas","family":"tea","from":"{{from}}","until":"{{until}}"} """,
            time
        );

    private static string Price(string sku, string rival, decimal price, string time) =>
        Json(
            "product.rival_price",
            $$""" "rivalPrice":{"sku":"{{sku}}","rival":"{{rival}}","price":{{price.ToString(System.Globalization.CultureInfo.InvariantCulture)}},"currency":"EUR"} """,
            time
        );

    private static string Json(string type, string rest, string time = "10:00") =>
        $$"""{"schema":1,"type":"{{type}}","occurredAt":"2026-03-02T{{time}}:00+01:00",{{rest}}}""";

    private static ShopEventReading Read(string json) => ShopEventReader.Read(json, "e", At.AddDays(1));

    private static ShopEvent Understood(string type, string rest) =>
        Read(Json(type, """ "customer":{"id":"c1"}, """ + rest)).ShouldBeOfType<ShopEventReading.Understood>().Event;

    private static IEnumerable<string> Refused(string type, string rest) =>
        Read(Json(type, """ "customer":{"id":"c1"}, """ + rest))
            .ShouldBeOfType<ShopEventReading.NotUnderstood>()
            .Findings.Select(f => f.Path);

    private async Task ApplyAsync(string json, TripWorld? world = null)
    {
        var at = world ?? _world;
        (await at.Product.ReceiveShopEvents.RunAsync(Encoding.UTF8.GetBytes(json))).Single().Receipt.ShouldBe(EventReceipt.Accepted);
        await at.Queue.DeliverDueAsync(at.Product.Handler);
        at.Queue.Parked.ShouldBeEmpty();
    }
}

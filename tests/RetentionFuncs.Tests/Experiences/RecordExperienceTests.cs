using System.Text;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Experiences;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring.Reasons;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Experiences;

public sealed class RecordExperienceTests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-02T12:00:00+01:00", null);
    private readonly TripWorld _world = new();

    [Fact]
    public async Task The_same_event_told_again_changes_nothing()
    {
        var paid = new ExperienceNews.InvoicePaid("e1", Noon, "I-1", new(2026, 2, 1), new(2026, 3, 1), new Money(80, "EUR"));
        (await RecordAsync(paid)).ShouldBe(Recorded.New);
        var once = await TextAsync();
        (await RecordAsync(paid)).ShouldBe(Recorded.Unchanged);
        (await TextAsync()).ShouldBe(once);
        var history = await HistoryAsync();
        (history.Invoices, history.LateInvoices, history.Invoiced, history.PaidLate, history.LateShare).ShouldBe((1, 1, 80m, 80m, 1m));
        history.Kept.ShouldHaveSingleItem().DaysLate.ShouldBe(28);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Events_in_any_order_end_in_the_same_rows(int seed)
    {
        ExperienceNews[] news =
        [
            new ExperienceNews.ComplaintOpened("e1", Noon, "K-1", ComplaintTopic.Quality),
            new ExperienceNews.ComplaintResolved("e2", Noon.AddDays(3), "K-1"),
            new ExperienceNews.ComplaintOpened("e3", Noon.AddDays(9), "K-1", null),
            new ExperienceNews.Delivery("e4", Noon, "O-1", new(2026, 3, 1), new(2026, 3, 4), 10, 8),
            new ExperienceNews.Delivery("e5", Noon, "O-2", new(2026, 3, 9), new(2026, 3, 4), 10, 10),
            new ExperienceNews.Answered("e6", Noon.AddDays(1), Satisfaction.VeryDissatisfied, ReasonKind.Price),
            new ExperienceNews.Answered("e7", Noon.AddDays(2), Satisfaction.Satisfied, null),
            new ExperienceNews.InvoicePaid("e8", Noon, "I-1", new(2026, 3, 1), new(2026, 3, 1), new Money(80, "EUR")),
            new ExperienceNews.OwnerLeft("e9", Noon, "S-7"),
        ];
        foreach (var one in news)
        {
            await RecordAsync(one);
        }

        var straight = await TextAsync();
        var other = new TripWorld();
        new Random(seed).Shuffle(news);
        foreach (var one in news)
        {
            await other.Product.RecordExperience.RunAsync("c1", one, Noon);
        }

        (await TextAsync(other)).ShouldBe(straight);
        var history = (await other.PartitionAsync("c1")).Experiences();
        history
            .Kept.Select(e => e.Kind)
            .Order()
            .ShouldBe([
                ExperienceKind.Complaint,
                ExperienceKind.LateDelivery,
                ExperienceKind.ShortDelivery,
                ExperienceKind.Survey,
                ExperienceKind.Survey,
                ExperienceKind.OwnerLeft,
            ]);
        (history.Deliveries, history.FaultyDeliveries, history.Invoices, history.LateInvoices).ShouldBe((2, 1, 1, 0));
        history.Kept.Single(e => e.Kind == ExperienceKind.ShortDelivery).Missing.ShouldBe(0.2m);
        history.ComplaintOpenSince.ShouldBe(Noon.AddDays(9));
    }

    [Fact]
    public async Task An_open_complaint_closes_the_gate_and_its_answer_opens_it_whichever_comes_first()
    {
        await RecordAsync(new ExperienceNews.ComplaintOpened("e1", Noon, "K-1", null));
        (await GateAsync()).ShouldBe(Noon);
        await RecordAsync(new ExperienceNews.ComplaintOpened("e2", Noon.AddHours(1), "K-2", null));
        await RecordAsync(new ExperienceNews.ComplaintResolved("e3", Noon.AddHours(2), "K-1"));
        (await GateAsync()).ShouldBe(Noon.AddHours(1));
        await RecordAsync(new ExperienceNews.ComplaintResolved("e4", Noon.AddHours(3), "K-2"));
        (await GateAsync()).ShouldBeNull();
        await RecordAsync(new ExperienceNews.ComplaintResolved("e5", Noon.AddHours(5), "K-3"));
        await RecordAsync(new ExperienceNews.ComplaintOpened("e6", Noon.AddHours(4), "K-3", null));
        (await GateAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task The_gate_keeps_its_slots_when_a_complaint_comes_and_goes()
    {
        await _world.CustomerAsync("c1");
        var partition = await _world.PartitionAsync("c1");
        new CustomerGate(new CapSlots([new CapSlot("touch", Noon, "attempt")]), null).PutTo(partition);
        await partition.CommitAsync();
        var slots = CustomerGate.Of(await _world.PartitionAsync("c1")).Slots.ToString();
        await RecordAsync(new ExperienceNews.ComplaintOpened("e1", Noon, "K-1", null));
        CustomerGate.Of(await _world.PartitionAsync("c1")).Slots.ToString().ShouldBe(slots);
        slots.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_newest_thirty_two_are_kept_and_an_open_complaint_whatever_its_age()
    {
        await RecordAsync(new ExperienceNews.ComplaintOpened("old", Noon.AddYears(-1), "K-1", null));
        for (var i = 0; i < 60; i++)
        {
            // Ids and names as long and as odd as the reader lets through.
            var long512 = new string('长', 500) + i;
            await RecordAsync(new ExperienceNews.Returned(long512, Noon.AddDays(-i), long512, null, null));
        }

        var history = await HistoryAsync();
        history.Kept.Count.ShouldBe(ExperienceHistory.MostKept);
        history.Kept[0].IsOpen.ShouldBeTrue();
        history.Kept[1].OccurredAt.ShouldBe(Noon.AddDays(-30));
        history.Kept.ShouldAllBe(e => e.About!.Length <= Experience.LongestAbout);
        var facts = new List<StoredRow>();
        await foreach (var row in _world.Store.ReadAllAsync(CustomerPartition.IdOf(_world.KeyOf("c1")), RowRange.Prefix("x-experience|")))
        {
            facts.Add(row);
        }

        facts.Count.ShouldBe(61);
        facts.ShouldAllBe(f => f.Properties.Has("occurredAt") && f.Properties.Has("recordedAt"));
    }

    [Fact]
    public async Task A_customer_nobody_knew_is_on_file_and_in_the_index()
    {
        await RecordAsync(new ExperienceNews.OwnerLeft("e1", Noon, "S-7"));
        (await _world.PartitionAsync("c1")).Profile()!.ExternalId.ShouldBe("c1");
        var all = new List<CustomerKey>();
        await foreach (var key in new CustomerIndex(_world.Store).ReadAllAsync())
        {
            all.Add(key);
        }

        all.ShouldBe([_world.KeyOf("c1")]);
    }

    [Fact]
    public async Task Answers_of_all_customers_are_counted_once_each_and_reach_the_next_refit()
    {
        for (var round = 0; round < 2; round++)
        {
            await _world.Product.RecordExperience.RunAsync("c1", Answer("a", ReasonKind.Price), Noon);
            await _world.Product.RecordExperience.RunAsync("c2", Answer("a", ReasonKind.Price), Noon);
            await _world.Product.RecordExperience.RunAsync("c3", Answer("b", ReasonKind.Forgot), Noon);
            await _world.Product.RecordExperience.RunAsync(
                "c3",
                new ExperienceNews.Answered("c", Noon, Satisfaction.Satisfied, null),
                Noon
            );
        }

        var counts = await new ReasonAnswers(_world.Store).CountAsync();
        counts.OrderBy(c => c.Key).Select(c => (c.Key, c.Value)).ShouldBe([(ReasonKind.Forgot, 1), (ReasonKind.Price, 2)]);
        await _world.OrderAsync("c1", "2026-02-01");
        await _world.Product.RefitScores.RunIfDueAsync();
        (await _world.Product.Scoring.NewestAsync())!.ReasonAnswers!.GetValueOrDefault(ReasonKind.Price).ShouldBe(2);
    }

    [Fact]
    public async Task A_complaint_that_the_shop_posts_stops_promotion_until_it_is_answered()
    {
        await _world.CustomerAsync("c1");
        await PostAsync("e1", "complaint.opened", "10:00");
        (await GateAsync()).ShouldNotBeNull();
        await PostAsync("e1", "complaint.opened", "10:00");
        (await HistoryAsync()).Kept.Count.ShouldBe(1);
        await PostAsync("e2", "complaint.resolved", "11:00");
        (await GateAsync()).ShouldBeNull();
        (await HistoryAsync()).Kept.Single().ResolvedAt.ShouldNotBeNull();
    }

    private static ExperienceNews.Answered Answer(string id, ReasonKind reason) => new(id, Noon, null, reason);

    private async Task PostAsync(string id, string type, string time)
    {
        var json =
            $$"""{"schema":1,"id":"{{id}}","type":"{{type}}","occurredAt":"2026-03-01T{{time}}:00+01:00","customer":{"id":"c1"},"complaint":{"id":"K"} }""";
        await _world.Product.ReceiveShopEvents.RunAsync(Encoding.UTF8.GetBytes(json));
        await _world.Queue.DeliverDueAsync(_world.Product.Handler);
    }

    private ValueTask<Recorded> RecordAsync(ExperienceNews news) => _world.Product.RecordExperience.RunAsync("c1", news, Noon);

    private async Task<ExperienceHistory> HistoryAsync() => (await _world.PartitionAsync("c1")).Experiences();

    private async Task<DateTimeOffset?> GateAsync() => CustomerGate.Of(await _world.PartitionAsync("c1")).ComplaintSince;

    private async Task<string> TextAsync(TripWorld? world = null) =>
        string.Join(' ', (await (world ?? _world).PartitionAsync("c1")).Find("experiences")!.Entries);
}

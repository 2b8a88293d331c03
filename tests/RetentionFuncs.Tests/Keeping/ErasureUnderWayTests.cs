using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Experiences;
using RetentionFuncs.Keeping;
using RetentionFuncs.Messages;
using RetentionFuncs.Orders;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Keeping;

/// <summary>Erasing while messages are on their way, and what comes in afterwards.</summary>
public sealed class ErasureUnderWayTests
{
    private const string Word = "ada-winter@post.linden.shop";
    private static readonly DateTimeOffset Morning = DateTimeOffset.Parse("2026-06-29T10:00:00+02:00", null);

    private sealed class CalledSender : IMessageSender
    {
        public Func<OutboundMessage, Task<SendResult>> Answer { get; set; } =
            _ => Task.FromResult<SendResult>(new SendResult.Accepted("m1"));

        public ValueTask<SendResult> SendAsync(OutboundMessage message) => new(Answer(message));
    }

    private static async Task<(TripWorld World, CalledSender Sender)> PlannedAsync()
    {
        var sender = new CalledSender();
        var world = new TripWorld(sender: _ => sender);
        EmailAddress.TryParse(Word, out var email, out _).ShouldBeTrue();
        await world.CustomerAsync("ada", news => news with { Name = "Ada Winter", Email = email });
        await world.OrderAsync("ada", "2026-03-01");
        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickEveryDayAsync("2026-06-25", "2026-06-28");
        world.Clock.Now = Morning;
        await world.Product.ReviewDue.RunAsync();
        return (world, sender);
    }

    private static Task<ErasureReport?> EraseAsync(TripWorld world, string? contact = null) =>
        world.Product.EraseCustomer.RunAsync(new ErasureWish("ada", contact, true, "tester", "asked")).AsTask();

    private static IEnumerable<string> Everything(TripWorld world) =>
        Enum.GetValues<StoreTable>()
            .SelectMany(world.Store.Everything)
            .Select(r => $"{r.Partition} {r.Row.Key} {string.Join('|', r.Row.Properties.Entries)}");

    private static void ShouldNameNobody(TripWorld world) =>
        Everything(world).Where(r => r.Contains(Word) || r.Contains("Ada Winter") || r.Contains("ada-2026")).ShouldBeEmpty();

    [Fact]
    public async Task Catalogue_150_Erased_during_the_call_the_message_is_settled_and_nothing_of_the_person_comes_back()
    {
        var (world, sender) = await PlannedAsync();
        var touch = (await world.TouchesAsync("ada")).Single();
        ErasureReport? report = null;
        sender.Answer = async message =>
        {
            report = await EraseAsync(world);
            return new SendResult.Accepted("provider id of " + message.To.Address);
        };

        await world.Queue.DeliverDueAsync(world.Product.Handler);

        report!.UnderWay.ShouldBe(1);
        var settled = (await world.PartitionAsync("ada")).TouchpointBy(touch.Id)!;
        (settled.State, settled.ProviderMessageId).ShouldBe((TouchpointState.Sent, null));
        ShouldNameNobody(world);
    }

    [Theory]
    [InlineData(DeliveryEventKind.Delivered, null, TouchpointState.Sent)]
    [InlineData(DeliveryEventKind.Bounced, BounceKind.Hard, TouchpointState.Sent)]
    public async Task Catalogue_150_Evidence_that_comes_after_erasing_settles_an_unknown_and_leaves_no_words(
        DeliveryEventKind kind,
        BounceKind? bounce,
        TouchpointState expected
    )
    {
        var (world, sender) = await PlannedAsync();
        sender.Answer = _ => Task.FromResult<SendResult>(new SendResult.Unknown($"timeout while sending to {Word}"));
        await world.Queue.DeliverDueAsync(world.Product.Handler);
        var touch = (await world.TouchesAsync("ada")).Single();
        touch.State.ShouldBe(TouchpointState.Unknown);
        (await EraseAsync(world))!.UnderWay.ShouldBe(1);
        ShouldNameNobody(world);

        DeliveryEvent[] events =
        [
            new(touch.Reference, touch.AttemptId!, kind, bounce, Morning, $"550 {Word} said so"),
            new(touch.Reference, "of another attempt", kind, bounce, Morning, $"550 {Word} said so"),
        ];
        await world.Product.RecordDeliveryEvents.RunAsync(events);
        await world.Product.RecordDeliveryEvents.RunAsync(events);

        (await world.PartitionAsync("ada")).TouchpointBy(touch.Id)!.State.ShouldBe(expected);
        ShouldNameNobody(world);
        world.Clock.Now = Morning.AddDays(40);
        await world.Product.SweepOpenWork.RunAsync();
        world.Store.Everything(StoreTable.OpenWork).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_only_planned_is_never_called_and_its_message_is_no_dead_letter()
    {
        var (world, sender) = await PlannedAsync();
        var called = 0;
        sender.Answer = _ =>
        {
            called++;
            return Task.FromResult<SendResult>(new SendResult.Accepted("m1"));
        };
        await EraseAsync(world);

        await world.Queue.DeliverDueAsync(world.Product.Handler);
        await world.TickEveryDayAsync("2026-06-30", "2026-07-20");

        called.ShouldBe(0);
        world.Queue.Parked.ShouldBeEmpty();
        (await world.PartitionAsync("ada")).Find("erased")!.Text("touches").ShouldBe("win-back|Skipped=1");
        foreach (var table in (StoreTable[])[StoreTable.Due, StoreTable.OpenWork, StoreTable.CustomerIndex, StoreTable.CampaignLog])
        {
            world.Store.Everything(table).Where(r => r.Row.Key.Contains(world.KeyOf("ada").Value)).ShouldBeEmpty(table.ToString());
        }
    }

    [Fact]
    public async Task Catalogue_029_No_verb_takes_an_erased_id_in_again()
    {
        var (world, _) = await PlannedAsync();
        await EraseAsync(world);
        var now = world.Clock.Now;
        var order = new Order("late", now, now, OrderStatus.Placed, new Money(5, "EUR"), 0, [], []);

        (await world.Product.RecordOrders.RunAsync("ada", [order], now)).Erased.ShouldBeTrue();
        (await world.Product.RecordExperience.RunAsync("ada", new ExperienceNews.OwnerLeft("x1", now, "Ada Winter"), now)).ShouldBe(
            Recorded.Erased
        );
        await world.CustomerAsync("ada");
        await world.Product.ReceiveShopEvents.RunAsync(
            System.Text.Encoding.UTF8.GetBytes(
                $$$"""{"schema":1,"id":"e1","type":"customer.changed","occurredAt":"2026-06-29T08:00:00Z","customer":{"id":"ada","email":"{{{Word}}}"}}"""
            )
        );
        await world.Queue.DeliverDueAsync(world.Product.Handler);

        ShouldNameNobody(world);
        world.Store.Everything(StoreTable.Inbox).ShouldBeEmpty();
        (await world.PartitionAsync("ada")).Profile().ShouldBeNull();
    }

    [Fact]
    public async Task One_contact_of_an_account_is_erased_and_the_account_and_the_other_contact_stay()
    {
        var (world, _) = await PlannedAsync();
        await world.CustomerAsync(
            "ada",
            n => n with { Name = "Winter Works", ContactId = "buyer", ContactName = "Bo Lind", Roles = ["buyer"] }
        );
        await world.Product.RecordExperience.RunAsync(
            "ada",
            new ExperienceNews.ContactMoved("x2", world.Clock.Now, "Bo Lind"),
            world.Clock.Now
        );

        (await EraseAsync(world, "nobody")).ShouldBeNull();
        (await EraseAsync(world, "buyer")).ShouldNotBeNull();

        Everything(world).Where(r => r.Contains("Bo Lind")).ShouldBeEmpty();
        var partition = await world.PartitionAsync("ada");
        partition.Contacts().ShouldHaveSingleItem().ExternalId.ShouldBe(Contact.Primary);
        partition.Profile()!.Name.ShouldBe("Winter Works");
        partition.Summary().Orders.ShouldBe(1);
        await world.CustomerAsync("ada", n => n with { ContactId = "buyer", ContactName = "Bo Lind" });
        Everything(world).Where(r => r.Contains("Bo Lind")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_that_was_cut_off_anywhere_is_finished_by_the_same_command()
    {
        for (var cut = 0; ; cut++)
        {
            var failing = new CutOffStore();
            var world = new TripWorld(store: failing);
            await world.CustomerAsync("ada", n => n with { Name = "Ada Winter" });
            for (var i = 0; i < 150; i++)
            {
                await world.OrderAsync("ada", "2026-03-01", id: $"ada-2026-{i}");
            }

            failing.FailFrom = cut;
            var whole = await TryAsync(world);
            failing.FailFrom = int.MaxValue;
            if (!whole)
            {
                (await EraseAsync(world)).ShouldNotBeNull($"cut off at write {cut}");
            }

            failing
                .Inner.Everything(StoreTable.Customers)
                .Select(r => $"{r.Row.Key}: {string.Join(' ', r.Row.Properties.Entries.Select(e => e.Key))}")
                .Where(r => !r.StartsWith("erased", StringComparison.Ordinal))
                .ShouldBe(["consents: count head", "x-consent|00000001: number payload before seal"], $"cut off at write {cut}");
            if (whole)
            {
                cut.ShouldBeGreaterThan(4);
                return;
            }
        }
    }

    private static async Task<bool> TryAsync(TripWorld world)
    {
        try
        {
            await EraseAsync(world);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    /// <summary>A store that answers nothing any more from one write on.</summary>
    private sealed class CutOffStore : IRowStore
    {
        private int _writes;
        private int _failFrom = int.MaxValue;

        public Simulation.Ports.SimRowStore Inner { get; } = Simulation.Ports.SimRowStore.Quiet();

        public int FailFrom
        {
            set => (_failFrom, _writes) = (value, 0);
        }

        public ValueTask<RowPage> ReadAsync(PartitionId partition, RowRange range, int limit = 1000) =>
            Inner.ReadAsync(partition, range, limit);

        public ValueTask<CommitResult> CommitAsync(PartitionId partition, IReadOnlyList<RowWrite> writes) =>
            _writes++ >= _failFrom ? throw new StoreUnavailableException("cut off") : Inner.CommitAsync(partition, writes);
    }
}

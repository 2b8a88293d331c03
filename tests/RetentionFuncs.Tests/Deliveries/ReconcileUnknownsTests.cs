using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Embedded.Outbox;
using RetentionFuncs.Messages;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Commands;
using RetentionFuncs.Tests.Contracts;
using RetentionFuncs.Tests.Messages;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Deliveries;

public sealed class ReconcileUnknownsTests
{
    private readonly Log _log = new();

    private static async Task<(TripWorld World, Touchpoint Touch)> UnknownAsync(bool taken = true)
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-01");
        await world.LaunchAsync(CampaignWorks.WinBack());
        world.Provider.AnswerNext(new SendResult.Unknown("cut"), taken);
        await world.TickEveryDayAsync("2026-06-25", "2026-06-29");
        var touch = (await world.TouchesAsync("c1")).Single();
        touch.State.ShouldBe(TouchpointState.Unknown);
        return (world, touch);
    }

    private ReconcileUnknowns Over(TripWorld world, IProviderLog? log) =>
        new(world.Store, world.Product.RecordDeliveryEvents, world.Secret, log, world.Clock);

    private async Task<ReconcileReport> RunAsync(TripWorld world, Touchpoint touch, TimeSpan after)
    {
        world.Clock.Now = touch.ClaimedAt!.Value + after;
        return await Over(world, _log).RunAsync();
    }

    private static DeliveryEvent Noted(LogQuestion question) =>
        new(question.Touch, question.AttemptId, DeliveryEventKind.Processed, null, question.ClaimedAt, "Found in the log.");

    [Fact]
    public async Task What_the_log_has_is_sent_by_evidence_with_a_note_and_is_never_sent_again()
    {
        var (world, touch) = await UnknownAsync();
        _log.Answer = q => new LogAnswer.Found([Noted(q)]);

        (await RunAsync(world, touch, TimeSpan.FromMinutes(15))).ShouldBe(new ReconcileReport(1, 1, 0, null));

        (await world.TouchesAsync("c1")).Single().State.ShouldBe(TouchpointState.Sent);
        var evidence = await world
            .Store.ReadAllAsync(CustomerPartition.IdOf(touch.Customer), DeliveryEventRows.RangeOf(touch.Id))
            .ToListAsync();
        evidence.ShouldHaveSingleItem().Properties.Text("detail").ShouldBe("Found in the log.");
        var asked = _log.Asked.ShouldHaveSingleItem();
        (asked.Touch, asked.AttemptId, asked.ClaimedAt).ShouldBe((touch.Reference, touch.AttemptId!, touch.ClaimedAt!.Value));
        asked.Address!.Value.ShouldBe("c1@post.linden.shop");
        world.Provider.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task What_the_log_lacks_stays_unknown_stamped_and_is_asked_about_three_times()
    {
        var (world, touch) = await UnknownAsync(taken: false);
        var asked = new List<int>();
        foreach (var minutes in new[] { 14, 15, 16, 119, 120, 121, 600, 1_439, 1_440, 1_441, 10_000 })
        {
            await RunAsync(world, touch, TimeSpan.FromMinutes(minutes));
            if (_log.Asked.Count > asked.Count)
            {
                asked.Add(minutes);
            }

            asked.Count.ShouldBe(_log.Asked.Count);
        }

        asked.ShouldBe([15, 120, 1_440]);
        var after = (await world.TouchesAsync("c1")).Single();
        (after.State, after.NotFoundAt).ShouldBe((TouchpointState.Unknown, touch.ClaimedAt!.Value.AddMinutes(1_440)));
        await world.TickEveryDayAsync("2026-07-01", "2026-07-03");
        world.Provider.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_first_look_that_comes_late_uses_up_the_looks_it_missed()
    {
        var (world, touch) = await UnknownAsync();
        await RunAsync(world, touch, TimeSpan.FromHours(3));
        await RunAsync(world, touch, TimeSpan.FromHours(4));
        _log.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_claim_that_never_came_back_is_asked_about_even_before_the_sweep_saw_it()
    {
        var (world, touch) = await UnknownAsync();
        var partition = await world.PartitionAsync("c1");
        partition.PutTouchpoint(touch with { State = TouchpointState.Sending });
        await partition.CommitAsync();
        _log.Answer = q => new LogAnswer.Found([Noted(q)]);

        (await RunAsync(world, touch, TimeSpan.FromMinutes(20))).Found.ShouldBe(1);
        (await world.TouchesAsync("c1")).Single().State.ShouldBe(TouchpointState.Sent);
    }

    [Fact]
    public async Task A_log_that_asks_to_wait_ends_the_pass_and_uses_up_no_look()
    {
        var (world, touch) = await UnknownAsync();
        var until = touch.ClaimedAt!.Value.AddMinutes(40);
        _log.Answer = _ => new LogAnswer.Unanswered(until, "too many");

        (await RunAsync(world, touch, TimeSpan.FromMinutes(20))).GoOnAt.ShouldBe(until);
        _log.Answer = _ => new LogAnswer.NotFound();
        (await RunAsync(world, touch, TimeSpan.FromMinutes(41))).NotFound.ShouldBe(1);
    }

    [Fact]
    public async Task An_address_that_has_changed_is_not_asked_about()
    {
        var (world, touch) = await UnknownAsync();
        EmailAddress.TryParse("new@post.linden.shop", out var moved, out _).ShouldBeTrue();
        await world.CustomerAsync("c1", n => n with { Email = moved });

        await RunAsync(world, touch, TimeSpan.FromMinutes(20));

        _log.Asked.ShouldHaveSingleItem().Address.ShouldBeNull();
    }

    [Fact]
    public async Task What_cannot_be_told_is_not_stamped_as_not_found_and_not_asked_again_at_once()
    {
        var (world, touch) = await UnknownAsync();
        _log.Answer = _ => new LogAnswer.CannotTell("no address");
        await RunAsync(world, touch, TimeSpan.FromMinutes(20));
        await RunAsync(world, touch, TimeSpan.FromMinutes(25));

        _log.Asked.Count.ShouldBe(1);
        (await world.TouchesAsync("c1")).Single().NotFoundAt.ShouldBeNull();
    }

    [Fact]
    public async Task Only_its_own_shard_is_read_and_a_cancelled_pass_says_that_it_must_go_on()
    {
        var (world, touch) = await UnknownAsync();
        world.Clock.Now = touch.ClaimedAt!.Value.AddMinutes(20);
        var reconcile = Over(world, _log);
        var own = Shards.Of(touch.Customer);
        foreach (var shard in Shards.All.Where(s => s != own))
        {
            (await reconcile.RunShardAsync(shard, CancellationToken.None)).ShouldBe(ReconcileReport.None);
        }

        (await reconcile.RunShardAsync(own, new CancellationToken(true))).GoOnAt.ShouldNotBeNull();
        _log.Asked.ShouldBeEmpty();
        (await reconcile.RunShardAsync(own, CancellationToken.None)).Asked.ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_log_nothing_is_done()
    {
        var (world, touch) = await UnknownAsync();
        world.Clock.Now = touch.ClaimedAt!.Value.AddHours(3);
        Over(world, null).IsOn.ShouldBeFalse();
        (await Over(world, null).RunAsync()).ShouldBe(ReconcileReport.None);
    }

    [Fact]
    public async Task A_written_file_of_the_outbox_proves_it_and_a_draft_does_not()
    {
        using var scratch = new ScratchFolder();
        var log = new OutboxLog(scratch.Path);
        var message = MessageSamples.Rendered(MessageSamples.Request());
        var question = new LogQuestion(MessageSamples.Touch, message.AttemptId, null, message.At.ToUniversalTime());
        (await log.FindAsync(question)).ShouldBeOfType<LogAnswer.NotFound>();

        var path = new OutboxSender(scratch.Path, TimeProvider.System).PathOf(message);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path + ".part", "half");
        (await log.FindAsync(question)).ShouldBeOfType<LogAnswer.NotFound>();

        File.Delete(path + ".part");
        await new OutboxSender(scratch.Path, TimeProvider.System).SendAsync(message);
        (await log.FindAsync(question))
            .ShouldBeOfType<LogAnswer.Found>()
            .Events.Single()
            .ShouldSatisfyAllConditions(
                e => e.Kind.ShouldBe(DeliveryEventKind.Processed),
                e => e.AttemptId.ShouldBe(message.AttemptId),
                e => e.Detail!.ShouldContain("outbox")
            );
        (await log.FindAsync(question with { AttemptId = "another" })).ShouldBeOfType<LogAnswer.NotFound>();
    }

    [Fact]
    public async Task A_message_written_just_after_midnight_of_its_zone_is_found_from_the_day_before()
    {
        using var scratch = new ScratchFolder();
        var message = MessageSamples.Rendered(MessageSamples.Request()) with
        {
            At = DateTimeOffset.Parse("2026-03-06T00:30:00+13:00", null),
        };
        await new OutboxSender(scratch.Path, TimeProvider.System).SendAsync(message);

        var question = new LogQuestion(MessageSamples.Touch, message.AttemptId, null, message.At.ToUniversalTime());
        (await new OutboxLog(scratch.Path).FindAsync(question)).ShouldBeOfType<LogAnswer.Found>();
    }

    [Fact]
    public async Task The_explanation_says_that_the_log_had_nothing_in_both_languages()
    {
        var (world, touch) = await UnknownAsync();
        await RunAsync(world, touch, TimeSpan.FromMinutes(20));

        var told = (await world.Product.ExplainCustomer.RunAsync("c1", world.Clock.Now))!.Campaigns.Single().Messages.Single().Sentence;
        told.En.ShouldContain("the provider's log had nothing of it");
        told.Zh.ShouldContain("未见记录");
    }

    [Fact]
    public async Task A_folder_s_own_tick_finds_the_file_of_a_send_that_was_cut_off()
    {
        using var shop = await Shop.OpenAsync();
        var today = new BusinessCalendar("Europe/Berlin").DayOf(TimeProvider.System.GetUtcNow());
        await shop.CustomersAsync(1, $"{today.AddDays(-10):yyyy-MM-dd}");
        await shop.GreetAsync("greeting", today);
        (await shop.RunAsync("tick")).Ended();
        shop.Outbox().Length.ShouldBe(1);
        await ChangeAsync(shop, t => t with { State = TouchpointState.Unknown, SettledAt = null, Reason = "NeverSettled" });

        (await shop.RunAsync("tick", "--as-of", $"{today.AddDays(1):yyyy-MM-dd}")).Ended();

        (await ChangeAsync(shop, t => t)).State.ShouldBe(TouchpointState.Sent);
        shop.Outbox().Length.ShouldBe(1);
    }

    private static async Task<Touchpoint> ChangeAsync(Shop shop, Func<Touchpoint, Touchpoint> change)
    {
        using var home = await EmbeddedHome.OpenAsync(new HomeFolder(shop.Data), new HomeOptions(TimeProvider.System));
        var partition = await CustomerPartition.LoadAsync(home.Product.Store, home.Product.Secret.CustomerKeyOf("c1"));
        var touch = partition.Touchpoints().Single();
        partition.PutTouchpoint(change(touch));
        (await partition.CommitAsync()).ShouldBeOfType<CommitResult.Applied>();
        return touch;
    }

    private sealed class Log : IProviderLog
    {
        public List<LogQuestion> Asked { get; } = [];

        public Func<LogQuestion, LogAnswer> Answer { get; set; } = _ => new LogAnswer.NotFound();

        public ValueTask<LogAnswer> FindAsync(LogQuestion question)
        {
            Asked.Add(question);
            return ValueTask.FromResult(Answer(question));
        }
    }
}

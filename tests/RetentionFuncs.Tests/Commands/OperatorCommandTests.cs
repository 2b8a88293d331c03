using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Embedded.Queue;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Identity;
using RetentionFuncs.Operations;
using RetentionFuncs.Queues;

namespace RetentionFuncs.Tests.Commands;

/// <summary>What a person does by hand: dead letters and the kill switch, with who and why on file.</summary>
public sealed class OperatorCommandTests
{
    private static readonly DateTimeOffset Then = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_dead_letter_is_listed_shown_and_queued_again()
    {
        using var shop = await Shop.OpenAsync();
        await ParkAsync(shop, "a");

        (await shop.RunAsync("deadletters")).Ended().Out.ShouldContain("a:send:0  look at me");
        (await shop.RunAsync("deadletters", "list", "--json")).Ended().Json().GetArrayLength().ShouldBe(1);
        (await shop.RunAsync("deadletters", "show", "a:send:0")).Ended().Out.ShouldContain("\"ref\":\"a\"");
        (await shop.RunAsync("deadletters", "show", "a:send:0", "--json")).Ended().Json().GetProperty("attempts").GetInt32().ShouldBe(1);
        (await shop.RunAsync("deadletters", "replay", "a:send:0")).Ended().Out.ShouldContain("is queued again");
        (await shop.RunAsync("deadletters", "--json")).Ended().Json().GetArrayLength().ShouldBe(0);
        (await CountAsync(shop)).ShouldBe(new QueueCounts(1, 0, 0));
        (await LogAsync(shop)).Select(o => (o.What, o.Subject, o.Why)).ShouldBe([("replay-dead-letter", "a:send:0", "look at me")]);
    }

    [Fact]
    public async Task A_dead_letter_is_dropped_only_with_a_reason_and_the_reason_is_on_file()
    {
        using var shop = await Shop.OpenAsync();
        await ParkAsync(shop, "a");

        (await shop.RunAsync("deadletters", "drop", "a:send:0")).Ended(Exit.WrongUsage);
        (await shop.RunAsync("deadletters", "drop", "a:send:0", "--reason", " ")).Ended(Exit.WrongUsage).Err.ShouldContain("--reason");
        (await CountAsync(shop)).Parked.ShouldBe(1);
        (await shop.RunAsync("deadletters", "drop", "a:send:0", "--reason", "it was a test")).Ended().Out.ShouldContain("is dropped");

        (await CountAsync(shop)).ShouldBe(new QueueCounts(0, 0, 0));
        var noted = (await LogAsync(shop)).ShouldHaveSingleItem();
        (noted.What, noted.Subject, noted.Why, noted.By).ShouldBe(("drop-dead-letter", "a:send:0", "it was a test", Environment.UserName));
    }

    [Theory]
    [InlineData("show", "nothing")]
    [InlineData("replay", "nothing")]
    [InlineData("drop", "nothing", "--reason", "because")]
    public async Task An_id_that_nothing_has_is_told_and_nothing_is_noted(params string[] args)
    {
        using var shop = await Shop.OpenAsync();
        (await shop.RunAsync(["deadletters", .. args])).Ended(Exit.WrongUsage).Err.ShouldContain("'nothing'");
        (await LogAsync(shop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_kill_switch_stops_what_is_planned_and_doctor_says_who_and_why()
    {
        using var shop = await Shop.OpenAsync();
        await shop.CustomersAsync(2, "2026-01-05");
        await shop.GreetAsync("greeting", new DateOnly(2099, 1, 1));
        (await shop.RunAsync("kill-switch", "on")).Ended(Exit.WrongUsage);
        (await shop.RunAsync("kill-switch", "on", "--reason", "wrong coupon")).Ended().Out.ShouldContain("nothing is sent");

        (await shop.RunAsync("tick", "--as-of", "2099-01-01")).Ended();
        shop.Outbox().ShouldBeEmpty();
        var doctor = await shop.RunAsync("doctor");
        doctor.Status.ShouldBe(Exit.WithRefusals);
        doctor.Out.ShouldContain($"by {Environment.UserName} at");
        doctor.Out.ShouldContain("wrong coupon");
        (await shop.RunAsync("doctor", "--lang", "zh")).Out.ShouldContain("所有发送已被人工停止");

        (await shop.RunAsync("kill-switch", "off", "--reason", "coupon mended", "--json"))
            .Ended()
            .Json()
            .GetProperty("on")
            .GetBoolean()
            .ShouldBeFalse();
        (await shop.RunAsync("doctor")).Out.ShouldNotContain("by hand");
        (await LogAsync(shop)).Select(o => o.What).ShouldBe(["kill-switch-off", "kill-switch-on"]);
    }

    private static async Task ParkAsync(Shop shop, string reference)
    {
        using var database = SqliteDatabase.Open(shop.Data);
        var queue = new SqliteQueue(database, TimeProvider.System, new RandomIdSource());
        await queue.EnqueueAsync(new QueueMessage(QueueMessage.CurrentSchema, reference, Purposes.Send, 0), Then);
        await queue.DeliverDueAsync(new Parking(), Then, 1);
    }

    private static async Task<QueueCounts> CountAsync(Shop shop)
    {
        using var database = SqliteDatabase.Open(shop.Data);
        return await new SqliteQueue(database, TimeProvider.System, new RandomIdSource()).CountAsync();
    }

    private static async Task<List<Operation>> LogAsync(Shop shop)
    {
        using var database = SqliteDatabase.Open(shop.Data);
        var log = new List<Operation>();
        await foreach (var operation in new OperatorLog(new SqliteRowStore(database)).ReadAsync())
        {
            log.Add(operation);
        }

        return log;
    }

    private sealed class Parking : IQueueHandler
    {
        public ValueTask<HandlerAnswer> HandleAsync(QueueMessage message) =>
            ValueTask.FromResult<HandlerAnswer>(new HandlerAnswer.Park("look at me"));
    }
}

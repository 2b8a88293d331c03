using System.Text.Json;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Embedded.Queue;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Identity;
using RetentionFuncs.Imports;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Commands;
using RetentionFuncs.Tests.Keeping;

namespace RetentionFuncs.Tests.Alerts;

/// <summary>A person is told once when something needs them, and once when it is over.</summary>
public sealed class AlertTests
{
    private const string Mail = "alerts: {mail: ops@linden.shop, free_disk_mb: 0}";

    [Fact]
    public async Task A_dead_letter_is_told_once_in_both_languages_by_file_and_mail_and_told_over_once()
    {
        using var shop = await Shop.OpenAsync(Mail);
        await ParkAsync(shop);
        (await shop.RunAsync("tick")).Ended();
        (await shop.RunAsync("tick")).Ended();
        (await shop.RunAsync("tick")).Ended();

        var raised = Lines(shop).ShouldHaveSingleItem();
        raised.ShouldContain("\"cause\":\"dead-letters\",\"state\":\"raised\"");
        raised.ShouldContain("1 queue messages wait");
        raised.ShouldContain("1 条队列消息待人工处理");
        var mail = await File.ReadAllTextAsync(shop.Outbox().ShouldHaveSingleItem());
        mail.ShouldContain("To: ops@linden.shop");
        mail.ShouldContain("dead-letters");
        (await shop.RunAsync("doctor")).Ended(Exit.WithRefusals);

        (await shop.RunAsync("deadletters", "drop", "a:send:0", "--reason", "tried")).Ended();
        (await shop.RunAsync("tick")).Ended();
        (await shop.RunAsync("tick")).Ended();

        Lines(shop).Length.ShouldBe(2);
        Lines(shop)[1].ShouldContain("\"state\":\"cleared\"");
        shop.Outbox().Length.ShouldBe(2);
        (await shop.RunAsync("doctor")).Ended();
    }

    [Fact]
    public async Task Without_an_address_the_file_alone_is_written_and_no_message_leaves()
    {
        using var shop = await Shop.OpenAsync("alerts: {free_disk_mb: 9999999}");
        (await shop.RunAsync("tick")).Ended();

        Lines(shop).ShouldHaveSingleItem().ShouldContain("disk-full");
        shop.Outbox().ShouldBeEmpty();
        (await shop.RunAsync("doctor", "--lang", "zh")).Ended(Exit.WithRefusals).Out.ShouldContain("所在磁盘快满");
    }

    [Fact]
    public async Task An_import_left_applying_a_foreign_event_and_timers_that_stood_still_are_told()
    {
        using var shop = await Shop.OpenAsync(Mail);
        using (var home = await CanaryTests.HomeAsync(shop))
        {
            var (store, longAgo) = (home.Product.Store, DateTimeOffset.UtcNow.AddHours(-5));
            await new ImportRuns(store).WriteAsync(
                new ImportRun("orders:abc", "orders", "orders.csv", ImportState.Applying, longAgo, longAgo)
            );
            await store.PutAnyAsync(new PartitionId(StoreTable.Control, "quarantine"), "foreign|other|a|b", new PropertyBag());
            await store.PutAnyAsync(new PartitionId(StoreTable.Control, "ticks"), "last", new PropertyBag().Set("at", longAgo));
        }

        (await shop.RunAsync("doctor")).Ended(Exit.WithRefusals).Out.ShouldContain("stood still for 5.0 hours");
        (await shop.RunAsync("tick")).Ended();

        Lines(shop).Select(Cause).ShouldBe(["foreign-instance", "import-unfinished", "tick-overdue"], ignoreOrder: true);
        (await shop.RunAsync("tick")).Ended();
        Lines(shop).Where(l => l.Contains("cleared")).Select(Cause).ShouldBe(["tick-overdue"]);
    }

    [Fact]
    public async Task A_kill_switch_is_no_alert_at_once_and_one_when_it_was_left_on()
    {
        using var shop = await Shop.OpenAsync(Mail);
        (await shop.RunAsync("tick")).Ended();
        (await shop.RunAsync("kill-switch", "on", "--reason", "wrong coupon")).Ended();
        (await shop.RunAsync("tick")).Ended();
        File.Exists(Path.Combine(shop.Data, "alerts.jsonl")).ShouldBeFalse();

        (await shop.RunAsync("tick", "--as-of", $"{DateTimeOffset.UtcNow.AddMinutes(59):O}")).Ended();
        File.Exists(Path.Combine(shop.Data, "alerts.jsonl")).ShouldBeFalse();
        (await shop.RunAsync("tick", "--as-of", $"{DateTimeOffset.UtcNow.AddMinutes(61):O}")).Ended();
        Lines(shop).Select(Cause).ShouldBe(["kill-switch-on"]);
    }

    private static string[] Lines(Shop shop) => File.ReadAllLines(Path.Combine(shop.Data, "alerts.jsonl"));

    private static string? Cause(string line) => JsonDocument.Parse(line).RootElement.GetProperty("cause").GetString();

    private static async Task ParkAsync(Shop shop)
    {
        var then = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
        using var database = SqliteDatabase.Open(shop.Data);
        var queue = new SqliteQueue(database, TimeProvider.System, new RandomIdSource());
        await queue.EnqueueAsync(new QueueMessage(QueueMessage.CurrentSchema, "a", Purposes.Send, 0), then);
        await queue.DeliverDueAsync(new Parking(), then, 1);
    }

    private sealed class Parking : IQueueHandler
    {
        public ValueTask<HandlerAnswer> HandleAsync(QueueMessage message) =>
            ValueTask.FromResult<HandlerAnswer>(new HandlerAnswer.Park("look at me"));
    }
}

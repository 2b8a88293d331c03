using System.Text;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Experiences;
using RetentionFuncs.Imports.Uploads;
using RetentionFuncs.Queues;
using RetentionFuncs.Scoring.Reasons;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Commands;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Keeping;

/// <summary>One person who is in every place the product has, and after erasing in none of them.</summary>
public sealed class CanaryTests
{
    private const string Id = "canary-77";
    private const string Email = "kanarienvogel@post.linden.shop";
    private const string Phone = "+4915157005544";
    private const string Name = "Zenobia Kanarienvogel";
    private static readonly string[] Words = [Email, Phone, "15157005544", Name, "Kanarienvogel", Id];

    [Fact]
    public async Task Catalogue_151_A_canary_is_found_nowhere_after_erasing_and_is_not_taken_in_again()
    {
        using var shop = await CanaryShopAsync();
        FolderBytes.Holding(shop, Words).Count.ShouldBeGreaterThan(10, "the search must see the canary where it is");

        var told = (await shop.RunAsync("erase", Id, "--reason", "asked by letter")).Ended();

        told.Out.ShouldContain("Addresses that get nothing more: 2");
        FolderBytes.Holding(shop, Words).ShouldBeEmpty();
        (await shop.RunAsync("explain", Id)).Ended(Exit.WrongUsage);

        shop.Write(
            "again.csv",
            "customer_id,name,email,phone,country,language,consent",
            $"{Id},{Name},{Email},{Phone},DE,en,yes",
            "c9,Bo,bo@post.linden.shop,,DE,en,yes"
        );
        shop.Write("late.csv", "customer_id,order_id,date,amount,email", $"{Id},late-1,2026-02-01,20.00,{Email}");
        var refused = (await shop.RunAsync("import", "customers", "again.csv")).Ended(Exit.WithRefusals);
        (refused.Out + refused.Err).ShouldContain("erased at the person's wish");
        (refused.Out + refused.Err).ShouldNotContain(Email);
        (await shop.RunAsync("import", "orders", "late.csv")).Ended(Exit.WithRefusals);
        (await shop.RunAsync("import", "customers", "again.csv", "--lang", "zh")).Ended(Exit.WithRefusals).Err.ShouldNotContain(Name);
        FolderBytes.Holding(shop, Words).ShouldBeEmpty("neither the refused rows nor a fresh row may name the person");

        (await shop.RunAsync("tick", "--as-of", "2099-01-03")).Ended();
        FolderBytes.Holding(shop, Words).ShouldBeEmpty();
        (await shop.RunAsync("erase", Id, "--reason", "asked again")).Ended().Out.ShouldContain("was erased before");
    }

    [Fact]
    public async Task Everybody_else_keeps_every_row_and_the_address_takes_no_more_mail()
    {
        using var shop = await CanaryShopAsync();
        var before = await RowsOfOthersAsync(shop);

        (await shop.RunAsync("erase", Id, "--reason", "asked by letter", "--lang", "zh")).Ended().Out.ShouldContain("已删除此人的资料");

        (await RowsOfOthersAsync(shop)).ShouldBe(before);
        using var home = await HomeAsync(shop);
        EmailAddress.TryParse(Email, out var email, out _).ShouldBeTrue();
        var standing = await new Suppress(home.Product.Store).ReadAsync(home.Product.Secret.AddressKeyOf(email!));
        standing.Suppression!.Reason.ShouldBe(SuppressionReason.Unsubscribed);
        standing.Person.ShouldBeNull();
        standing.Slots.Taken.ShouldBeEmpty();
        var left = await RowsAsync(home, CustomerPartition.IdOf(home.Product.Secret.CustomerKeyOf(Id)));
        left.ShouldBe(["consents", "erased", "x-consent|00000001"], "the seals of the consent history stay, without what they spoke of");
        var history = await home.Product.ReadConsents.RunAsync(home.Product.Secret.CustomerKeyOf(Id));
        (history.IsWhole, history.Count, history.Entries.Count).ShouldBe((true, 1, 0));
        (await File.ReadAllTextAsync(Path.Combine(shop.Data, "refused", "others.refused.csv"))).ShouldContain("somebody-else");
    }

    [Fact]
    public async Task Who_asks_for_it_may_stay_reachable_and_one_who_is_not_on_file_is_told()
    {
        using var shop = await CanaryShopAsync();

        (await shop.RunAsync("erase", "nobody", "--reason", "asked")).Ended(Exit.WrongUsage).Err.ShouldContain("No customer 'nobody'");
        (await shop.RunAsync("erase", Id)).Ended(Exit.WrongUsage);
        (await shop.RunAsync("erase", Id, "--reason", " ")).Ended(Exit.WrongUsage).Err.ShouldContain("--reason");
        var told = (await shop.RunAsync("erase", Id, "--suppress", "false", "--reason", "asked", "--json")).Ended().Json();

        told.GetProperty("suppressed").GetInt32().ShouldBe(0);
        told.GetProperty("atProvider")[0].GetString().ShouldBe(Email);
        FolderBytes.Holding(shop, Words).ShouldBeEmpty();
    }

    internal static Task<EmbeddedHome> HomeAsync(Shop shop) =>
        EmbeddedHome.OpenAsync(new HomeFolder(shop.Data), new HomeOptions(new MovableClock(TimeProvider.System)));

    private static async Task<List<string>> RowsAsync(EmbeddedHome home, PartitionId partition)
    {
        var keys = new List<string>();
        await foreach (var row in home.Product.Store.ReadAllAsync(partition, RowRange.All))
        {
            keys.Add(row.Key);
        }

        return keys;
    }

    private static async Task<string> RowsOfOthersAsync(Shop shop)
    {
        using var home = await HomeAsync(shop);
        var text = new StringBuilder();
        foreach (var id in (string[])["c1", "c2"])
        {
            await foreach (
                var row in home.Product.Store.ReadAllAsync(CustomerPartition.IdOf(home.Product.Secret.CustomerKeyOf(id)), RowRange.All)
            )
            {
                text.Append(row.Key).Append(string.Join('|', row.Properties.Entries)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Customers, a campaign that has written to all of them, and the canary in every inbox, file and note.</summary>
    private static async Task<Shop> CanaryShopAsync()
    {
        var shop = await Shop.OpenAsync();
        await shop.CustomersAsync(2, "2026-01-05");
        shop.Write(
            "canary.csv",
            "customer_id,name,email,phone,country,language,birthday,consent,consent_at",
            $"{Id},{Name},{Email},{Phone},DE,en,1980-05-05,yes,2024-01-05"
        );
        shop.Write("canary-orders.csv", "customer_id,order_id,date,amount,name", $"{Id},co1,2026-01-05,50.00,{Name}");
        (await shop.RunAsync("import", "customers", "canary.csv")).Ended();
        (await shop.RunAsync("import", "orders", "canary-orders.csv")).Ended();
        shop.Write(
            "others.csv",
            "customer_id,name,email,phone,country,language,consent",
            $"{Id}b,{Name},not an address,,DE,en,yes",
            $"somebody-else,Bo,also none,,DE,en,yes",
            $"x1,\"two\nlines {Name}\",{Email} {Email},,DE,en,yes"
        );
        (await shop.RunAsync("import", "customers", "others.csv")).Ended(Exit.WithRefusals);
        await shop.GreetAsync("greeting", new DateOnly(2099, 1, 1));
        (await shop.RunAsync("tick", "--as-of", "2099-01-01")).Ended();
        shop.Outbox().Length.ShouldBe(3);
        using var home = await HomeAsync(shop);
        await PutAroundAsync(home);
        File.WriteAllText(home.Folder.In("alerts.jsonl"), $"{{\"text\":\"about {Email}\"}}\n{{\"text\":\"about nobody\"}}\n");
        File.WriteAllText(home.Folder.In("before-upgrade-1.db"), $"an old database with {Email}");
        return shop;
    }

    private static async Task PutAroundAsync(EmbeddedHome home)
    {
        var (product, now) = (home.Product, DateTimeOffset.UtcNow);
        var key = product.Secret.CustomerKeyOf(Id);
        var touch = (await CustomerPartition.LoadAsync(product.Store, key)).Touchpoints().Single();
        await product.RecordDeliveryEvents.RunAsync([
            new DeliveryEvent(touch.Reference, touch.AttemptId!, DeliveryEventKind.Deferred, null, now, $"450 {Email} is busy"),
            new DeliveryEvent(touch.Reference, "another attempt", DeliveryEventKind.Deferred, null, now, $"450 {Email} is busy"),
        ]);
        await product.ReceiveShopEvents.RunAsync(
            Encoding.UTF8.GetBytes(
                $$$"""{"schema":1,"id":"e1","type":"customer.changed","occurredAt":"2026-02-02T10:00:00Z","customer":{"id":"{{{Id}}}","email":"{{{Email}}}","name":"Zenobia \u004banarienvogel"}}"""
            )
        );
        await product.NoteOperation.RunAsync("somebody", "replay-dead-letter", "a:send:0", $"for {Email}, called from {Phone}");
        await new ReasonAnswers(product.Store).PutAsync(key, "survey-1", ReasonKind.Price, now);
        await home.Queue.EnqueueAsync(new QueueMessage(1, $"{key}.x", Purposes.Send, 0), now);
        await home.Queue.DeliverDueAsync(new Parking(), now.AddMinutes(1), 1);
        await UploadAsync(product, $"customer_id,name,email\n{Id},{Name},{Email}\nc3,Bo,broken\n");
    }

    private static async Task UploadAsync(RetentionProduct product, string csv)
    {
        var bytes = Encoding.UTF8.GetBytes(csv);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        var wish = new UploadWish("customers", "up.csv", bytes.Length, hash, new(), "somebody");
        var begun = (BeginAnswer.Begun)await product.ReceiveUpload.BeginAsync(wish);
        await product.ReceiveUpload.PutAsync(begun.Upload.Id, 0, bytes);
        await product.ReceiveUpload.CompleteAsync(begun.Upload.Id);
        await product.Handler.HandleAsync(ApplyUpload.MessageOf((await product.ReceiveUpload.FindAsync(begun.Upload.Id))!));
    }

    private sealed class Parking : IQueueHandler
    {
        public ValueTask<HandlerAnswer> HandleAsync(QueueMessage message) =>
            ValueTask.FromResult<HandlerAnswer>(new HandlerAnswer.Park($"stumbled over {Email}"));
    }
}

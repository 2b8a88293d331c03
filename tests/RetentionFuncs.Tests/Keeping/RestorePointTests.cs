using RetentionFuncs.Customers;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Embedded.Keeping;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Keeping;
using RetentionFuncs.Tests.Commands;
using RetentionFuncs.Tests.Contracts;
using RetentionFuncs.Touchpoints;
using Xunit.Abstractions;

namespace RetentionFuncs.Tests.Keeping;

/// <summary>Older states of the database put back by hand, hundreds of times, at any moment of a day.</summary>
public sealed class RestorePointTests(ITestOutputHelper output)
{
    private const int Restores = 200;
    private const int Customers = 4;
    private static readonly DateOnly First = new(2099, 1, 1);

    [Fact]
    public async Task Catalogue_137_After_any_older_state_was_put_back_nothing_is_sent_twice()
    {
        using var shop = await DailyShopAsync();
        var (random, backups) = (new Random(20260301), new List<string>());
        var (now, frozen, found) = (First.ToDateTime(new TimeOnly(8, 0), DateTimeKind.Utc), 0, 0);
        for (var i = 0; i < Restores; i++)
        {
            using (var home = await OpenAsync(shop, now))
            {
                for (var turn = random.Next(1, 4); turn > 0; turn--)
                {
                    now = now.AddHours(random.Next(1, 7));
                    await LiveAsync(home, now, random, shop, backups);
                }
            }

            PutBack(shop, backups[random.Next(Math.Max(0, backups.Count - 12), backups.Count)]);
            using var again = await OpenAsync(shop, now);
            if (await new RestoreRows(again.Product.Store).ReadAsync() is { IsFrozen: true } standing)
            {
                frozen++;
                await new Ticking(again).RunAsync();
                found += await ReleaseAsync(again, standing);
            }
        }

        var sent = shop.Outbox().Select(f => Path.GetFileName(f)[..53]).ToArray();
        output.WriteLine($"{Restores} restores, {frozen} frozen, {found} messages found again, {sent.Length} sent");
        sent.Length.ShouldBe(sent.Distinct().Count(), "a message was sent twice");
        frozen.ShouldBeGreaterThan(120);
        found.ShouldBeGreaterThan(200);
        sent.Length.ShouldBeGreaterThan(200);
    }

    [Fact]
    public async Task While_it_is_frozen_nothing_leaves_even_with_the_kill_switch_off()
    {
        using var shop = await DailyShopAsync();
        var now = First.ToDateTime(new TimeOnly(8, 0), DateTimeKind.Utc);
        var backup = shop.FileOf("older.db");
        using (var home = await OpenAsync(shop, now))
        {
            await home.Database.BackUpAsync(backup);
            await new Ticking(home).RunAsync();
        }

        var sent = shop.Outbox().Length;
        sent.ShouldBe(Customers);
        PutBack(shop, backup);
        using var again = await OpenAsync(shop, now.AddHours(2));
        (await again.Product.Campaigns.IsKilledAsync()).ShouldBeTrue();
        await again.Product.Campaigns.KillAsync(false, "somebody");
        again.Product.Campaigns.Forget();

        await new Ticking(again).RunAsync();
        Stand(again, now.AddHours(4));
        await new Ticking(again).RunAsync();

        shop.Outbox().Length.ShouldBe(sent);
        var standing = (await new RestoreRows(again.Product.Store).ReadAsync())!;
        (await ReleaseOlderState.RunAsync(again, standing, RestWord.None)).Report.Found.ShouldBe(Customers);
    }

    [Fact]
    public async Task Who_unsubscribed_or_was_erased_after_the_backup_stays_so()
    {
        using var shop = await DailyShopAsync();
        var now = First.ToDateTime(new TimeOnly(8, 0), DateTimeKind.Utc);
        var backup = shop.FileOf("older.db");
        using (var home = await OpenAsync(shop, now))
        {
            await home.Database.BackUpAsync(backup);
            await new Ticking(home).RunAsync();
            var touch = (await CustomerPartition.LoadAsync(home.Product.Store, home.Product.Secret.CustomerKeyOf("c1")))
                .Touchpoints()
                .Single();
            await home.Product.ChangePreferences.StopAsync(touch.Reference, "page", home.Product.Clock.GetUtcNow());
            await home.Product.EraseCustomer.RunAsync(new ErasureWish("c2", null, true, "tester", "asked"));
        }

        PutBack(shop, backup);
        FolderBytes.Holding(shop, "c2@post.linden.shop").ShouldNotBeEmpty();
        using (var again = await OpenAsync(shop, now.AddHours(1)))
        {
            EmailAddress.TryParse("c1@post.linden.shop", out var email, out _).ShouldBeTrue();
            var standing = await new RetentionFuncs.ContactPolicy.Suppress(again.Product.Store).ReadAsync(
                again.Product.Secret.AddressKeyOf(email!)
            );
            standing.Suppression!.Reason.ShouldBe(RetentionFuncs.ContactPolicy.SuppressionReason.Unsubscribed);
        }

        FolderBytes.Holding(shop, "c2@post.linden.shop").ShouldBeEmpty();
    }

    [Fact]
    public async Task Catalogue_124_A_clone_of_the_folder_is_noticed_by_a_second_place_that_both_share()
    {
        using var shop = await DailyShopAsync();
        using var state = new ScratchFolder();
        var now = First.ToDateTime(new TimeOnly(8, 0), DateTimeKind.Utc);
        EpochFile[] places = [new(shop.FileOf(".retention/retention.epoch")), new(state.File("shared.epoch"))];
        using var database = SqliteDatabase.Open(shop.Data);
        var guard = new EpochGuard(database, places);
        await guard.MoveAsync(now);
        var clone = shop.FileOf("clone.db");
        await database.BackUpAsync(clone);
        File.Copy(places[0].Path, state.File("own.epoch"));
        guard.Objection().ShouldBeNull();
        await guard.MoveAsync(now);

        Directory.CreateDirectory(shop.FileOf("other"));
        File.Move(clone, shop.FileOf("other/retention.db"));
        using var cloned = SqliteDatabase.Open(shop.FileOf("other"));
        new EpochGuard(cloned, [new(state.File("own.epoch"))]).Objection().ShouldBeNull("a clone with its own file looks whole");
        new EpochGuard(cloned, [new(state.File("own.epoch")), places[1]]).Objection()!.En.ShouldContain("older state");
    }

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(0, -1, null)]
    [InlineData(0, 1, "older state")]
    [InlineData(1, -5, "older state")]
    [InlineData(-1, 5, null)]
    public async Task The_database_is_older_only_if_the_file_beside_it_knows_more(long epochs, long marks, string? objection)
    {
        using var folder = new ScratchFolder();
        using var database = SqliteDatabase.Open(folder.Path);
        var file = new EpochFile(folder.File("retention.epoch"));
        var guard = new EpochGuard(database, [file]);
        guard.Objection().ShouldBeNull("a database that never sent needs no file");
        await database.BeginEpochAsync(5);
        await guard.MoveAsync(DateTimeOffset.UnixEpoch);

        file.Write(new EpochNote(database.InstanceId, 5 + epochs, 1 + marks, DateTimeOffset.UnixEpoch));
        (guard.Objection()?.En.Contains("older state")).ShouldBe(objection is null ? null : true);

        file.Write(new EpochNote("of another database", 1, 1, DateTimeOffset.UnixEpoch));
        guard.Objection()!.En.ShouldContain("another database");
        File.Delete(file.Path);
        guard.Objection()!.En.ShouldContain("is missing");
    }

    /// <summary>A stretch of a day, with copies of the database taken between any two of its parts.</summary>
    private static async Task LiveAsync(EmbeddedHome home, DateTime now, Random random, Shop shop, List<string> backups)
    {
        async Task MaybeBackUpAsync()
        {
            if (backups.Count == 0 || random.Next(3) == 0)
            {
                var path = shop.FileOf($"backup-{backups.Count}.db");
                await home.Database.BackUpAsync(path);
                backups.Add(path);
            }
        }

        Stand(home, now);
        await MaybeBackUpAsync();
        await home.Product.ReviewDue.RunAsync();
        await MaybeBackUpAsync();
        await new Ticking(home).DeliverAsync();
        await MaybeBackUpAsync();
        await new Ticking(home).RunAsync();
        await MaybeBackUpAsync();
    }

    private static async Task<int> ReleaseAsync(EmbeddedHome home, RestoreStanding standing)
    {
        var ending = await ReleaseOlderState.RunAsync(home, standing, RestWord.Send);
        ending.Released.ShouldBeTrue();
        return ending.Report.Found;
    }

    private static void Stand(EmbeddedHome home, DateTime now) => ((MovableClock)home.Product.Clock).StandsAt = new DateTimeOffset(now);

    /// <summary>Not async: the moment set belongs to the caller's own flow.</summary>
    private static Task<EmbeddedHome> OpenAsync(Shop shop, DateTime now)
    {
        var clock = new MovableClock(TimeProvider.System) { StandsAt = new DateTimeOffset(now) };
        return EmbeddedHome.OpenAsync(new HomeFolder(shop.Data), new HomeOptions(clock) { Durable = false });
    }

    private static void PutBack(Shop shop, string backup)
    {
        File.Delete(shop.Database + "-wal");
        File.Copy(backup, shop.Database, overwrite: true);
    }

    /// <summary>A shop that writes to everybody on every day of months.</summary>
    private static async Task<Shop> DailyShopAsync()
    {
        var shop = await Shop.OpenAsync();
        shop.Settings(text => text.Replace("cap: {messages: 2, days: 7}", "cap: {messages: 1000, days: 1}"));
        await shop.CustomersAsync(Customers, "2026-01-05");
        await shop.GreetAsync("another", new DateOnly(2199, 1, 1));
        var file = Path.Combine(shop.Data, "campaigns", "another.yaml");
        var dates = string.Join(", ", Enumerable.Range(0, 200).Select(i => First.AddDays(i).ToString("yyyy-MM-dd")));
        var text = (await File.ReadAllTextAsync(file)).Replace("[2199-01-01]", $"[{dates}]");
        await File.WriteAllTextAsync(Path.Combine(shop.Data, "campaigns", "daily.yaml"), text);
        (await shop.RunAsync("campaigns", "apply")).Status.ShouldBeLessThan(2);
        (await shop.RunAsync("campaigns", "launch", "daily")).Ended();
        return shop;
    }
}

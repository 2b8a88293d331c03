using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Serving;

namespace RetentionFuncs.Tests.Commands;

/// <summary>A backup taken and put back by commands.</summary>
public sealed class BackupCommandTests
{
    [Theory]
    [InlineData("safe")]
    [InlineData("safe.tar")]
    public async Task Catalogue_136_A_backup_put_into_a_new_folder_is_the_whole_shop_and_sends_nothing_until_released(string target)
    {
        using var shop = await SentShopAsync();
        (await shop.RunAsync("backup", target)).Ended().Err.ShouldContain("the secret with which it can be read");
        (await shop.RunAsync("backup", target)).Ended(Exit.WrongUsage).Err.ShouldContain("exists already");

        var told = (await shop.RunAsync("restore", target, "--data", "new", "--json")).Ended().Json();

        told.GetProperty("epoch").GetInt64().ShouldBe(2);
        (await shop.RunAsync("explain", "c1", "--data", "new")).Ended();
        (await shop.RunAsync("campaigns", "lint", "--data", "new")).Status.ShouldBeLessThan(2);
        var doctor = (await shop.RunAsync("doctor", "--data", "new")).Ended(Exit.WithRefusals);
        doctor.Out.ShouldContain("Sending is frozen");
        (await shop.RunAsync("tick", "--as-of", "2099-02-01", "--data", "new")).Ended();
        Directory.Exists(shop.FileOf("new/outbox")).ShouldBeFalse();
        (await shop.RunAsync("doctor", "release", "--data", "new")).Ended(Exit.WrongUsage);
        (await shop.RunAsync("doctor", "release", "--rest", "maybe", "--reason", "moved", "--data", "new")).Ended(Exit.WrongUsage);
        (await shop.RunAsync("doctor", "release", "--rest", "send", "--reason", "moved", "--data", "new", "--lang", "zh"))
            .Ended()
            .Err.ShouldContain("已恢复发送");
        (await shop.RunAsync("doctor", "release", "--reason", "again", "--data", "new"))
            .Ended(Exit.WrongUsage)
            .Err.ShouldContain("Nothing is frozen");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(shop.FileOf("new/instance.secret")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.GetUnixFileMode(shop.FileOf(target)).ShouldNotBe(UnixFileMode.OtherRead);
        }
    }

    [Fact]
    public async Task A_folder_in_use_is_replaced_only_when_told_and_what_was_there_is_kept()
    {
        using var shop = await SentShopAsync();
        (await shop.RunAsync("backup", "safe")).Ended();
        (await shop.RunAsync("restore", "safe")).Ended(Exit.WrongUsage).Err.ShouldContain("--replace");
        (await shop.RunAsync("restore", "nothing", "--replace")).Ended(Exit.WrongUsage);

        (await shop.RunAsync("restore", "safe", "--replace")).Ended().Out.ShouldContain("epoch 2");

        Directory.GetDirectories(shop.Data, "replaced-*").ShouldHaveSingleItem();
        // All was sent before the backup: nothing is open, so no word about a rest is needed.
        (await shop.RunAsync("doctor", "release", "--reason", "rehearsal"))
            .Ended()
            .Out.ShouldContain("known already: 2");
        (await shop.RunAsync("restore", "safe", "--replace")).Ended().Out.ShouldContain("epoch 3");
    }

    [Fact]
    public async Task A_backup_that_is_not_what_was_written_is_refused_before_anything_is_touched()
    {
        using var shop = await SentShopAsync();
        (await shop.RunAsync("backup", "safe")).Ended();
        await File.AppendAllTextAsync(shop.FileOf("safe/retention.yaml"), "# changed\n");
        (await shop.RunAsync("restore", "safe", "--data", "new")).Ended(Exit.WrongUsage).Err.ShouldContain("retention.yaml");
        File.Delete(shop.FileOf("safe/instance.secret"));
        (await shop.RunAsync("restore", "safe", "--data", "new", "--lang", "zh")).Ended(Exit.WrongUsage).Err.ShouldContain("备份已损坏");
        File.Delete(shop.FileOf("safe/manifest.json"));
        (await shop.RunAsync("restore", "safe", "--data", "new")).Ended(Exit.WrongUsage).Err.ShouldContain("is no backup");
        Directory.Exists(shop.FileOf("new")).ShouldBeFalse();
        shop.Write("odd.tar", "no archive at all");
        (await shop.RunAsync("restore", "odd.tar", "--data", "new")).Ended(Exit.WrongUsage);
    }

    [Fact]
    public async Task Catalogue_136_A_copy_made_while_others_write_is_sound_and_of_one_moment()
    {
        using var folder = new Contracts.ScratchFolder();
        using var database = SqliteDatabase.Open(folder.Path);
        var store = new SqliteRowStore(database);
        var stop = false;
        var writing = Enumerable.Range(0, 4).Select(WriteAsync).ToArray();
        for (var i = 0; i < 10; i++)
        {
            var copy = folder.File($"copy-{i}.db");
            await database.BackUpAsync(copy);
            using var handle = new SqliteHandle(copy, create: false);
            handle.Ask("PRAGMA integrity_check").ShouldBe("ok");
            // Each commit writes a pair; a copy of one moment never holds half of one.
            (handle.AskInteger("SELECT count(*) FROM customers") % 2).ShouldBe(0);
        }

        Volatile.Write(ref stop, true);
        await Task.WhenAll(writing);

        async Task WriteAsync(int writer)
        {
            for (var i = 0; !Volatile.Read(ref stop); i++)
            {
                var home = new PartitionId(StoreTable.Customers, $"w{writer}");
                await store.CommitAsync(
                    home,
                    [new($"{i}a", Expectation.Any, new PropertyBag()), new($"{i}b", Expectation.Any, new PropertyBag())]
                );
            }
        }
    }

    private static async Task<Shop> SentShopAsync()
    {
        var shop = await Shop.OpenAsync();
        await shop.CustomersAsync(2, "2026-01-05");
        await shop.GreetAsync("greeting", new DateOnly(2099, 1, 1));
        (await shop.RunAsync("tick", "--as-of", "2099-01-01")).Ended();
        shop.Outbox().Length.ShouldBe(2);
        return shop;
    }
}

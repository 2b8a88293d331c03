using System.Net.Sockets;
using System.Text;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Tests.Commands;
using RetentionFuncs.Tests.Kills;

namespace RetentionFuncs.Tests.Serving;

/// <summary>While one program holds the folder, commands given to another are carried out by it.</summary>
public sealed class ForwardingTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public async Task A_second_program_gets_the_answer_it_would_have_found_itself()
    {
        using var shop = await Shop.OpenAsync();
        await shop.CustomersAsync(5, "2026-01-05");
        (await shop.RunAsync("campaigns", "apply")).Ended();
        // The running program ticks; what its refit measures is measured before anybody asks.
        (await shop.RunAsync("tick")).Ended();
        string[][] asked =
        [
            ["score", "--as-of", "2026-03-01", "--json"],
            ["explain", "c1", "--as-of", "2026-03-01", "--lang", "zh"],
            ["campaigns", "show", "win-back"],
            ["report", "nothing"],
            ["tick", "--as-of", "1999-01-01", "--nonsense"],
        ];
        var alone = new List<Told>();
        foreach (var args in asked)
        {
            alone.Add(await shop.RunAsync(args));
        }

        await using var served = await ServedShop.StartAsync(shop);
        foreach (var (args, before) in asked.Zip(alone))
        {
            using var program = RunningProgram.Retention(Nothing, shop.Directory, args);
            (await program.EndAsync(TimeSpan.FromSeconds(60))).ShouldBe(before.Status, program.Err);
            program.Out.Trim().ShouldBe(before.Out.Trim());
            program.Err.Trim().ShouldBe(before.Err.Trim());
        }
    }

    [Fact]
    public async Task Only_the_owner_may_open_the_socket()
    {
        using var shop = await Shop.OpenAsync();
        await using var served = await ServedShop.StartAsync(shop);

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(served.Socket).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task A_relative_path_begins_where_the_command_was_given()
    {
        using var shop = await Shop.OpenAsync();
        shop.Write("elsewhere/orders.csv", "customer_id,order_id,date,amount", "c1,o1,2026-01-05,10.00");
        await using var served = await ServedShop.StartAsync(shop);
        var there = shop.FileOf("elsewhere");

        var (output, error) = (new StringWriter(), new StringWriter());
        var line = new CommandLine(output, error, false, directory: there);
        (await line.RunAsync(["import", "orders", "orders.csv", "--data", "../.retention"])).ShouldBe(Exit.Done, error.ToString());
        (await line.RunAsync(["report", "--html", "page.html", "--data=../.retention"])).ShouldBe(Exit.Done, error.ToString());

        output.ToString().ShouldContain("1 rows: 1 accepted");
        File.Exists(Path.Combine(there, "page.html")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_campaign_or_customer_named_like_a_verb_is_forwarded_too()
    {
        using var shop = await Shop.OpenAsync();
        await using var served = await ServedShop.StartAsync(shop);

        (await shop.RunAsync("explain", "demo")).Ended(Exit.WrongUsage).Err.ShouldContain("No customer 'demo'");
        (await shop.RunAsync("campaigns", "show", "serve")).Ended(Exit.WrongUsage).Err.ShouldContain("no campaign 'serve'");
        (await shop.RunAsync("init")).Ended(Exit.WrongUsage).Err.ShouldContain("data folder already");
        (await shop.RunAsync("serve")).Ended(Exit.Failed).Err.ShouldContain("Another program");
    }

    [Fact]
    public async Task Commands_given_at_once_are_all_carried_out()
    {
        using var shop = await Shop.OpenAsync();
        await using var served = await ServedShop.StartAsync(shop);
        foreach (var i in Enumerable.Range(1, 8))
        {
            shop.Write(
                $"orders{i}.csv",
                ["customer_id,order_id,date,amount", .. Enumerable.Range(1, 25).Select(k => $"c{k},o{i}-{k},2026-01-{i:00},10.00")]
            );
        }

        var told = await Task.WhenAll(
            Enumerable
                .Range(1, 8)
                .Select(i => shop.RunAsync("import", "orders", $"orders{i}.csv", "--json"))
                .Concat(Enumerable.Range(1, 4).Select(_ => shop.RunAsync("tick", "--json")))
                .Concat(Enumerable.Range(1, 4).Select(_ => shop.RunAsync("score", "--json")))
        );

        foreach (var one in told)
        {
            one.Ended().Json();
        }

        var explained = (await shop.RunAsync("explain", "c1", "--lang", "en")).Ended().Out;
        explained.ShouldContain("8 orders");
        explained.ShouldContain("80.00 EUR");
    }

    [Fact]
    public async Task A_caller_who_goes_away_does_not_cut_the_command_short()
    {
        using var shop = await Shop.OpenAsync();
        shop.Write(
            "orders.csv",
            ["customer_id,order_id,date,amount", .. Enumerable.Range(1, 400).Select(k => $"c{k},o{k},2026-01-05,10.00")]
        );
        await using var served = await ServedShop.StartAsync(shop);
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(served.Socket));
            var request = $"{{\"Args\":[\"import\",\"orders\",\"orders.csv\"],\"Directory\":\"{shop.Directory}\"}}\n";
            await socket.SendAsync(Encoding.UTF8.GetBytes(request));
            await served.UntilAsync(() => Directory.Exists(Path.Combine(shop.Data, "refused")), "the import has begun");
        }

        (await served.StopAsync()).ShouldBe(Exit.Done, "it waits for the command under way");

        (await shop.RunAsync("score", "--json")).Ended().Json().GetProperty("customers").GetInt32().ShouldBe(400);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense\n")]
    [InlineData("{}\n")]
    [InlineData("{\"Args\":null,\"Directory\":null}\n")]
    public async Task What_is_no_command_of_ours_does_it_no_harm(string said)
    {
        using var shop = await Shop.OpenAsync();
        await using var served = await ServedShop.StartAsync(shop);
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(served.Socket));
            await socket.SendAsync(Encoding.UTF8.GetBytes(said));
        }

        (await shop.RunAsync("score")).Ended();
        (await served.StopAsync()).ShouldBe(Exit.Done);
    }

    [Fact]
    public async Task A_socket_left_by_a_killed_program_is_no_hindrance()
    {
        using var shop = await Shop.OpenAsync();
        using (var program = RunningProgram.Retention(Nothing, shop.Directory, "serve", "--port", "0"))
        {
            await program.SaysAsync("http://", TimeSpan.FromSeconds(60));
            while (!File.Exists(Path.Combine(shop.Data, "retention.sock")))
            {
                await Task.Delay(10);
            }

            program.Kill();
        }

        (await shop.RunAsync("score")).Ended();
        await using var served = await ServedShop.StartAsync(shop);
        (await shop.RunAsync("score")).Ended();
    }
}

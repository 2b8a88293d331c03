using System.Net;
using System.Net.Http;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using RetentionFuncs.Clocks;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Tests.Commands;

namespace RetentionFuncs.Tests.Serving;

/// <summary>The running program: its pages, its timers, and how it stops.</summary>
public sealed class ServeTests
{
    private static DateOnly Today => new BusinessCalendar("Europe/Berlin").DayOf(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Health_answers_on_loopback_and_no_other_address_is_open()
    {
        using var shop = await Shop.OpenAsync();
        await using var served = await ServedShop.StartAsync(shop);

        using var answer = await served.AskAsync(HttpMethod.Get, "/health");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var open = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(l => l.Port == served.Address.Port);
        open.ShouldAllBe(l => IPAddress.IsLoopback(l.Address));
    }

    [Fact]
    public async Task A_settings_file_of_another_program_in_the_directory_opens_no_other_door()
    {
        using var shop = await Shop.OpenAsync();
        shop.Write(
            "appsettings.json",
            "{\"Kestrel\":{\"Endpoints\":{\"Open\":{\"Url\":\"http://0.0.0.0:0\"}}},\"urls\":\"http://0.0.0.0:0\"}"
        );
        using var program = Kills.RunningProgram.Retention(
            new Dictionary<string, string> { ["ASPNETCORE_URLS"] = "http://0.0.0.0:0", ["ASPNETCORE_HTTP_PORTS"] = "8080" },
            shop.Directory,
            "serve",
            "--port",
            "0"
        );

        (await program.SaysAsync("http://", TimeSpan.FromSeconds(60))).ShouldContain("on http://127.0.0.1:");

        if (OperatingSystem.IsLinux())
        {
            ListeningPlaces(program.Id).ShouldHaveSingleItem().ShouldStartWith("0100007F:");
        }
    }

    [Fact]
    public async Task The_link_in_a_mail_unsubscribes_and_the_next_message_is_skipped_with_the_reason()
    {
        using var shop = await Shop.OpenAsync();
        await shop.CustomersAsync(1, $"{Today.AddDays(-10):yyyy-MM-dd}");
        await shop.GreetAsync("greeting", Today);
        await using var served = await ServedShop.StartAsync(shop);
        await served.UntilAsync(() => shop.Outbox().Length == 1, "the first mail");
        var path = ServedShop.UnsubscribePath(shop.Outbox()[0]);

        using (var looked = await served.AskAsync(HttpMethod.Get, path))
        {
            looked.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await looked.Content.ReadAsStringAsync()).ShouldContain("Linden &amp; Leaf");
        }

        (await shop.RunAsync("explain", "c1")).Ended().Out.ShouldNotContain("refused marketing");
        using (var done = await served.AskAsync(HttpMethod.Post, path, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")])))
        {
            done.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await shop.GreetAsync("second", Today);
        (await shop.RunAsync("tick")).Ended();

        shop.Outbox().Length.ShouldBe(1);
        var explained = (await shop.RunAsync("explain", "c1")).Ended().Out;
        explained.Contains("not sent, because the contact refused marketing", StringComparison.Ordinal).ShouldBeTrue(explained);
    }

    [Fact]
    public async Task It_stops_between_two_messages_and_the_folder_is_free_again()
    {
        using var shop = await Shop.OpenAsync();
        var served = await ServedShop.StartAsync(shop);

        (await served.StopAsync()).ShouldBe(Exit.Done);

        File.Exists(served.Socket).ShouldBeFalse();
        SqliteDatabase.Open(shop.Data).Dispose();
        (await shop.RunAsync("serve", "--port", "99999")).Ended(Exit.WrongUsage);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_3_with_the_port_named()
    {
        using var shop = await Shop.OpenAsync();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var told = (await shop.RunAsync("serve", "--port", $"{port}")).Ended(Exit.Failed);

        told.Err.ShouldContain($"127.0.0.1:{port}");
        told.Err.ShouldNotContain("fault in the program");
    }

    [Fact]
    public async Task A_folder_too_deep_for_a_socket_is_served_and_the_limit_is_told()
    {
        using var shop = new Shop();
        var deep = string.Join('/', Enumerable.Repeat("a-folder-with-a-long-name", 5));
        Directory.CreateDirectory(shop.FileOf(deep));
        (await shop.RunAsync("init", "--data", deep + "/data", "--from", Shop.From)).Ended();
        using var stop = new CancellationTokenSource();
        var (output, error) = (new SharedWriter(), new SharedWriter());
        var line = new CommandLine(output, error, false, directory: shop.Directory);
        var serving = Task.Run(() => line.RunAsync(["serve", "--port", "0", "--data", deep + "/data"], stop.Token));
        while (!error.ToString().Contains("too long a path") && !serving.IsCompleted)
        {
            await Task.Delay(20);
        }

        (await shop.RunAsync("score", "--data", deep + "/data")).Ended(Exit.Failed).Err.ShouldContain("Another program");
        await stop.CancelAsync();
        (await serving).ShouldBe(Exit.Done, error.ToString());
    }

    /// <summary>Local addresses a process listens on, as the kernel writes them: hexadecimal, 0100007F is 127.0.0.1.</summary>
    private static string[] ListeningPlaces(int process)
    {
        var mine = Directory
            .GetFiles($"/proc/{process}/fd")
            .Select(f => new FileInfo(f).LinkTarget ?? "")
            .Where(t => t.StartsWith("socket:[", StringComparison.Ordinal))
            .ToHashSet();
        return
        [
            .. new[] { "tcp", "tcp6" }
                .SelectMany(table => File.ReadAllLines($"/proc/{process}/net/{table}").Skip(1))
                .Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(row => row[3] == "0A" && mine.Contains($"socket:[{row[9]}]"))
                .Select(row => row[1]),
        ];
    }
}

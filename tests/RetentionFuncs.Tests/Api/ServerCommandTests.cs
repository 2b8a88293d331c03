using System.CommandLine;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Embedded.Servers;
using RetentionFuncs.Tests.Commands;
using RetentionFuncs.Tests.Serving;

namespace RetentionFuncs.Tests.Api;

/// <summary>The real command line against a really served folder, over its API.</summary>
public sealed class ServerCommandTests : IAsyncLifetime
{
    private Shop _shop = null!;
    private Shop _desk = null!;
    private ServedShop _served = null!;
    private string _token = "";

    public async Task InitializeAsync()
    {
        _shop = await Shop.OpenAsync();
        await _shop.CustomersAsync(3, "2026-01-05");
        _token = await TokenAsync("Ada", "administrator");
        _served = await ServedShop.StartAsync(_shop);
        // Somebody else's desk: another folder, with the same campaign files.
        _desk = await Shop.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await _served.DisposeAsync();
        _shop.Dispose();
        _desk.Dispose();
    }

    private async Task<string> TokenAsync(string name, string role) =>
        (await _shop.RunAsync("users", "add", name, "--role", role, "--json")).Ended().Json().GetProperty("token").GetString()!;

    private Task<Told> ThereAsync(params string[] args) =>
        _desk.RunAsync([.. args, "--server", _served.Address.ToString(), "--token", _token]);

    [Fact]
    public async Task Asking_a_running_home_prints_what_its_own_folder_would()
    {
        (await ThereAsync("campaigns", "apply")).Ended().Out.ShouldContain("Draft");
        string[][] asked =
        [
            ["campaigns", "list"],
            ["campaigns", "show", "win-back", "--lang", "zh"],
            ["campaigns", "show", "win-back", "--json"],
            ["score", "--as-of", "2026-03-01"],
            ["score", "--as-of", "2026-03-01", "--json"],
            ["explain", "c1", "--as-of", "2026-03-01", "--lang", "zh"],
            ["explain", "c1", "--as-of", "2026-03-01T10:00:00+01:00", "--json"],
            ["report", "--as-of", "2026-03-01"],
            ["report", "--as-of", "2026-03-01", "--json"],
            ["kill-switch", "show"],
        ];
        foreach (var args in asked)
        {
            var there = (await ThereAsync(args)).Ended();

            there.Out.ShouldBe((await _shop.RunAsync(args)).Ended().Out, string.Join(' ', args));
            there.Out.ShouldNotBeNullOrWhiteSpace();
        }
    }

    [Fact]
    public async Task A_campaign_is_applied_launched_paused_stopped_and_exported_from_afar()
    {
        (await ThereAsync("campaigns", "lint")).Ended().Out.ShouldContain("5 campaigns are fit to run");
        (await ThereAsync("campaigns", "apply", "--json")).Ended().Json().GetArrayLength().ShouldBe(5);
        (await ThereAsync("campaigns", "launch", "second-order")).Ended().Err.ShouldContain("people fit the audience");
        (await ThereAsync("campaigns", "pause", "second-order", "--json"))
            .Ended()
            .Json()[0]
            .GetProperty("status")
            .GetString()
            .ShouldBe("paused");

        var file = Path.Combine(_desk.Data, "campaigns", "second-order.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("attribution: ", "attribution:  "));
        (await ThereAsync("campaigns", "apply")).Ended().Err.ShouldNotContain("replaced", customMessage: "spaces change no meaning");
        var before = File.ReadAllText(file);
        File.WriteAllText(file, before.Replace("control: auto", "control: 20%"));
        (await ThereAsync("campaigns", "apply")).Ended().Err.ShouldContain("'second-order': version");
        File.Delete(file);
        (await ThereAsync("campaigns", "export", "second-order")).Ended().Out.ShouldContain("second-order.yaml");
        File.ReadAllText(file).ShouldContain("control: 20%");

        (await ThereAsync("campaigns", "stop", "second-order")).Ended();
        (await ThereAsync("campaigns", "launch", "second-order")).Ended(Exit.WrongUsage).Err.ShouldContain("stopped for good");
        (await ThereAsync("campaigns", "show", "nothing")).Ended(Exit.WrongUsage).Err.ShouldContain("no campaign 'nothing'");
    }

    [Fact]
    public async Task The_kill_switch_and_the_state_of_a_home_are_reached_from_afar()
    {
        (await ThereAsync("kill-switch", "on", "--reason", "wrong price")).Ended().Out.ShouldContain("kill switch is on");
        (await ThereAsync("doctor", "--json"))
            .Ended(Exit.WithRefusals)
            .Json()
            .GetProperty("sending")
            .GetProperty("killed")
            .GetBoolean()
            .ShouldBeTrue();
        (await ThereAsync("doctor", "--lang", "zh")).Ended(Exit.WithRefusals).Out.ShouldContain("紧急停发");
        (await ThereAsync("kill-switch", "off", "--reason", "mended")).Ended();
        (await ThereAsync("deadletters", "--json")).Ended().Json().GetArrayLength().ShouldBe(0);

        (await ThereAsync("kill-switch", "on", "--reason", " ")).Ended(Exit.WrongUsage).Err.ShouldContain("reason");
    }

    [Fact]
    public async Task The_report_of_a_running_home_is_written_as_a_page_here()
    {
        (await ThereAsync("report", "--html", "page.html", "--lang", "zh")).Ended();

        File.ReadAllText(_desk.FileOf("page.html")).ShouldContain("<html lang=\"zh");
    }

    [Fact]
    public async Task A_role_that_may_not_and_a_token_that_is_none_are_told_so()
    {
        _token = await TokenAsync("Ben", "viewer");
        (await ThereAsync("campaigns", "list")).Ended();
        (await ThereAsync("campaigns", "apply", "--lang", "zh")).Ended(Exit.WrongUsage).Err.ShouldContain("marketer");

        (await _shop.RunAsync("users", "remove", "Ben")).Ended();
        (await ThereAsync("campaigns", "list")).Ended(Exit.WrongUsage).Err.ShouldContain("Nobody vouches");
    }

    [Fact]
    public async Task What_cannot_be_done_from_afar_says_so_and_does_nothing()
    {
        foreach (
            var args in (string[][])
                [
                    ["init"],
                    ["demo"],
                    ["serve"],
                    ["tick"],
                    ["users", "list"],
                ]
        )
        {
            (await ThereAsync(args)).Ended(Exit.WrongUsage).Err.ShouldContain("cannot be done over --server");
        }

        (await ThereAsync("campaigns", "launch", "win-back", "--as-of", "2026-01-01"))
            .Ended(Exit.WrongUsage)
            .Err.ShouldContain("--as-of is for questions only");
        (await _desk.RunAsync("campaigns", "list", "--server", "http://127.0.0.1:1", "--token", _token))
            .Ended(Exit.Failed)
            .Err.ShouldContain("No answer from http://127.0.0.1:1");
        (await _desk.RunAsync("campaigns", "list", "--server", "http://retention.example.com", "--token", _token))
            .Ended(Exit.WrongUsage)
            .Err.ShouldContain("https");
        (await _desk.RunAsync("campaigns", "list", "--server", "somewhere")).Ended(Exit.WrongUsage).Err.ShouldContain("whole address");
    }

    [Fact]
    public void Every_command_that_asks_or_changes_a_home_can_be_given_from_afar_or_is_known_not_to()
    {
        string[] here =
        [
            "backtest",
            "backup",
            "restore",
            "campaigns test",
            "doctor dns",
            "doctor release",
            "import runs",
            "import undo",
            "init",
            "demo",
            "serve",
            "tick",
            "users add",
            "users list",
            "users remove",
        ];
        var root = new Embedded.Commands.CommandLine(TextWriter.Null, TextWriter.Null, false).Root([], default);

        foreach (var name in root.Subcommands.SelectMany(c => NamesOf(c, "")))
        {
            ServerCommands.Known.Concat(here).ShouldContain(name);
        }
    }

    private static IEnumerable<string> NamesOf(Command command, string before) =>
        command.Subcommands.Count == 0
            ? [before + command.Name]
            : command.Subcommands.SelectMany(c => NamesOf(c, before + command.Name + " "));
}

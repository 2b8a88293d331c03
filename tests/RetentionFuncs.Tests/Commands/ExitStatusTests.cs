using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Tests.Contracts;

namespace RetentionFuncs.Tests.Commands;

/// <summary>The exit statuses that scripts rely on, and that a person is told what to do and never shown a stack trace.</summary>
public sealed class ExitStatusTests
{
    [Theory]
    [InlineData("nonsense")]
    [InlineData("tick", "extra")]
    [InlineData("tick", "--nonsense")]
    [InlineData("import")]
    [InlineData("import", "customers")]
    [InlineData("import", "nonsense", "file.csv")]
    [InlineData("explain")]
    [InlineData("campaigns")]
    [InlineData("campaigns", "launch")]
    [InlineData("serve", "--port", "many")]
    [InlineData("serve", "--port", "70000")]
    [InlineData("serve", "--tick-seconds", "0")]
    [InlineData("tick", "--as-of", "yesterday")]
    [InlineData("tick", "--as-of", "2026-02-30")]
    [InlineData("score", "--as-of", "0001-01-01")]
    [InlineData("score", "--as-of", "9999-12-31")]
    [InlineData("score", "--as-of", "9999-12-31T23:59:59Z")]
    [InlineData("score", "--lang", "de")]
    [InlineData("score", "--data", "")]
    [InlineData("explain", "nobody")]
    [InlineData("report", "nothing")]
    [InlineData("campaigns", "show", "nothing")]
    [InlineData("campaigns", "launch", "nothing")]
    [InlineData("campaigns", "pause", "nothing")]
    [InlineData("campaigns", "stop", "win-back")]
    [InlineData("campaigns", "export", "nothing")]
    [InlineData("import", "orders", "missing.csv")]
    [InlineData("import", "events", "missing.jsonl")]
    [InlineData("import", "orders", "retention.csv", "--dates", "ydm")]
    [InlineData("import", "orders", "retention.csv", "--numbers", "xx")]
    [InlineData("import", "orders", "retention.csv", "--currency", "euro")]
    [InlineData("import", "orders", "retention.csv", "--column", "date")]
    [InlineData("import", "orders", "retention.csv", "--column", "date=A", "--column", "date=B")]
    public async Task Wrong_usage_is_2_with_a_reason_and_nothing_on_standard_output(params string[] args)
    {
        using var shop = await Shop.OpenAsync();

        var told = (await shop.RunAsync(args)).Ended(Exit.WrongUsage);

        told.Err.Trim().ShouldNotBeEmpty();
        told.Err.ShouldNotContain("   at ");
        told.Err.ShouldNotContain("fault in the program");
        if (args is not ["import" or "campaigns"])
        {
            told.Out.ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("tick")]
    [InlineData("score")]
    [InlineData("report")]
    [InlineData("doctor")]
    [InlineData("deadletters")]
    [InlineData("explain", "c1")]
    [InlineData("import", "orders", "x.csv")]
    [InlineData("campaigns", "list")]
    [InlineData("serve")]
    public async Task A_folder_that_is_none_yet_is_2_and_is_not_made(params string[] args)
    {
        using var scratch = new ScratchFolder();
        var (output, error) = (new StringWriter(), new StringWriter());

        var status = await new CommandLine(output, error, false, directory: scratch.Path).RunAsync([.. args, "--lang", "zh"]);

        status.ShouldBe(Exit.WrongUsage);
        error.ToString().ShouldContain("请先运行 retention init");
        Directory.GetFileSystemEntries(scratch.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--name", " ")]
    [InlineData("--postal", "")]
    [InlineData("--zone", "Mars/Olympus")]
    [InlineData("--currency", "euro")]
    [InlineData("--currency", "XYZ")]
    [InlineData("--from", "not an address")]
    public async Task Init_with_a_value_that_cannot_be_is_2_and_makes_nothing(string option, string value)
    {
        using var scratch = new ScratchFolder();
        var error = new StringWriter();

        var status = await new CommandLine(new StringWriter(), error, false, directory: scratch.Path).RunAsync(["init", option, value]);

        status.ShouldBe(Exit.WrongUsage, error.ToString());
        error.ToString().ShouldNotContain("fault in the program");
        Directory.GetFileSystemEntries(scratch.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_full_of_YAML_reads_back_as_it_was_given()
    {
        using var scratch = new ScratchFolder();
        async Task<Told> RunAsync(params string[] args)
        {
            var (output, error) = (new StringWriter(), new StringWriter());
            var status = await new CommandLine(output, error, false, directory: scratch.Path).RunAsync(args);
            return new Told(status, output.ToString(), error.ToString());
        }

        (await RunAsync("init", "--name", "Ada's: \"Shop\" #1 {x}", "--from", Shop.From)).Ended();

        (await RunAsync("score")).Ended();
        (await RunAsync("campaigns", "lint")).Out.ShouldContain("5 campaigns are fit to run");
    }

    [Fact]
    public async Task Init_over_a_data_folder_is_2_and_changes_nothing()
    {
        using var shop = await Shop.OpenAsync();
        var before = File.ReadAllText(Path.Combine(shop.Data, "retention.yaml"));

        (await shop.RunAsync("init", "--name", "Other")).Ended(Exit.WrongUsage);

        File.ReadAllText(Path.Combine(shop.Data, "retention.yaml")).ShouldBe(before);
    }

    [Fact]
    public async Task Settings_that_cannot_be_read_are_2_with_line_and_column()
    {
        using var shop = await Shop.OpenAsync();
        shop.Settings(_ => "schema: 1\nname: A\nzone: Europe/Berlin\ncurrency: euros\npublic_url: http://localhost:5080\n");

        (await shop.RunAsync("score")).Ended(Exit.WrongUsage).Err.ShouldContain("retention.yaml:4:11: error:");
        (await shop.RunAsync("score", "--lang", "zh")).Ended(Exit.WrongUsage).Err.ShouldContain("retention.yaml:4:11: 错误:");
    }

    [Fact]
    public async Task A_damaged_database_is_3_in_the_language_asked_for()
    {
        using var shop = await Shop.OpenAsync();
        File.WriteAllText(shop.Database, "cut off");

        (await shop.RunAsync("score")).Ended(Exit.Failed).Err.ShouldContain("Restore a backup");
        (await shop.RunAsync("score", "--lang", "zh")).Ended(Exit.Failed).Err.ShouldContain("请从备份恢复");
    }

    [Fact]
    public async Task A_folder_in_use_is_3()
    {
        using var shop = await Shop.OpenAsync();
        using var held = SqliteDatabase.Open(shop.Data);

        (await shop.RunAsync("tick")).Ended(Exit.Failed).Err.ShouldContain("Another program has the data folder");
    }

    [Fact]
    public async Task A_file_where_a_folder_is_needed_is_3_and_no_stack_trace()
    {
        using var shop = await Shop.OpenAsync();
        shop.Write("taken", "");

        var told = (await shop.RunAsync("init", "--data", "taken")).Ended(Exit.Failed);
        told.Err.ShouldNotContain("fault in the program");
        (await shop.RunAsync("report", "--html", "taken/page.html")).Ended(Exit.Failed).Err.ShouldNotContain("fault in the program");
    }

    [Fact]
    public async Task The_demo_takes_no_folder_that_is_not_its_own()
    {
        using var shop = await Shop.OpenAsync();
        shop.Write("mine/precious.txt", "keep");

        (await shop.RunAsync("demo", "--data", "mine")).Ended(Exit.WrongUsage);

        File.Exists(shop.FileOf("mine/precious.txt")).ShouldBeTrue();
    }

    [Fact]
    public async Task The_demo_leaves_a_folder_alone_that_a_program_has_open()
    {
        using var shop = await Shop.OpenAsync();
        shop.Write("demo/demo", "A generated shop.");
        using var held = SqliteDatabase.Open(shop.FileOf("demo"));

        (await shop.RunAsync("demo", "--data", "demo")).Ended(Exit.Failed);

        File.Exists(shop.FileOf("demo/demo")).ShouldBeTrue();
    }

    [Fact]
    public async Task Wrong_arguments_are_told_in_Chinese_when_asked()
    {
        using var shop = await Shop.OpenAsync();

        (await shop.RunAsync("tick", "--nonsense", "--lang", "zh"))
            .Ended(Exit.WrongUsage)
            .Err.ShouldContain("用 retention --help 查看用法");
        (await shop.RunAsync("tick", "--as-of", "gestern", "--lang", "zh")).Ended(Exit.WrongUsage).Err.ShouldContain("请写日期");
    }
}

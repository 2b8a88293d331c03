using System.Text;
using System.Text.Json;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Tests.Contracts;

namespace RetentionFuncs.Tests.Commands;

/// <summary>What one command came to.</summary>
public sealed record Told(int Status, string Out, string Err)
{
    /// <summary>The one JSON document on standard output; fails when there is none, or anything beside it.</summary>
    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Out);
        return document.RootElement.Clone();
    }

    /// <summary>This, if the command ended as it should.</summary>
    public Told Ended(int status = Exit.Done)
    {
        Status.ShouldBe(status, $"{Out}\n{Err}");
        return this;
    }
}

/// <summary>A shop's folder, worked on with the real command line in this process.</summary>
public sealed class Shop : IDisposable
{
    public const string From = "hello@linden.shop";
    private readonly ScratchFolder _scratch = new();

    public string Directory => _scratch.Path;

    public string Data => Path.Combine(Directory, ".retention");

    public string Database => Path.Combine(Data, "retention.db");

    /// <summary>A folder made by <c>init</c> whose mail may leave at any hour.</summary>
    /// <param name="fixedDays">Stages at 60, 120, 365 and 730 days of silence: a handful of customers carries no model.</param>
    public static async Task<Shop> OpenAsync(string? settings = null, bool fixedDays = true)
    {
        var shop = new Shop();
        (await shop.RunAsync("init", "--name", "Linden & Leaf", "--from", From, "--postal", "Lindenweg 1, 10115 Berlin")).Ended();
        shop.Settings(text =>
            text.Replace("quiet_hours: {from: \"20:00\", to: \"09:00\"}", "quiet_hours: none")
                .Replace(
                    "\nlapse: {rule: chance-of-return, cooling: 75, lapsing: 50, lapsed: 25, lost: 10}",
                    fixedDays
                        ? "\nlapse: {rule: fixed-days, cooling: 60, lapsing: 120, lapsed: 365, lost: 730}"
                        : "\nlapse: {rule: chance-of-return, cooling: 75, lapsing: 50, lapsed: 25, lost: 10}"
                )
            + "recency: {too_long: never}\n" // Many tests speak for a day far from the orders they need.
            + (settings is null ? "" : settings + "\n")
        );
        return shop;
    }

    /// <summary>No folder yet.</summary>
    public static Shop Empty() => new();

    public string FileOf(string name) => Path.Combine(Directory, name);

    public string Write(string name, params string[] lines)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(FileOf(name))!);
        File.WriteAllLines(FileOf(name), lines, new UTF8Encoding(false));
        return name;
    }

    public void Settings(Func<string, string> change)
    {
        var file = Path.Combine(Data, "retention.yaml");
        File.WriteAllText(file, change(File.ReadAllText(file)));
    }

    public async Task<Told> RunAsync(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var status = await new CommandLine(output, error, false, directory: Directory).RunAsync(args);
        return new Told(status, output.ToString(), error.ToString());
    }

    /// <summary>Consenting customers c1 … cN with addresses of their own, and an order each on the day.</summary>
    public async Task CustomersAsync(int count, string ordered)
    {
        var everyone = Enumerable.Range(1, count).ToArray();
        Write(
            "customers.csv",
            [
                "customer_id,name,email,country,language,consent,consent_at",
                .. everyone.Select(i => $"c{i},Ada {i},c{i}@post.linden.shop,DE,en,yes,2024-01-05"),
            ]
        );
        Write("orders.csv", ["customer_id,order_id,date,amount", .. everyone.Select(i => $"c{i},o{i},{ordered},50.00")]);
        (await RunAsync("import", "customers", "customers.csv")).Ended();
        (await RunAsync("import", "orders", "orders.csv")).Ended();
    }

    /// <summary>A campaign that writes to everyone on one day, without a control group, applied and launched.</summary>
    public async Task GreetAsync(string key, DateOnly day)
    {
        Write(
            $".retention/campaigns/{key}.yaml",
            "schema: 1",
            "title: {en: Greeting, zh-CN: 问候}",
            "job: keep",
            "audience: everyone",
            $"trigger: {{dates: [{day:yyyy-MM-dd}]}}",
            "steps:",
            "  - message: {id: hello, template: greeting, to: primary, purpose: care}",
            "sender: shop",
            "control: 0%"
        );
        Write(
            ".retention/campaigns/templates/greeting.yaml",
            [
                "schema: 1",
                "locales:",
                .. new[] { "en", "zh-CN" }.SelectMany(l =>
                    (string[])
                        [
                            $"  {l}:",
                            "    subject: \"Hello {{name}}\"",
                            "    text: \"Hello {{name}}\"",
                            "    html: \"<p>Hello {{name}}</p>\"",
                        ]
                ),
            ]
        );
        (await RunAsync("campaigns", "apply")).Status.ShouldBeLessThan(
            Exit.WrongUsage,
            "1 is a lint finding, such as two campaigns on one day"
        );
        (await RunAsync("campaigns", "launch", key)).Ended();
    }

    public string[] Outbox() =>
        System.IO.Directory.Exists(Path.Combine(Data, "outbox"))
            ? System.IO.Directory.GetFiles(Path.Combine(Data, "outbox"), "*.eml", SearchOption.AllDirectories)
            : [];

    public void Dispose() => _scratch.Dispose();
}

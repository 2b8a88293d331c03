using System.CommandLine;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Findings;
using RetentionFuncs.Settings;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Makes a data folder: settings, the five shipped campaigns, an empty database.</summary>
internal static class InitCommand
{
    public static Command Define(CommandLine line)
    {
        var name = new Option<string>("--name") { Description = "The shop's name.", DefaultValueFactory = _ => "My shop" };
        var zone = new Option<string?>("--zone")
        {
            Description = "IANA time zone of the business. Default: Europe/Berlin; Asia/Shanghai with --lang zh.",
        };
        var currency = new Option<string?>("--currency") { Description = "ISO 4217. Default: EUR; CNY with --lang zh." };
        var from = new Option<string>("--from")
        {
            Description = "The address messages come from.",
            DefaultValueFactory = _ => "hello@example.com",
        };
        var postal = new Option<string>("--postal")
        {
            Description = "Postal address; the law wants it in every message.",
            DefaultValueFactory = _ => "My shop, 1 Example Street, 12345 Example Town",
        };
        var command = new Command("init", "Make a data folder with settings and five campaigns.") { name, zone, currency, from, postal };
        line.Bind(
            command,
            (context, parsed) =>
                Task.FromResult(
                    Run(
                        context,
                        parsed.GetValue(name)!,
                        parsed.GetValue(zone) ?? (context.Language == "zh" ? "Asia/Shanghai" : "Europe/Berlin"),
                        parsed.GetValue(currency) ?? (context.Language == "zh" ? "CNY" : "EUR"),
                        parsed.GetValue(from)!,
                        parsed.GetValue(postal)!
                    )
                ),
            here: true
        );
        return command;
    }

    private static int Run(CommandContext context, string name, string zone, string currency, string from, string postal)
    {
        if (context.Folder.IsInitialised)
        {
            return context.Usage(
                $"{context.Folder.Path} is a data folder already; nothing was changed.",
                $"{context.Folder.Path} 已经是数据文件夹，未作改动。"
            );
        }

        if (Objection(name, zone, currency, from, postal) is { } objection)
        {
            return context.Usage(objection.En, objection.Zh);
        }

        SqliteDatabase.Open(context.Folder.Path).Dispose();
        ShippedCampaigns.WriteTo(context.Folder.Campaigns, name, from, postal);
        File.WriteAllText(context.Folder.Settings, SettingsFile.Default(name, zone, currency));
        context.Tell(
            $"Made {context.Folder.Path}. Settings are in retention.yaml, campaigns in campaigns/.\nNext: retention import customers FILE, retention import orders FILE, retention campaigns apply, retention campaigns launch win-back, retention tick.",
            $"已创建 {context.Folder.Path}。设置在 retention.yaml，活动在 campaigns/。\n接下来：retention import customers 文件、retention import orders 文件、retention campaigns apply、retention campaigns launch win-back、retention tick。"
        );
        if (context.Json)
        {
            context.Print(new { folder = context.Folder.Path });
        }

        return Exit.Done;
    }

    private static Phrase? Objection(string name, string zone, string currency, string from, string postal)
    {
        if (string.IsNullOrWhiteSpace(name) || string.IsNullOrWhiteSpace(postal))
        {
            return new("--name and --postal: neither may be empty.", "--name 和 --postal 均不能为空。");
        }

        if (!BusinessCalendar.IsZone(zone))
        {
            return new(
                $"--zone {zone}: not a time zone; use an IANA name such as Europe/Berlin.",
                $"--zone {zone}：不是有效时区，请用 IANA 名称，如 Asia/Shanghai。"
            );
        }

        if (!EmailAddress.TryParse(from, out _, out var problem))
        {
            return new($"--from {from}: {problem}.", $"--from {from}：不是有效的邮箱地址。");
        }

        // What is left is asked of the reader itself, so that a new folder never begins with settings it refuses.
        var findings = SettingsFile.Parse(SettingsFile.Default(name, zone, currency)).Findings.Where(f => f.IsError).ToArray();
        return findings.Length == 0
            ? null
            : new(string.Join('\n', findings.Select(f => f.Describe("en"))), string.Join('\n', findings.Select(f => f.Describe("zh"))));
    }
}

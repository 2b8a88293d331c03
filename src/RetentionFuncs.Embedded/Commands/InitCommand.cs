using System.CommandLine;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Settings;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Makes a data folder: settings, the three shipped campaigns, an empty database.</summary>
internal static class InitCommand
{
    public static Command Define(CommandLine line)
    {
        var name = new Option<string>("--name") { Description = "The shop's name.", DefaultValueFactory = _ => "My shop" };
        var zone = new Option<string>("--zone")
        {
            Description = "IANA time zone of the business.",
            DefaultValueFactory = _ => "Europe/Berlin",
        };
        var currency = new Option<string>("--currency") { Description = "ISO 4217.", DefaultValueFactory = _ => "EUR" };
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
        var command = new Command("init", "Make a data folder with settings and three campaigns.") { name, zone, currency, from, postal };
        line.Bind(
            command,
            (context, parsed) =>
                Task.FromResult(
                    Run(
                        context,
                        parsed.GetValue(name)!,
                        parsed.GetValue(zone)!,
                        parsed.GetValue(currency)!,
                        parsed.GetValue(from)!,
                        parsed.GetValue(postal)!
                    )
                )
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

        if (!BusinessCalendar.IsZone(zone))
        {
            return context.Usage(
                $"--zone {zone}: not a time zone; use an IANA name such as Europe/Berlin.",
                $"--zone {zone}：不是有效时区，请用 IANA 名称，如 Asia/Shanghai。"
            );
        }

        if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper))
        {
            return context.Usage(
                $"--currency {currency}: three capital letters (ISO 4217), such as EUR.",
                $"--currency {currency}：请用三位大写字母（ISO 4217），如 CNY。"
            );
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
}

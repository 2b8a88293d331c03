using System.CommandLine;
using System.Text;
using RetentionFuncs.Customers;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.HandOffs;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Writes the lists of calls and text messages that people or a gateway work off.</summary>
internal static class HandOffCommand
{
    public static Command Define(CommandLine line)
    {
        var channel = new Option<string?>("--channel") { Description = "phone or sms; both without it." };
        var output = Output();
        var command = new Command("handoff", "Write who is to be called and texted into lists, each contact into one list once.")
        {
            channel,
            output,
            Listing(line),
            Again(line),
        };
        line.Bind(
            command,
            (context, parsed) =>
                HandOffBatch.ChannelsOf(parsed.GetValue(channel)) is { } channels
                    ? WithHome.ChangeAsync(context, home => MakeAsync(context, home, channels, parsed.GetValue(output)))
                    : Task.FromResult(OddChannel(context, parsed.GetValue(channel)))
        );
        return command;
    }

    internal static int OddChannel(CommandContext context, string? word) =>
        context.Usage($"--channel {word}: phone or sms.", $"--channel {word}：请用 phone 或 sms。");

    private static Option<string?> Output() => new("--out") { Description = "Folder for the lists; default: handoff/ in the data folder." };

    private static Command Listing(CommandLine line)
    {
        var command = new Command("list", "The lists made so far, and what waits for the next.");
        line.Bind(command, (context, _) => WithHome.ReadAsync(context, home => ListAsync(context, home)));
        return command;
    }

    private static Command Again(CommandLine line)
    {
        var id = new Argument<string>("list") { Description = "Its name, such as phone-2026-03-02-01." };
        var output = Output();
        var command = new Command("again", "Write a list once more; who has refused since is left out.") { id, output };
        line.Bind(
            command,
            (context, parsed) =>
                WithHome.ReadAsync(context, home => AgainAsync(context, home, parsed.GetValue(id)!, parsed.GetValue(output)))
        );
        return command;
    }

    private static async Task<int> MakeAsync(CommandContext context, EmbeddedHome home, Channel[] channels, string? output)
    {
        var made = new List<HandOffListing>();
        foreach (var channel in channels)
        {
            if (await home.Product.MakeBatch.RunAsync(channel) is { } batch)
            {
                made.Add(await WriteAsync(context, home, batch, output));
            }
        }

        context.Print(HandOffDocuments.Made(made, context.Language, batch => PathOf(context, home, batch, output)));
        return Exit.Done;
    }

    private static async Task<int> AgainAsync(CommandContext context, EmbeddedHome home, string id, string? output)
    {
        if (await home.Product.HandOffTray.ListAsync(id) is not { } batch)
        {
            return context.Usage(
                $"There is no list '{id}'. See 'retention handoff list'.",
                $"没有名单“{id}”。请用 retention handoff list 查看。"
            );
        }

        var listing = await WriteAsync(context, home, batch, output);
        context.Print(HandOffDocuments.Made([listing], context.Language, b => PathOf(context, home, b, output)));
        return Exit.Done;
    }

    private static async Task<HandOffListing> WriteAsync(CommandContext context, EmbeddedHome home, HandOffBatch batch, string? output)
    {
        var listing = await home.Product.HandOffList.ReadAsync(batch);
        var path = PathOf(context, home, batch, output);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var text = new HandOffFile(home.Product.Calendar, context.Language).Write(listing);
        await File.WriteAllTextAsync(path + ".part", text, new UTF8Encoding(false));
        File.Move(path + ".part", path, overwrite: true);
        return listing;
    }

    private static string PathOf(CommandContext context, EmbeddedHome home, HandOffBatch batch, string? output) =>
        Path.Combine(output is null ? home.Folder.In("handoff") : context.PathOf(output), batch.Id + ".csv");

    private static async Task<int> ListAsync(CommandContext context, EmbeddedHome home)
    {
        var tray = home.Product.HandOffTray;
        var (calls, texts) = (await tray.CountAsync(Channel.Phone), await tray.CountAsync(Channel.Sms));
        context.Print(HandOffDocuments.All(await tray.BatchesAsync(), calls, texts, context.Language));
        return Exit.Done;
    }
}

using System.CommandLine;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Queues;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Queue messages that were put aside, with the reason: looked at, queued again, or dropped.</summary>
internal static class DeadLettersCommand
{
    public static Command Define(CommandLine line)
    {
        var list = new Command("list", "All of them; the default.");
        line.Bind(list, (context, _) => WithHome.ReadAsync(context, home => ListAsync(context, home)));
        var command = new Command("deadletters", "Queue messages that wait for a person.")
        {
            list,
            Named(line, "show", "One message with its body.", ShowAsync),
            Named(line, "replay", "Queue it again, due at once.", ReplayAsync, changes: true),
            Drop(line),
        };
        line.Bind(command, (context, _) => WithHome.ReadAsync(context, home => ListAsync(context, home)));
        return command;
    }

    private static Command Named(
        CommandLine line,
        string name,
        string text,
        Func<CommandContext, EmbeddedHome, DeadLetter, Task<int>> act,
        bool changes = false
    )
    {
        var id = new Argument<string>("id") { Description = "As the list shows it." };
        var command = new Command(name, text) { id };
        line.Bind(
            command,
            (context, parsed) =>
                changes
                    ? WithHome.ChangeAsync(context, home => FindAsync(context, home, parsed.GetValue(id)!, act))
                    : WithHome.ReadAsync(context, home => FindAsync(context, home, parsed.GetValue(id)!, act))
        );
        return command;
    }

    private static Command Drop(CommandLine line)
    {
        var id = new Argument<string>("id") { Description = "As the list shows it." };
        var reason = OperatorReason.Option();
        var command = new Command("drop", "Forget it for good.") { id, reason };
        line.Bind(
            command,
            (context, parsed) =>
                WithHome.ChangeAsync(
                    context,
                    home =>
                        string.IsNullOrWhiteSpace(parsed.GetValue(reason))
                            ? Task.FromResult(OperatorReason.Missing(context))
                            : FindAsync(context, home, parsed.GetValue(id)!, (c, h, l) => DropAsync(c, h, l, parsed.GetValue(reason)!))
                )
        );
        return command;
    }

    private static async Task<int> ListAsync(CommandContext context, EmbeddedHome home)
    {
        var parked = await home.Queue.Parked.ListAsync();
        if (context.Json)
        {
            context.Print(parked);
            return Exit.Done;
        }

        foreach (var message in parked)
        {
            context.Out.WriteLine($"{message.ParkedAt:u}  {message.Id}  {message.Reason}");
        }

        context.Tell($"{parked.Count} messages wait.", $"{parked.Count} 条信息待处理。");
        return Exit.Done;
    }

    private static async Task<int> FindAsync(
        CommandContext context,
        EmbeddedHome home,
        string id,
        Func<CommandContext, EmbeddedHome, DeadLetter, Task<int>> act
    ) =>
        await home.Queue.Parked.FindAsync(id) is { } letter
            ? await act(context, home, letter)
            : context.Usage(
                $"No message '{id}' waits; 'retention deadletters' lists those that do.",
                $"没有待处理消息“{id}”；用 retention deadletters 查看全部。"
            );

    private static Task<int> ShowAsync(CommandContext context, EmbeddedHome home, DeadLetter letter)
    {
        if (context.Json)
        {
            context.Print(letter);
            return Task.FromResult(Exit.Done);
        }

        context.Out.WriteLine(letter.Id);
        context.Out.WriteLine($"  {context.Say("put aside", "搁置时间")}  {letter.ParkedAt:u}");
        context.Out.WriteLine($"  {context.Say("attempts", "尝试次数")}  {letter.Attempts}");
        context.Out.WriteLine($"  {context.Say("reason", "原因")}  {letter.Reason}");
        context.Out.WriteLine($"  {context.Say("body", "内容")}  {letter.Body}");
        return Task.FromResult(Exit.Done);
    }

    private static async Task<int> ReplayAsync(CommandContext context, EmbeddedHome home, DeadLetter letter)
    {
        if (letter.Message is null)
        {
            return context.Usage("Its body cannot be read; it can only be dropped.", "消息内容无法读取，只能丢弃。");
        }

        await home.Product.NoteOperation.RunAsync(OperatorReason.Who, "replay-dead-letter", letter.Id, letter.Reason);
        return Tell(context, letter, await home.Queue.Parked.ReplayAsync(letter.Id), "is queued again", "已重新排队");
    }

    private static async Task<int> DropAsync(CommandContext context, EmbeddedHome home, DeadLetter letter, string reason)
    {
        await home.Product.NoteOperation.RunAsync(OperatorReason.Who, "drop-dead-letter", letter.Id, reason);
        return Tell(context, letter, await home.Queue.Parked.DropAsync(letter.Id), "is dropped", "已丢弃");
    }

    private static int Tell(CommandContext context, DeadLetter letter, bool done, string en, string zh)
    {
        if (context.Json)
        {
            context.Print(new { letter.Id, done });
        }
        else
        {
            context.Out.WriteLine(
                done
                    ? context.Say($"{letter.Id} {en}.", $"{letter.Id} {zh}。")
                    : context.Say($"{letter.Id} is gone already.", $"{letter.Id} 已不在列表中。")
            );
        }

        return Exit.Done;
    }
}

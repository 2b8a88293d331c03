using System.CommandLine;
using RetentionFuncs.Embedded.Home;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Queue messages that were put aside, with the reason.</summary>
internal static class DeadLettersCommand
{
    public static Command Define(CommandLine line)
    {
        var command = new Command("deadletters", "Queue messages that wait for a person.");
        line.Bind(command, (context, _) => WithHome.ReadAsync(context, home => RunAsync(context, home)));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, EmbeddedHome home)
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
}

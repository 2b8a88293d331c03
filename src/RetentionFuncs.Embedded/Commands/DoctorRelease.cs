using System.CommandLine;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Embedded.Keeping;
using RetentionFuncs.Findings;
using RetentionFuncs.Keeping;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>After an older state was put back: compares it with what really left, and lets sending go on by a person's word.</summary>
internal static class DoctorRelease
{
    private const string Send = "send";
    private const string Skip = "skip";

    public static Command Define(CommandLine line)
    {
        var rest = new Option<string?>("--rest") { Description = "What becomes of messages nobody can vouch for: send or skip." };
        var reason = OperatorReason.Option();
        var command = new Command("release", "After a restore: reconcile with what was really sent, then let sending go on.")
        {
            rest,
            reason,
        };
        line.Bind(
            command,
            (context, parsed) =>
                parsed.GetValue(rest) is not (null or Send or Skip)
                    ? Task.FromResult(context.Usage("--rest: send or skip.", "--rest：请用 send 或 skip。"))
                : string.IsNullOrWhiteSpace(parsed.GetValue(reason)) ? Task.FromResult(OperatorReason.Missing(context))
                : WithHome.ReadAsync(context, home => RunAsync(context, home, parsed.GetValue(rest), parsed.GetValue(reason)!))
        );
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, EmbeddedHome home, string? rest, string reason)
    {
        var rows = new RestoreRows(home.Product.Store);
        if (await rows.ReadAsync() is not { IsFrozen: true } standing)
        {
            return context.Usage("Nothing is frozen here; no older state was put back.", "没有冻结：数据库未被恢复为旧状态。");
        }

        await home.Product.NoteOperation.RunAsync(OperatorReason.Who, "release-restored", rest ?? "look", reason);
        var ending = await ReleaseOlderState.RunAsync(home, standing, WordOf(rest));
        Tell(context, ending.Report, home.SentRecord is { IsWhole: true });
        if (!ending.Released)
        {
            context.Tell(
                "Sending stays frozen. Say --rest skip to give up what nobody can vouch for, or --rest send if you know that it was not sent.",
                "发送仍处于冻结状态。无法确认的信息：如要放弃请加 --rest skip；如确知未发送请加 --rest send。"
            );
            return Exit.WithRefusals;
        }

        context.Tell($"Sending goes on; {ending.GivenUp:N0} messages were given up.", $"已恢复发送；放弃 {ending.GivenUp:N0} 条信息。");
        return Exit.Done;
    }

    private static RestWord WordOf(string? rest) =>
        rest switch
        {
            Send => RestWord.Send,
            Skip => RestWord.Skip,
            _ => RestWord.None,
        };

    private static void Tell(CommandContext context, RestoreReport report, bool whole)
    {
        if (context.Json)
        {
            context.Print(
                new
                {
                    report.Known,
                    report.Found,
                    report.Left,
                    recordIsWhole = whole,
                }
            );
            return;
        }

        foreach (var sentence in Sentences(report, whole))
        {
            context.Out.WriteLine(sentence.In(context.Language));
        }
    }

    private static IEnumerable<Phrase> Sentences(RestoreReport report, bool whole)
    {
        yield return new(
            $"Sent and forgotten by this state, on file again: {report.Found:N0}; known already: {report.Known:N0}.",
            $"旧状态已遗忘、现已补记为已发送：{report.Found:N0} 条；原已记录：{report.Known:N0} 条。"
        );
        yield return whole
            ? new(
                $"Planned before the restore and not in the sender's record: {report.Left:N0}.",
                $"恢复前已计划、但发送记录中没有的：{report.Left:N0} 条。"
            )
            : new(
                $"Planned before the restore, and no record tells whether they left: {report.Left:N0}. Late reviews may bring more.",
                $"恢复前已计划、且没有记录可查证是否已发出的：{report.Left:N0} 条；补做的复核还可能带来更多。"
            );
    }
}

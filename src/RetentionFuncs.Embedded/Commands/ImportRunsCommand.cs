using System.CommandLine;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Imports;
using RetentionFuncs.Undoing;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>The imports on file, and taking one back.</summary>
internal static class ImportRunsCommand
{
    public static Command Runs(CommandLine line)
    {
        var command = new Command("runs", "The imports on file, the newest first.");
        line.Bind(command, (context, _) => WithHome.ReadAsync(context, home => ListAsync(context, home)));
        return command;
    }

    public static Command Undo(CommandLine line)
    {
        var run = new Argument<string>("run") { Description = "As 'import runs' shows it, or its beginning." };
        var command = new Command(
            "undo",
            "Put back what an import changed, unless it was changed since. Lifts no suppression and turns no refusal into consent."
        )
        {
            run,
        };
        line.Bind(command, (context, parsed) => WithHome.ChangeAsync(context, home => UndoAsync(context, home, parsed.GetValue(run)!)));
        return command;
    }

    private static async Task<int> ListAsync(CommandContext context, EmbeddedHome home)
    {
        var runs = new List<ImportRun>();
        await foreach (var run in new ImportRuns(home.Product.Store).AllAsync())
        {
            runs.Add(run);
        }

        runs = [.. runs.OrderByDescending(r => r.StartedAt).ThenBy(r => r.Id, StringComparer.Ordinal)];
        if (context.Json)
        {
            context.Print(
                runs.Select(r => new
                {
                    Run = r.Short,
                    r.Kind,
                    r.File,
                    At = r.StartedAt,
                    r.Report?.Rows,
                    r.Report?.Refused,
                    State = r.State.ToString().ToLowerInvariant(),
                    r.Reason,
                    r.Id,
                })
            );
            return Exit.Done;
        }

        if (runs.Count == 0)
        {
            context.Tell("No file was imported yet.", "尚未导入过文件。");
        }

        foreach (var run in runs)
        {
            var rows = run.Report is { } report ? context.Say($"{report.Rows:N0} rows", $"{report.Rows:N0} 行") : "";
            context.Out.WriteLine(
                $"{run.Short, -26} {home.Product.Calendar.LocalOf(run.StartedAt, null).Date:yyyy-MM-dd} {StateOf(context, run), -12} {rows, 16}  {run.File}"
            );
        }

        return Exit.Done;
    }

    private static string StateOf(CommandContext context, ImportRun run) =>
        run.State switch
        {
            ImportState.Done => context.Say("done", "已完成"),
            ImportState.Refused => context.Say("refused", "整个文件被拒绝"),
            ImportState.Undoing => context.Say("being undone", "撤销中"),
            ImportState.Undone => context.Say("undone", "已撤销"),
            _ => context.Say("unfinished", "未完成"),
        };

    private static async Task<int> UndoAsync(CommandContext context, EmbeddedHome home, string id)
    {
        var line = new ProgressLine(context.Err, context.IsTerminal, context.Say("looked at", "已检查"));
        var outcome = await home.Product.UndoImport.RunAsync(id, new Shown(line), context.Stop);
        line.End();
        return outcome switch
        {
            UndoOutcome.Done done => Tell(context, done),
            UndoOutcome.Ambiguous many => context.Usage(
                $"Several imports begin with '{id}': {string.Join(", ", many.Runs.Select(r => r.Short))}.",
                $"有多次导入以“{id}”开头：{string.Join("、", many.Runs.Select(r => r.Short))}。"
            ),
            UndoOutcome.NotFinished { Run: var run } => context.Usage(
                $"The import {run.Short} has not come to its end. Import {run.File} again, which finishes it; then undo it.",
                $"导入 {run.Short} 尚未完成。请再次导入 {run.File} 使其完成，然后再撤销。"
            ),
            UndoOutcome.TooLate { Run: var run } => context.Usage(
                $"The import {run.Short} ended on {run.EndedAt:yyyy-MM-dd}; an import can be undone for 30 days.",
                $"导入 {run.Short} 已于 {run.EndedAt:yyyy-MM-dd} 结束；只能在 30 天内撤销。"
            ),
            _ => context.Usage(
                $"There is no import '{id}'; 'retention import runs' lists them.",
                $"没有名为“{id}”的导入；可用 retention import runs 查看。"
            ),
        };
    }

    private static int Tell(CommandContext context, UndoOutcome.Done done)
    {
        var (run, account) = (done.Run, done.Account);
        foreach (var left in account.Left.Take(20))
        {
            context.Err.WriteLine("  " + Named(context, left));
        }

        var named = Math.Min(20, account.Left.Count);
        if (account.Changed + account.InUse - named is > 0 and var more)
        {
            context.Tell($"  … and {more:N0} more", $"  …… 另有 {more:N0} 条");
        }

        if (context.Json)
        {
            context.Print(
                new
                {
                    Run = run.Short,
                    run.File,
                    account.Records,
                    account.Undone,
                    LeftChanged = account.Changed,
                    LeftInUse = account.InUse,
                    LeftSuppressed = account.Suppressions,
                    DenialsKept = account.Denials,
                    account.Left,
                }
            );
        }
        else
        {
            context.Out.WriteLine(
                context.Say(
                    $"{run.Short}: {account.Undone:N0} records put back, {account.Changed:N0} left because they were changed since, {account.InUse:N0} customers left because other things need them.",
                    $"{run.Short}：已还原 {account.Undone:N0} 条记录；{account.Changed:N0} 条因之后又有改动而保留；{account.InUse:N0} 位顾客因仍被其他数据引用而保留。"
                )
            );
            if (account.Suppressions > 0)
            {
                context.Out.WriteLine(
                    context.Say(
                        $"{account.Suppressions:N0} addresses stay suppressed: an undo never lifts a suppression.",
                        $"{account.Suppressions:N0} 个地址继续屏蔽：撤销导入不会解除任何屏蔽。"
                    )
                );
            }

            if (account.Denials > 0)
            {
                context.Out.WriteLine(
                    context.Say(
                        $"{account.Denials:N0} refusals of marketing stay: an undo never turns a no into a yes.",
                        $"{account.Denials:N0} 项营销拒绝继续有效：撤销导入不会把拒绝变回同意。"
                    )
                );
            }
        }

        return account.Changed + account.InUse > 0 ? Exit.WithRefusals : Exit.Done;
    }

    private static string Named(CommandContext context, LeftRecord left)
    {
        var kind = left.Kind switch
        {
            "order" => context.Say("order", "订单"),
            "contact" => context.Say("contact", "联系人"),
            "product" => context.Say("product", "商品"),
            "experience" => context.Say("experience", "往来记录"),
            "stock" => context.Say("stock of", "库存"),
            _ => context.Say("customer", "顾客"),
        };
        var of =
            left.Customer.Length == 0 || left.Kind == "customer"
                ? ""
                : context.Say($" of customer {left.Customer}", $"（顾客 {left.Customer}）");
        var why =
            left.Because == UndoLeft.InUse ? context.Say("other things need it", "仍被其他数据引用")
            : left.Name.Length == 0 ? context.Say("is not on file any more", "已不存在")
            : context.Say("was changed since", "之后又有改动");
        return context.Say($"{kind} {left.Name}{of}: {why}", $"{kind} {left.Name}{of}：{why}");
    }

    private sealed class Shown(ProgressLine line) : IProgress<long>
    {
        public void Report(long value) => line.Show(value);
    }
}

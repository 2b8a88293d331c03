using System.CommandLine;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Scoring;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Does once what the timers do: reviews what is due, decides, sends, sweeps.</summary>
internal static class TickCommand
{
    public static Command Define(CommandLine line)
    {
        var command = new Command("tick", "Review what is due, decide, send, sweep: once.");
        line.Bind(command, (context, _) => WithHome.ChangeAsync(context, home => RunAsync(context, home)));
        return command;
    }

    /// <summary>A campaign launched today and ticked as of a past day decides nothing; that is easily missed.</summary>
    private static async Task WarnOfLaterStartsAsync(CommandContext context, EmbeddedHome home)
    {
        var today = home.Product.Calendar.DayOf(home.Product.Clock.GetUtcNow());
        foreach (var head in (await home.Product.Campaigns.LiveAsync()).Select(c => c.Head).Where(h => h.StartOn > today))
        {
            context.Tell(
                $"'{head.Key}' starts on {head.StartOn:yyyy-MM-dd} and decides nothing before; launch a campaign with --as-of to start it on a past day.",
                $"活动“{head.Key}”从 {head.StartOn:yyyy-MM-dd} 开始，此前不做任何决定；如需从过去某天开始，请在 launch 时加 --as-of。"
            );
        }
    }

    private static async Task<int> RunAsync(CommandContext context, EmbeddedHome home)
    {
        var ticking = new Ticking(home);
        // A folder filled today and looked at as of a past day: its reviews were planned for today and later, so they are planned anew.
        var replan = context.HasAsOf && await ticking.LastAsync() is null;
        await WarnOfLaterStartsAsync(context, home);
        var progress = new ProgressLine(context.Err, context.IsTerminal, context.Say("customers", "顾客"));
        var report = await ticking.RunAsync(progress, replan);
        progress.End();
        foreach (var item in report.Broken)
        {
            context.Tell(
                $"{item.Key} could not be worked on ({item.Fault}) and was passed over; it will be tried again at the next tick.",
                $"{item.Key} 无法处理（{item.Fault}），已跳过，下次 tick 会重试。"
            );
        }

        if (context.Json)
        {
            context.Print(report);
            return Exit.Done;
        }

        var (r, s) = (report.Reviews, report.Sweep);
        context.Out.WriteLine(
            context.Say(
                $"{home.Product.Calendar.DayOf(report.At):yyyy-MM-dd}: {r.Reviewed:N0} customers reviewed ({r.Read:N0} due rows), {r.Planned:N0} messages planned{(r.Admitted > 0 ? $", {r.Admitted:N0} let in from backlogs" : "")}, {report.Messages:N0} queue messages handled; sweep: {s.Looked:N0} open, {s.Requeued:N0} queued again, {s.Reaped:N0} now unknown, {s.Expired:N0} expired.",
                $"{home.Product.Calendar.DayOf(report.At):yyyy-MM-dd}：复核 {r.Reviewed:N0} 位顾客（{r.Read:N0} 条到期），计划 {r.Planned:N0} 条信息，{(r.Admitted > 0 ? $"存量顾客进入 {r.Admitted:N0} 位，" : "")}处理队列 {report.Messages:N0} 条；清扫：未完成 {s.Looked:N0} 条，重新入队 {s.Requeued:N0} 条，转为未知 {s.Reaped:N0} 条，过期 {s.Expired:N0} 条。"
            )
        );
        foreach (var (stage, count) in r.Entered.OrderBy(e => e.Key))
        {
            context.Out.WriteLine(
                "  " + context.Say($"entered {stage}: {count:N0}", $"进入“{Explanations.StageNames.Zh(stage)}”：{count:N0}")
            );
        }

        return Exit.Done;
    }
}

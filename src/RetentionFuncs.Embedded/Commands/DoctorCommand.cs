using System.CommandLine;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Embedded.Alerts;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Findings;
using RetentionFuncs.Keeping;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Is everything in order, and does anything need a person? Exit status 1 when something does.</summary>
internal static class DoctorCommand
{
    public static Command Define(CommandLine line)
    {
        var command = new Command("doctor", "Check settings, campaigns, database and messages; mend the indexes.")
        {
            DoctorDnsCommand.Define(line),
            DoctorRelease.Define(line),
        };
        line.Bind(command, (context, _) => WithHome.ReadAsync(context, home => RunAsync(context, home)));
        return command;
    }

    private sealed record Check(bool Fine, Phrase Text);

    private static readonly string[] Checked = ["breaker-open", "kill-switch-on", "dead-letters", "foreign-instance", "quarantine"];
    private static readonly string[] SeenByTicks = ["unknown-outcomes", "broken-records"];

    private static async Task<int> RunAsync(CommandContext context, EmbeddedHome home)
    {
        var progress = new ProgressLine(context.Err, context.IsTerminal, context.Say("customers", "顾客"));
        var audit = await home.Product.AuditTouchpoints.RunAsync(progress);
        progress.End();
        var checks = new List<Check>();
        checks.AddRange(await DatabaseAsync(home));
        checks.AddRange(Files(context, home));
        checks.Add(new(true, home.MailRoute.Told));
        checks.Add(await TimersAsync(home));
        checks.AddRange(await MessagesAsync(home, audit));
        checks.AddRange(await KillSwitchAsync(home));
        checks.AddRange((await home.Product.WatchSending.LookAsync()).Select(f => new Check(false, f.Why)));
        checks.AddRange(await AlertsAsync(home, audit));
        if (context.Json)
        {
            context.Print(
                new
                {
                    fine = checks.All(c => c.Fine),
                    checks = checks.Select(c => new { c.Fine, text = c.Text.In(context.Language) }),
                    audit,
                }
            );
        }
        else
        {
            foreach (var check in checks)
            {
                context.Out.WriteLine($"{(check.Fine ? "✓" : "✗")} {check.Text.In(context.Language)}");
            }
        }

        return checks.All(c => c.Fine) ? Exit.Done : Exit.WithRefusals;
    }

    private static async Task<IEnumerable<Check>> DatabaseAsync(EmbeddedHome home)
    {
        var damage = await home.Database.FindDamageAsync();
        var hold = home.Database.Hold;
        return
        [
            damage.Count == 0
                ? new(true, new("The database is sound.", "数据库完好。"))
                : new(false, new($"The database is damaged: {damage[0]}. Restore a backup.", $"数据库损坏：{damage[0]}。请从备份恢复。")),
            new(true, new($"SQLite runs as: {hold}.", $"SQLite 运行方式：{hold}。")),
            .. home.Database.Warnings.Select(w => new Check(false, w)),
        ];
    }

    private static IEnumerable<Check> Files(CommandContext context, EmbeddedHome home)
    {
        var read = CampaignFiles.Read(context.Folder.Campaigns, home.Product.Settings);
        yield return new(
            !read.HasErrors,
            new(
                $"campaigns/: {read.Versions.Count} fit to run, {read.Findings.Count} findings.",
                $"campaigns/：{read.Versions.Count} 个可运行，{read.Findings.Count} 条提示。"
            )
        );
        foreach (var finding in read.Findings.Where(f => f.IsError))
        {
            yield return new(false, new(finding.Describe("en"), finding.Describe("zh")));
        }
    }

    private static async Task<Check> TimersAsync(EmbeddedHome home)
    {
        var last = await new Ticking(home).LastAsync();
        return last is { } at
            ? new(true, new($"The last tick spoke for {at:yyyy-MM-dd HH:mm} UTC.", $"上次 tick 的时刻：{at:yyyy-MM-dd HH:mm} UTC。"))
            : new(
                false,
                new(
                    "No tick has run yet: run 'retention tick' or 'retention serve'.",
                    "尚未执行过 tick：请运行 retention tick 或 retention serve。"
                )
            );
    }

    private static async Task<IEnumerable<Check>> MessagesAsync(EmbeddedHome home, AuditReport audit)
    {
        var queue = await home.Queue.CountAsync();
        var foreign = 0;
        await foreach (var _ in home.Product.Store.ReadAllAsync(new PartitionId(StoreTable.Control, "quarantine"), RowRange.All))
        {
            foreign++;
        }

        int In(TouchpointState state) => audit.States.GetValueOrDefault(state);
        var states = string.Join(", ", audit.States.Select(s => $"{s.Key} {s.Value:N0}"));
        return
        [
            new(
                true,
                new(
                    $"{audit.Customers:N0} customers; {audit.Planned:N0} messages planned = {states}.",
                    $"{audit.Customers:N0} 位顾客；计划信息 {audit.Planned:N0} 条 = {states}。"
                )
            ),
            new(
                true,
                new(
                    $"Indexes mended: {audit.OpenRowsMended:N0} open-work rows, {audit.LogRowsMended:N0} log rows.",
                    $"已修复索引：未完成 {audit.OpenRowsMended:N0} 行，日志 {audit.LogRowsMended:N0} 行。"
                )
            ),
            Count(
                In(TouchpointState.Unknown),
                "messages may or may not have gone out; they are never sent again, delivery events settle them",
                "条信息是否发出未知；不会重发，等待回执确认"
            ),
            Count(
                In(TouchpointState.Parked),
                "messages were put aside; 'retention explain' says why",
                "条信息被搁置；用 retention explain 查看原因"
            ),
            Count(
                (int)queue.Parked,
                "queue messages wait for a person: 'retention deadletters'",
                "条队列消息待处理：retention deadletters"
            ),
            Count(
                foreign,
                "delivery events were set aside: not about our messages, or unreadable; is a copy of this folder running?",
                "条回执已搁置：与本系统无关或无法读取；是否有此文件夹的副本在运行？"
            ),
            await home.Product.SendControl.StandingAsync() is { IsOpen: true, Why: var why }
                ? new(false, new($"Sending has stopped by itself: {why}", $"发送已自动停止：{why}"))
                : new(true, new("Sending is allowed.", "发送正常。")),
        ];
    }

    private static async Task<IEnumerable<Check>> KillSwitchAsync(EmbeddedHome home)
    {
        home.Product.Campaigns.Forget();
        if (!await home.Product.Campaigns.IsKilledAsync())
        {
            return [];
        }

        var by = await KillSwitchCommand.LastAsync(home);
        return
        [
            new(
                false,
                new(
                    $"All sending was stopped by hand{(by is null ? "" : $" by {by.By} at {by.At:yyyy-MM-dd HH:mm} UTC: {by.Why}")}. 'retention kill-switch off --reason TEXT' ends it.",
                    $"所有发送已被人工停止{(by is null ? "" : $"（{by.By}，{by.At:yyyy-MM-dd HH:mm} UTC：{by.Why}）")}。恢复请运行 retention kill-switch off --reason 原因。"
                )
            ),
        ];
    }

    /// <summary>What alerts tell of and no check above says; what only a tick sees is on file since the last one.</summary>
    private static async Task<IEnumerable<Check>> AlertsAsync(EmbeddedHome home, AuditReport audit)
    {
        var now = await AlertCauses.FindAsync(home, null, await new Ticking(home).SinceLastAsync(), audit);
        var standing = (await new AlertRows(home.Product.Store).ReadAsync()).Select(s => s.Alert).Where(a => SeenByTicks.Contains(a.Cause));
        return now.Concat(standing).Where(a => !Checked.Contains(a.Cause)).DistinctBy(a => a.Cause).Select(a => new Check(false, a.Said));
    }

    private static Check Count(int count, string en, string zh) => new(count == 0, new($"{count:N0} {en}.", $"{count:N0} {zh}。"));
}

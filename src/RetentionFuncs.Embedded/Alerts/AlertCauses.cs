using RetentionFuncs.Deliveries;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Findings;
using RetentionFuncs.Imports;
using RetentionFuncs.Keeping;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Embedded.Alerts;

/// <summary>What needs a person in a folder now. Cheap enough for every tick: counters and a few rows.</summary>
internal static class AlertCauses
{
    /// <summary>A stop by hand that lasts longer was perhaps forgotten.</summary>
    private static readonly TimeSpan LeftOn = TimeSpan.FromHours(1);
    private static readonly TimeSpan LeftApplying = TimeSpan.FromHours(1);

    /// <param name="tick">What the last tick found; null outside one.</param>
    /// <param name="gap">How long the timers had stood still before it; null when not known.</param>
    public static async ValueTask<IReadOnlyList<Alert>> FindAsync(EmbeddedHome home, TickReport? tick, TimeSpan? gap, AuditReport? audit)
    {
        var found = new List<Alert?>
        {
            await BreakerAsync(home),
            await KillSwitchAsync(home),
            await DeadLettersAsync(home),
            await ForeignAsync(home),
            await FrozenAsync(home),
            await ImportsAsync(home),
            Disk(home),
            LongUnknown(tick),
            Broken(tick),
            Overdue(home, gap),
            Unconfirmed(home, audit),
        };
        return [.. found.OfType<Alert>()];
    }

    private static async ValueTask<Alert?> BreakerAsync(EmbeddedHome home) =>
        await home.Product.SendControl.StandingAsync() is { IsOpen: true, Why: var why }
            ? new("breaker-open", new($"Sending has stopped by itself: {why}", $"发送已自动停止：{why}"))
            : null;

    private static async ValueTask<Alert?> KillSwitchAsync(EmbeddedHome home)
    {
        if (!await home.Product.Campaigns.IsKilledAsync())
        {
            return null;
        }

        var turned = await Commands.KillSwitchCommand.LastAsync(home);
        return turned is { What: Commands.KillSwitchCommand.TurnedOn } && turned.At + LeftOn <= home.Product.Clock.GetUtcNow()
            ? new(
                "kill-switch-on",
                new(
                    $"All sending is stopped by hand since {turned.At:yyyy-MM-dd HH:mm} UTC ({turned.By}). 'retention kill-switch off --reason TEXT' ends it.",
                    $"自 {turned.At:yyyy-MM-dd HH:mm} UTC 起所有发送被人工停止（{turned.By}）。恢复请运行 retention kill-switch off --reason 原因。"
                )
            )
            : null;
    }

    private static async ValueTask<Alert?> DeadLettersAsync(EmbeddedHome home) =>
        (await home.Queue.CountAsync()).Parked is > 0 and var count
            ? new(
                "dead-letters",
                new(
                    $"{count:N0} queue messages wait for a person: 'retention deadletters'.",
                    $"{count:N0} 条队列消息待人工处理：retention deadletters。"
                )
            )
            : null;

    private static async ValueTask<Alert?> ForeignAsync(EmbeddedHome home)
    {
        var (foreign, rest) = (0, 0);
        await foreach (var row in home.Product.Store.ReadAllAsync(EvidenceQuarantine.Partition, RowRange.All))
        {
            _ = row.Key.StartsWith("foreign|", StringComparison.Ordinal) ? foreign++ : rest++;
        }

        return foreign > 0
                ? new(
                    "foreign-instance",
                    new(
                        $"{foreign:N0} delivery events speak of messages of another installation: is a copy of this folder running and sending?",
                        $"{foreign:N0} 条回执属于另一个安装：是否有此文件夹的副本正在运行并发送？"
                    )
                )
            : rest > 0
                ? new(
                    "quarantine",
                    new(
                        $"{rest:N0} delivery events were set aside: not about our messages, or unreadable.",
                        $"{rest:N0} 条回执已搁置：与本系统无关或无法读取。"
                    )
                )
            : null;
    }

    private static async ValueTask<Alert?> FrozenAsync(EmbeddedHome home) =>
        await new RestoreRows(home.Product.Store).ReadAsync() is { IsFrozen: true } standing
            ? new(
                "restored",
                new(
                    $"Sending is frozen: {standing.Why}. 'retention doctor release --reason TEXT' reconciles and goes on.",
                    $"发送已冻结：{standing.Why}。请运行 retention doctor release --reason 原因 核对并恢复。"
                )
            )
            : null;

    private static async ValueTask<Alert?> ImportsAsync(EmbeddedHome home)
    {
        var until = home.Product.Clock.GetUtcNow() - LeftApplying;
        await foreach (var run in new ImportRuns(home.Product.Store).AllAsync())
        {
            if (run.State == ImportState.Applying && run.StartedAt < until)
            {
                return new(
                    "import-unfinished",
                    new(
                        $"An import of {run.Kind} was cut off: give the same command for {run.File} again to finish it.",
                        $"导入 {run.Kind} 中途中断：请对 {run.File} 再次执行同一命令以完成。"
                    )
                );
            }
        }

        return null;
    }

    private static Alert? Disk(EmbeddedHome home)
    {
        var free = new DriveInfo(home.Folder.Path).AvailableFreeSpace / (1024 * 1024);
        return free < home.Product.Settings.Alerts.FreeDiskMegabytes
            ? new(
                "disk-full",
                new(
                    $"The disk of {home.Folder.Path} is nearly full: {free:N0} MB are free.",
                    $"{home.Folder.Path} 所在磁盘快满：剩余 {free:N0} MB。"
                )
            )
            : null;
    }

    private static Alert? LongUnknown(TickReport? tick) =>
        tick?.Sweep.LongUnknown is > 0 and var count
            ? new(
                "unknown-outcomes",
                new(
                    $"{count:N0} messages may or may not have gone out for more than a day; they are never sent again. Are delivery events coming in?",
                    $"{count:N0} 条信息超过一天仍不知是否发出；不会重发。送达回执是否正常接收？"
                )
            )
            : null;

    private static Alert? Broken(TickReport? tick) =>
        tick?.Broken.Count() is > 0 and var count
            ? new(
                "broken-records",
                new(
                    $"{count:N0} records could not be worked on and were passed over: {string.Join(", ", tick.Broken.Take(3).Select(b => $"{b.Key} ({b.Fault})"))}.",
                    $"{count:N0} 条记录无法处理，已跳过：{string.Join("、", tick.Broken.Take(3).Select(b => $"{b.Key}（{b.Fault}）"))}。"
                )
            )
            : null;

    private static Alert? Overdue(EmbeddedHome home, TimeSpan? gap) =>
        gap > home.Product.Settings.Alerts.TickOverdue
            ? new(
                "tick-overdue",
                new(
                    $"The timers stood still for {gap.Value.TotalHours:0.0} hours. Is 'retention serve' running? What fell due is caught up at the next tick.",
                    $"定时任务停顿了 {gap.Value.TotalHours:0.0} 小时。retention serve 是否在运行？到期的工作会在下次 tick 时补做。"
                )
            )
            : null;

    private static Alert? Unconfirmed(EmbeddedHome home, AuditReport? audit)
    {
        var sent = audit?.States.GetValueOrDefault(TouchpointState.Sent) ?? 0;
        var share = sent == 0 ? 0 : (decimal)audit!.Unconfirmed / sent;
        return sent >= 50 && share > home.Product.Settings.Alerts.UnconfirmedShare
            ? new(
                "unconfirmed",
                new(
                    $"{share:P0} of what was sent was never heard of again: are the provider's events coming in, is its account in order?",
                    $"{share:P0} 的已发送信息没有任何回音：服务商回执是否正常接收，账户是否正常？"
                )
            )
            : null;
    }
}

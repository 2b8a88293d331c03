using RetentionFuncs.Campaigns;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Web.Api.Documents;

/// <summary>How a running home is doing, told.</summary>
public static class StatusDocument
{
    public static Document Of(HomeStatus status, string language) =>
        Document.Of(
            new
            {
                status.Fine,
                status.Home,
                status.Version,
                status.Business,
                status.At,
                status.LastRunAt,
                status.Queue,
                status.Sending,
                status.Campaigns,
                checks = ChecksOf(status).Select(c => new { c.Fine, text = c.Text.In(language) }),
            },
            () => Document.Lines(ChecksOf(status).Select(c => $"{(c.Fine ? "✓" : "✗")} {c.Text.In(language)}"))
        );

    private static IEnumerable<(bool Fine, Phrase Text)> ChecksOf(HomeStatus status)
    {
        yield return (
            true,
            new(
                $"{status.Business}, home: {status.Home}, version {status.Version}.",
                $"{status.Business}，运行环境：{status.Home}，版本 {status.Version}。"
            )
        );
        yield return status.LastRunAt is { } at
            ? (
                true,
                new(
                    $"The last run spoke for {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC.",
                    $"上次运行的时刻：{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC。"
                )
            )
            : (false, new("No run yet: are the timers on?", "尚未运行过：请检查定时任务是否启用。"));
        yield return (true, CampaignsOf(status));
        if (status.Queue is { } queue)
        {
            yield return (
                queue.DeadLetters == 0,
                new(
                    $"Queue: {queue.Waiting:N0} waiting, {queue.Running:N0} being worked on, {queue.DeadLetters:N0} waiting for a person.",
                    $"队列：排队 {queue.Waiting:N0} 条，处理中 {queue.Running:N0} 条，待人工处理 {queue.DeadLetters:N0} 条。"
                )
            );
        }

        yield return SendingOf(status.Sending);
    }

    private static Phrase CampaignsOf(HomeStatus status)
    {
        int Count(CampaignStatus s) => status.Campaigns.GetValueOrDefault(s);
        var (live, paused) = (Count(CampaignStatus.Live), Count(CampaignStatus.Paused));
        var (draft, stopped) = (Count(CampaignStatus.Draft), Count(CampaignStatus.Stopped));
        return new(
            $"Campaigns: {live} live, {paused} paused, {draft} draft, {stopped} stopped.",
            $"活动：进行中 {live}，已暂停 {paused}，草稿 {draft}，已结束 {stopped}。"
        );
    }

    private static (bool Fine, Phrase Text) SendingOf(SendingState sending) =>
        sending.Killed ? (false, new("A person has stopped all sending (kill switch).", "已有人开启紧急停发，所有信息停止发送。"))
        : sending.StoppedBecause is { } why ? (false, new($"Sending has stopped by itself: {why}.", $"发送已自动停止：{why}。"))
        : (true, new("Sending is allowed.", "发送正常。"));
}

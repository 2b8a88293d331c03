using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Embedded.Servers;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Findings;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Turns what went wrong into words for a person and an exit status for a script. Nobody is shown a stack trace.</summary>
internal static class Failures
{
    public static int Tell(CommandContext context, Exception failure)
    {
        var (status, said) = Of(failure);
        foreach (var finding in (failure as ServerRefusedException)?.Findings ?? [])
        {
            context.Err.WriteLine(finding);
        }

        context.Err.WriteLine(said.In(context.Language));
        return status;
    }

    private static (int Status, Phrase Said) Of(Exception failure) =>
        failure switch
        {
            HomeRefusedException refused => (Exit.WrongUsage, refused.Reason),
            ServerRefusedException refused => (refused.Exit, refused.Said),
            DatabaseRefusedException refused => (Exit.Failed, refused.Reason),
            StoreUnavailableException or QueueUnavailableException => (
                Exit.Failed,
                new(
                    $"{failure.Message} Nothing is lost; give the command again.",
                    $"存储未能确认写入：{failure.Message} 数据没有丢失，请重新执行该命令。"
                )
            ),
            IOException or UnauthorizedAccessException => (Exit.Failed, new(failure.Message, $"文件或网络操作失败：{failure.Message}")),
            InvalidDataException => (Exit.Failed, new(failure.Message, $"数据无法读取：{failure.Message}")),
            OperationCanceledException => (
                Exit.Failed,
                new("Stopped before the end; give the command again to go on.", "命令中途停止；再次执行即可继续。")
            ),
            _ => (Exit.Failed, FaultOf(failure)),
        };

    /// <summary>What should not happen: enough to report it by.</summary>
    private static Phrase FaultOf(Exception fault)
    {
        var place = fault.StackTrace?.Split('\n')[0].Trim();
        return new(
            $"A fault in the program: {fault.GetType().Name}: {fault.Message} ({place}) What was done before it is on file.",
            $"程序内部错误：{fault.GetType().Name}：{fault.Message}（{place}）此前完成的内容均已保存。"
        );
    }
}

using System.CommandLine;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Who acts by hand, and the reason that has to be given.</summary>
internal static class OperatorReason
{
    /// <summary>The name the machine knows.</summary>
    public static string Who => Environment.UserName is { Length: > 0 } name ? name : "unknown";

    public static Option<string> Option() => new("--reason") { Description = "Why; it is written down.", Required = true };

    public static int Missing(CommandContext context) =>
        context.Usage("--reason: say why; it is written down with your name.", "--reason：请写明原因，将连同操作人一并记录。");
}

using RetentionFuncs.Imports;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Says what an import came to.</summary>
internal static class ImportTelling
{
    private const int Shown = 10;

    public static void Tell(CommandContext context, string kind, ImportReport report)
    {
        context.Tell(
            $"{report.File}: {report.Recognised.Count} columns recognised ({string.Join(", ", report.Recognised.Select(Shape))})"
                + (report.Ignored.Count > 0 ? $"; ignored: {string.Join(", ", report.Ignored)}" : ""),
            $"{report.File}：识别 {report.Recognised.Count} 列（{string.Join("、", report.Recognised.Select(Shape))}）"
                + (report.Ignored.Count > 0 ? $"；忽略：{string.Join("、", report.Ignored)}" : "")
        );
        foreach (var notice in report.Notices)
        {
            context.Err.WriteLine("  " + notice);
        }

        foreach (var row in report.Refusals.Take(Shown))
        {
            context.Err.WriteLine($"  {report.File}:{row.Line}: {row.Column} '{row.Value}' {row.Reason}");
        }

        if (report.Refused > Shown)
        {
            context.Tell($"  … and {report.Refused - Shown:N0} more", $"  …… 另有 {report.Refused - Shown:N0} 行");
        }

        foreach (var skipped in report.SkippedBecause)
        {
            context.Tell($"  {skipped.Rows:N0} rows skipped: {skipped.Reason}", $"  跳过 {skipped.Rows:N0} 行：{skipped.Reason}");
        }

        if (context.Json)
        {
            context.Print(
                new
                {
                    report.File,
                    report.Rows,
                    report.Accepted,
                    report.Unchanged,
                    report.Skipped,
                    report.SkippedBecause,
                    report.Refused,
                    report.Customers,
                    report.Orders,
                    report.RefusedFile,
                    report.SkippedFile,
                }
            );
            return;
        }

        var (en, zh) = kind switch
        {
            "orders" => (
                $"; {report.Customers:N0} customers, {report.Orders:N0} orders",
                $"；{report.Customers:N0} 位顾客，{report.Orders:N0} 个订单"
            ),
            "customers" or "consents" or "receivables" or "deliveries" or "stock" => (
                $"; {report.Customers:N0} customers",
                $"；{report.Customers:N0} 位顾客"
            ),
            _ => ("", ""),
        };
        var (skippedEn, skippedZh) = report.Skipped == 0 ? ("", "") : ($", {report.Skipped:N0} skipped", $"，跳过 {report.Skipped:N0} 行");
        context.Out.WriteLine(
            context.Say(
                $"{report.Rows:N0} rows: {report.Accepted:N0} accepted ({report.Unchanged:N0} unchanged){skippedEn}, {report.Refused:N0} refused{en}.",
                $"共 {report.Rows:N0} 行：接受 {report.Accepted:N0} 行（其中 {report.Unchanged:N0} 行无变化）{skippedZh}，拒绝 {report.Refused:N0} 行{zh}。"
            )
        );
        if (report.RefusedFile is { } file)
        {
            context.Tell($"Refused rows with reasons: {file}", $"被拒绝的行及原因：{file}");
        }

        if (report.SkippedFile is { } skippedFile)
        {
            context.Tell($"Skipped rows with reasons: {skippedFile}", $"跳过的行及原因：{skippedFile}");
        }
    }

    /// <summary>Says why the file as a whole was refused.</summary>
    public static int TellRefused(CommandContext context, string file, long? line, string reason)
    {
        var place = line is { } at ? $":{at}" : "";
        context.Err.WriteLine($"{file}{place}: {reason}");
        context.Tell("Nothing was taken in.", "未导入任何内容。");
        return Exit.WrongUsage;
    }

    private static string Shape(RecognisedColumn column) =>
        Same(column.Header, column.Column) ? column.Column : $"{column.Header} → {column.Column}";

    private static bool Same(string header, string column) => string.Equals(header, column, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Shows how far an import is.</summary>
internal sealed class ImportProgressLine(CommandContext context) : IProgress<ImportProgress>
{
    private readonly Dictionary<ImportPhase, ProgressLine> _lines = [];

    public void Report(ImportProgress value)
    {
        if (!_lines.TryGetValue(value.Phase, out var line))
        {
            var what = value.Phase switch
            {
                ImportPhase.Hashing => context.Say("hashing", "校验"),
                ImportPhase.Reading => context.Say("reading", "读取"),
                _ => context.Say("applying rows", "写入行"),
            };
            var total = value.Phase == ImportPhase.Applying ? 0 : value.TotalBytes;
            _lines[value.Phase] = line = new ProgressLine(context.Err, context.IsTerminal, what, total);
        }

        line.Show(value.Phase == ImportPhase.Applying ? value.Rows : value.Bytes);
    }

    public void End()
    {
        foreach (var line in _lines.Values)
        {
            line.End();
        }
    }
}

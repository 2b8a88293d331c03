using System.CommandLine;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Findings;
using RetentionFuncs.Imports;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Takes a file in and accounts for every row of it.</summary>
internal static class ImportCommand
{
    public static Command Define(CommandLine line)
    {
        var command = new Command("import", "Take in a file; the same file again changes nothing.")
        {
            File(line, "products", "sku, name, family, role, cost"),
            File(line, "customers", "customer_id, name, email, country, language, birthday, consent"),
            File(line, "orders", "customer_id, order_id, date, amount and optional line columns; or Shopify's order export"),
            ImportEventsCommand.Define(line),
        };
        return command;
    }

    private static Command File(CommandLine line, string kind, string columns)
    {
        var file = new Argument<string>("file") { Description = "A CSV file." };
        var dates = new Option<string?>("--dates")
        {
            Description = "How dates that do not begin with the year are written: dmy, mdy or ymd.",
        };
        var numbers = new Option<string?>("--numbers") { Description = "How numbers are written: en (1,234.56) or de (1.234,56)." };
        var currency = new Option<string?>("--currency") { Description = "ISO 4217 for rows that name none." };
        var future = new Option<bool>("--allow-future") { Description = "Read dates more than a day ahead too." };
        var map = new Option<string[]>("--column") { Description = "name=Header, for a header that is not recognised." };
        var command = new Command(kind, $"Columns: {columns}.") { file, dates, numbers, currency, future, map };
        line.Bind(
            command,
            (context, parsed) =>
            {
                if (
                    !TryOptions(
                        context,
                        parsed.GetValue(dates),
                        parsed.GetValue(numbers),
                        parsed.GetValue(currency),
                        parsed.GetValue(map) ?? [],
                        out var options,
                        out var problem
                    )
                )
                {
                    return Task.FromResult(context.Usage(problem.En, problem.Zh));
                }

                var given = options with { AllowFuture = parsed.GetValue(future) };
                return WithHome.ChangeAsync(context, home => RunAsync(context, home, kind, context.PathOf(parsed.GetValue(file)!), given));
            }
        );
        return command;
    }

    private static bool TryOptions(
        CommandContext context,
        string? dates,
        string? numbers,
        string? currency,
        string[] columns,
        out ImportOptions options,
        out Phrase problem
    )
    {
        options = new ImportOptions { Language = context.Language, Currency = currency };
        problem = new("", "");
        var order = default(DateOrder);
        if (dates is not null && !DateOrders.TryOf(dates, out order))
        {
            problem = new($"--dates {dates}: dmy, mdy or ymd.", $"--dates {dates}：请用 dmy、mdy 或 ymd。");
            return false;
        }

        var mark = default(DecimalMark);
        if (numbers is not null && !DecimalMarks.TryOf(numbers, out mark))
        {
            problem = new($"--numbers {numbers}: en or de.", $"--numbers {numbers}：请用 en 或 de。");
            return false;
        }

        if (currency is not null && (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper)))
        {
            problem = new(
                $"--currency {currency}: three capital letters (ISO 4217), such as EUR.",
                $"--currency {currency}：请用三位大写字母（ISO 4217），如 CNY。"
            );
            return false;
        }

        options = options with { Dates = dates is null ? null : order, Numbers = numbers is null ? null : mark };
        return TryColumns(columns, ref options, out problem);
    }

    internal static bool TryColumns(string[] columns, ref ImportOptions options, out Phrase problem)
    {
        problem = new("", "");
        var pairs = columns.Select(c => c.Split('=', 2)).ToArray();
        if (pairs.FirstOrDefault(p => p.Length != 2) is { } bad)
        {
            problem = new($"--column {bad[0]}: write name=Header.", $"--column {bad[0]}：请写成 名称=表头。");
            return false;
        }

        if (pairs.GroupBy(p => p[0].Trim(), StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            problem = new($"--column {twice.Key}: given twice.", $"--column {twice.Key}：重复指定。");
            return false;
        }

        options = options with { Columns = pairs.ToDictionary(p => p[0].Trim(), p => p[1].Trim()) };
        return true;
    }

    private static async Task<int> RunAsync(CommandContext context, EmbeddedHome home, string kind, string file, ImportOptions options)
    {
        if (!System.IO.File.Exists(file))
        {
            return context.Usage($"{file} does not exist.", $"找不到文件 {file}。");
        }

        var progress = new ImportProgressLine(context);
        var outcome = await ImportAsync(home, kind, file, options, progress);
        progress.End();
        if (outcome is ImportOutcome.FileRefused refused)
        {
            return ImportTelling.TellRefused(context, refused.File, refused.Line, refused.Reason);
        }

        var report = ((ImportOutcome.Completed)outcome).Report;
        ImportTelling.Tell(context, kind, report);
        return report.Refused > 0 ? Exit.WithRefusals : Exit.Done;
    }

    /// <summary>The import itself, for the demo too.</summary>
    public static Task<ImportOutcome> ImportAsync(
        EmbeddedHome home,
        string kind,
        string file,
        ImportOptions options,
        IProgress<ImportProgress>? progress = null
    )
    {
        var product = home.Product;
        Directory.CreateDirectory(home.Folder.Refused);
        var refused = Path.Combine(home.Folder.Refused, Path.GetFileNameWithoutExtension(file) + ".refused.csv");
        var given = options with { RefusedFile = refused, TempFolder = home.Folder.In("spool") };
        var ground = new ImportGround(
            product.Calendar,
            product.Settings.Currency,
            product.Secret,
            product.Store,
            product.Clock,
            product.Ids
        );
        var sink = new RecordImport(product.RecordCustomer, product.RecordOrders, product.Products, product.Clock.GetUtcNow());
        var source = ImportSource.OfFile(file);
        return ImportKinds.RunAsync(kind, ground, source, given, sink, progress);
    }
}

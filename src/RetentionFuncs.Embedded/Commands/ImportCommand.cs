using System.CommandLine;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Imports;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Takes a file in and accounts for every row of it.</summary>
internal static class ImportCommand
{
    public static Command Define(CommandLine line)
    {
        var command = new Command("import", "Take in a file; the same file again changes nothing.")
        {
            File(line, "products", "sku, name, family, role, cost, life_days, lead_days"),
            File(line, "customers", "customer_id, name, email, country, language, birthday, consent"),
            File(
                line,
                "orders",
                "customer_id, order_id, date, amount and optional line columns; or the order export of Shopify, WooCommerce, Taobao/Tmall, JD, Youzan"
            ),
            File(line, "results", "touch, outcome, outcome_at, note: a list of 'retention handoff' with its results filled in"),
            File(line, "suppressions", "email or phone, reason, date, channel; Mailchimp's, SendGrid's, Klaviyo's and HubSpot's lists"),
            File(line, "consents", "customer_id (or email, phone), channel, state, basis, source, moment, words"),
            File(line, "receivables", "customer_id, invoice, issued, due, amount, currency, paid, paid_amount, promised"),
            File(line, "deliveries", "customer_id, order_id, promised, delivered, ordered, delivered_quantity, urgent"),
            File(line, "stock", "customer_id, sku, date, stock, sold, sold_since"),
            ImportEventsCommand.Define(line),
            ImportRunsCommand.Runs(line),
            ImportRunsCommand.Undo(line),
        };
        return command;
    }

    private static Command File(CommandLine line, string kind, string columns)
    {
        var file = new Argument<string>("file") { Description = "A CSV file." };
        var command = new Command(kind, $"Columns: {columns}.") { file };
        ImportFlags.AddTo(command, kind);
        line.Bind(
            command,
            (context, parsed) =>
                ImportFlags.TryRead(context, parsed, kind, out _, out var options)
                    ? WithHome.ChangeAsync(context, home => RunAsync(context, home, kind, context.PathOf(parsed.GetValue(file)!), options))
                    : Task.FromResult(Exit.WrongUsage)
        );
        return command;
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
        var name = Path.Combine(home.Folder.Refused, Path.GetFileNameWithoutExtension(file));
        var given = options with
        {
            RefusedFile = name + ".refused.csv",
            SkippedFile = name + ".skipped.csv",
            TempFolder = home.Folder.In("spool"),
        };
        var ground = new ImportGround(
            product.Calendar,
            product.Settings.Currency,
            product.Secret,
            product.Store,
            product.Clock,
            product.Ids
        );
        var sink = new RecordImport(product.ImportVerbs, product.Clock.GetUtcNow());
        var source = ImportSource.OfFile(file);
        return ImportKinds.RunAsync(kind, ground, source, given, sink, progress);
    }
}

using System.CommandLine;
using RetentionFuncs.Findings;
using RetentionFuncs.Imports;
using RetentionFuncs.Imports.Mappings;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>What the command line can declare about a file, for a folder and for a running home alike.</summary>
internal static class ImportFlags
{
    private const int MaxMapping = 1024 * 1024;

    /// <param name="kind">Flags that only some kinds can use are not offered for the others.</param>
    public static void AddTo(Command command, string kind)
    {
        command.Add(
            new Option<string?>("--dates") { Description = "How dates that do not begin with the year are written: dmy, mdy or ymd." }
        );
        command.Add(new Option<string?>("--numbers") { Description = "How numbers are written: en (1,234.56) or de (1.234,56)." });
        command.Add(new Option<string?>("--currency") { Description = "ISO 4217 for rows that name none." });
        command.Add(new Option<string?>("--encoding") { Description = "utf-8, utf-16, gb18030 (also GBK), windows-1252 or shift_jis." });
        command.Add(new Option<bool>("--allow-future") { Description = "Read dates more than a day ahead too." });
        command.Add(new Option<string[]>("--column") { Description = "name=Header, for a header that is not recognised." });
        command.Add(
            new Option<string?>("--map")
            {
                Description = "A YAML file that says all of this, what words mean and what holds for every row.",
            }
        );
        if (kind == ImportKinds.Orders)
        {
            AddConsent(command);
        }
    }

    private static void AddConsent(Command command)
    {
        command.Add(
            new Option<string?>("--consent")
            {
                Description = "Channels on which these buyers have said yes elsewhere: \"sms phone email\".",
            }
        );
        command.Add(new Option<string?>("--consent-basis") { Description = "express, soft-opt-in or implied." });
        command.Add(new Option<string?>("--consent-source") { Description = "Where and when they said so, in your words." });
    }

    /// <summary>Reads what was declared; says on the error output what is wrong with it.</summary>
    public static bool TryRead(
        CommandContext context,
        ParseResult parsed,
        string kind,
        out ImportDeclaration declared,
        out ImportOptions options
    )
    {
        options = new ImportOptions();
        var isOrders = kind == ImportKinds.Orders;
        declared = new ImportDeclaration();
        if (!TryColumns(parsed.GetValue<string[]>("--column") ?? [], out var columns, out var problem))
        {
            context.Tell(problem);
            return false;
        }

        declared = new ImportDeclaration
        {
            Dates = parsed.GetValue<string?>("--dates"),
            Numbers = parsed.GetValue<string?>("--numbers"),
            Currency = parsed.GetValue<string?>("--currency"),
            Encoding = parsed.GetValue<string?>("--encoding"),
            AllowFuture = parsed.GetValue<bool>("--allow-future"),
            Columns = columns,
            Language = context.Language,
            Consent = isOrders ? parsed.GetValue<string?>("--consent") : null,
            ConsentBasis = isOrders ? parsed.GetValue<string?>("--consent-basis") : null,
            ConsentSource = isOrders ? parsed.GetValue<string?>("--consent-source") : null,
        };
        if (parsed.GetValue<string?>("--map") is { } map && !TryMap(context, context.PathOf(map), kind, ref declared))
        {
            return false;
        }

        var odd = declared.ProblemFor(kind);
        if (odd != default || !declared.TryRead(out options, out odd))
        {
            context.Tell($"--{odd.En}.", $"--{odd.Zh}。");
            return false;
        }

        return true;
    }

    private static bool TryMap(CommandContext context, string path, string kind, ref ImportDeclaration declared)
    {
        if (!File.Exists(path))
        {
            context.Tell($"{path} does not exist.", $"找不到文件 {path}。");
            return false;
        }

        if (new FileInfo(path).Length > MaxMapping)
        {
            context.Tell($"{path} is larger than 1 MB; that is no mapping file.", $"{path} 超过 1 MB，不是映射文件。");
            return false;
        }

        var (mapping, findings) = MappingFile.Read(File.ReadAllText(path), Path.GetFileName(path), kind);
        foreach (var finding in findings)
        {
            context.Err.WriteLine(finding.Describe(context.Language));
        }

        declared = mapping is null ? declared : declared.Over(mapping);
        return mapping is not null;
    }

    private static bool TryColumns(string[] columns, out IReadOnlyDictionary<string, string>? read, out Phrase problem)
    {
        read = null;
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

        read = pairs.Length == 0 ? null : pairs.ToDictionary(p => p[0].Trim(), p => p[1].Trim());
        return true;
    }
}

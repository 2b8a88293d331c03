using System.Globalization;
using System.Reflection;

namespace RetentionFuncs.Embedded.Stores;

/// <summary>The numbered scripts in <c>Schema/</c>; the file's <c>user_version</c> is the number of the last one it has had.</summary>
internal static class SchemaScripts
{
    /// <summary>Marks a file as ours: "RtnF".</summary>
    public const int ApplicationId = 0x52746E46;

    private const string Folder = "Schema/";
    private static readonly Assembly Home = typeof(SchemaScripts).Assembly;

    /// <summary>Number and resource name, ascending.</summary>
    private static readonly (int Number, string Name)[] All =
    [
        .. Home.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(n => (int.Parse(n.AsSpan(Folder.Length, 3), CultureInfo.InvariantCulture), n)),
    ];

    public static int Newest => All[^1].Number;

    /// <summary>Brings an older file up to <see cref="Newest"/>, all scripts in one transaction.</summary>
    public static void Apply(SqliteHandle handle)
    {
        var present = handle.AskInteger("PRAGMA user_version");
        if (present >= Newest)
        {
            return;
        }

        handle.Execute("BEGIN IMMEDIATE");
        foreach (var (_, name) in All.Where(s => s.Number > present))
        {
            using var text = new StreamReader(Home.GetManifestResourceStream(name)!);
            handle.Execute(text.ReadToEnd());
        }

        handle.Execute($"PRAGMA user_version = {Newest}; PRAGMA application_id = {ApplicationId}");
        handle.Execute($"REPLACE INTO meta (name, value) VALUES ('schema_version', '{Newest}')");
        handle.Execute("COMMIT");
    }
}

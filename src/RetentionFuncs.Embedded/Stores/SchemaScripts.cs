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
    public static void Apply(SqliteHandle handle) => Apply(handle, [.. All.Select(s => (s.Number, TextOf(s.Name)))]);

    /// <param name="scripts">Number and text, ascending.</param>
    internal static void Apply(SqliteHandle handle, IReadOnlyList<(int Number, string Text)> scripts)
    {
        var (present, newest) = (handle.AskInteger("PRAGMA user_version"), scripts[^1].Number);
        if (present >= newest)
        {
            return;
        }

        handle.Execute("BEGIN IMMEDIATE");
        foreach (var (_, text) in scripts.Where(s => s.Number > present))
        {
            handle.Execute(text);
        }

        handle.Execute($"PRAGMA user_version = {newest}; PRAGMA application_id = {ApplicationId}");
        handle.Execute($"REPLACE INTO meta (name, value) VALUES ('schema_version', '{newest}')");
        handle.Execute("COMMIT");
    }

    private static string TextOf(string name)
    {
        using var text = new StreamReader(Home.GetManifestResourceStream(name)!);
        return text.ReadToEnd();
    }
}

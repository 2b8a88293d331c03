namespace RetentionFuncs.Embedded.Serving;

/// <summary>Tells whether a command goes to the program that holds its folder.</summary>
internal static class Forwarding
{
    private static readonly string[] Here = ["serve", "init", "demo", "--help", "-h", "-?", "--version"];

    /// <summary>The folder whose running program should carry the command out, or null when it is carried out here.</summary>
    public static string? FolderFor(string[] args)
    {
        if (args.Length == 0 || args.Any(Here.Contains))
        {
            return null;
        }

        var at = Array.FindIndex(args, a => a == "--data" || a.StartsWith("--data=", StringComparison.Ordinal));
        var given =
            at < 0 ? ".retention"
            : args[at].Length > "--data".Length ? args[at]["--data=".Length..]
            : at + 1 < args.Length ? args[at + 1]
            : ".retention";
        var folder = Path.GetFullPath(given);
        return File.Exists(Path.Combine(folder, "retention.sock")) ? folder : null;
    }
}

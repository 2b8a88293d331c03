namespace RetentionFuncs.AzureAdapters.Tests.StandIns;

/// <summary>The signature lists beside these tests: header of each type to its members.</summary>
internal static class SignatureLists
{
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Read()
    {
        var types = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Folder, "*.signatures.txt"))
        {
            HashSet<string>? members = null;
            foreach (var line in File.ReadLines(file).Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
            {
                if (line[0] == '[')
                {
                    types.Add(line, members = new HashSet<string>(StringComparer.Ordinal));
                }
                else if (!members!.Add(line))
                {
                    throw new InvalidDataException($"{Path.GetFileName(file)} has twice: {line}");
                }
            }
        }

        return types;
    }

    /// <summary>The members that the product need not call, as <c>Namespace.Type.Member</c> or <c>Namespace.Type.*</c>.</summary>
    public static IReadOnlyList<string> ReadUnused() =>
        [
            .. File.ReadLines(Path.Combine(Folder, "unused.txt"))
                .Select(l => l.Trim())
                .Where(l => l.Length > 0 && l[0] != '#')
                .Select(l => l.Split('#')[0].Trim()),
        ];

    public static string Root
    {
        get
        {
            var root = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(root.FullName, "RetentionFuncs.sln")))
            {
                root = root.Parent!;
            }

            return root.FullName;
        }
    }

    private static string Folder => Path.Combine(Root, "tests", "RetentionFuncs.AzureAdapters.Tests", "StandIns");
}

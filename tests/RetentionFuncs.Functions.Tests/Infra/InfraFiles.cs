using RetentionFuncs.Functions.Tests.Infra.Bicep;

namespace RetentionFuncs.Functions.Tests.Infra;

/// <summary>The files that run the Azure home, as they lie in the repository.</summary>
internal static class InfraFiles
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> Templates { get; } =
    [
        "main.bicep",
        "main.dev.bicepparam",
        "main.prod.bicepparam",
        .. Directory
            .GetFiles(Path("infra/modules"), "*.bicep")
            .Select(f => "modules/" + System.IO.Path.GetFileName(f))
            .Order(StringComparer.Ordinal),
    ];

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(Path(relative));

    public static BicepFile Template(string relative) => BicepFile.Load(Path("infra/" + relative));

    /// <summary>File name and text of each query.</summary>
    public static IEnumerable<(string Name, string Text)> Queries(string folder) =>
        Directory
            .GetFiles(Path(folder), "*.kql")
            .Order(StringComparer.Ordinal)
            .Select(f => (System.IO.Path.GetFileName(f), File.ReadAllText(f)));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "RetentionFuncs.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("RetentionFuncs.sln lies in no folder above the tests.");
    }
}

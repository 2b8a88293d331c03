namespace RetentionFuncs.AzureAdapters.Tests;

/// <summary>Which packages a build takes is said in project files alone.</summary>
public sealed class SwitchTests
{
    [Fact]
    public void No_line_of_the_product_is_compiled_only_with_one_kind_of_packages()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "RetentionFuncs.sln")))
        {
            root = root.Parent!;
        }

        Directory
            .EnumerateFiles(Path.Combine(root.FullName, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => File.ReadLines(f).Any(l => l.TrimStart().StartsWith("#if", StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }
}

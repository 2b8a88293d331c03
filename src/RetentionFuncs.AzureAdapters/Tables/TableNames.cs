using RetentionFuncs.Storage;

namespace RetentionFuncs.AzureAdapters.Tables;

/// <summary>One table of the account for each <see cref="StoreTable"/>, under its own name behind the prefix.</summary>
public static class TableNames
{
    /// <summary>What the service allows; case does not tell two tables apart.</summary>
    private const int Longest = 63;

    public static IReadOnlyList<string> All(string prefix) => [.. Enum.GetValues<StoreTable>().Select(table => Of(table, prefix))];

    /// <exception cref="ArgumentException">The prefix does not make a table name.</exception>
    public static string Of(StoreTable table, string prefix)
    {
        var name = prefix + table;
        return name.Length <= Longest && char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit)
            ? name
            : throw new ArgumentException(
                $"The table prefix '{prefix}' makes the name '{name}'; a name is at most {Longest} letters and digits, a letter first.",
                nameof(prefix)
            );
    }
}

using Azure.Data.Tables;
using RetentionFuncs.Storage;

namespace RetentionFuncs.AzureAdapters.Tables;

/// <summary>
/// A range of keys as a filter of the service. The port's ends may hold a control character, which no URL should carry: U+0001 behind a
/// key means "just after it", U+007F "after all that begin with it"; no key holds either.
/// </summary>
public static class KeyFilter
{
    private const char JustAfter = '\u0001';
    private const char AfterAll = '\u007F';

    /// <summary>The one key a range holds, or null when it may hold several.</summary>
    public static string? SingleKey(RowRange range) =>
        range.From is { Length: > 0 } from
        && from[^1] != JustAfter
        && range.To is { } to
        && to.Length == from.Length + 1
        && to[^1] == JustAfter
        && to.StartsWith(from, StringComparison.Ordinal)
            ? from
            : null;

    /// <summary>No key can lie between the ends.</summary>
    public static bool IsEmpty(RowRange range) => range.To is { } to && string.CompareOrdinal(range.From, to) >= 0;

    public static string Of(string partitionKey, RowRange range)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partitionKey}");
        if (range.From is { Length: > 0 } from)
        {
            filter +=
                from[^1] == JustAfter
                    ? TableClient.CreateQueryFilter($" and RowKey gt {from[..^1]}")
                    : TableClient.CreateQueryFilter($" and RowKey ge {from}");
        }

        return range.To is { } to ? filter + End(to) : filter;
    }

    private static string End(string to)
    {
        if (to[^1] == JustAfter)
        {
            return TableClient.CreateQueryFilter($" and RowKey le {to[..^1]}");
        }

        while (to.Length > 1 && to[^1] == AfterAll)
        {
            to = to[..^2] + (char)(to[^2] + 1);
        }

        return TableClient.CreateQueryFilter($" and RowKey lt {to}");
    }
}

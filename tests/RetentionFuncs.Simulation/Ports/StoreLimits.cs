using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Ports;

/// <summary>
/// What Table Storage refuses, refused here too, so that no test passes on rows that could not be stored in Azure. Sizes are those
/// of the service: 512 characters a key here, 64 KiB a text (UTF-16), 252 properties and 1 MiB a row, 100 rows and 4 MiB a commit.
/// </summary>
internal static class StoreLimits
{
    private const int MaxTextBytes = 64 * 1024;
    private const int MaxRowBytes = 1024 * 1024;
    private const int MaxCommitBytes = 4 * 1024 * 1024;

    public static void Check(PartitionId partition, IReadOnlyList<RowWrite> writes)
    {
        Require(
            partition.Key is { Length: > 0 and <= 512 } && partition.Key.All(IsPartitionCharacter),
            $"The partition key '{partition.Key}' must have 1 to 512 characters of A-Z a-z 0-9 | _ . : ~ -."
        );
        Require(writes.Count is >= 1 and <= 100, $"A commit holds 1 to 100 writes, not {writes.Count}.");
        Require(
            writes.Select(w => w.Key).Distinct(StringComparer.Ordinal).Count() == writes.Count,
            $"A commit to {partition} names a row twice."
        );
        var size = 0L;
        foreach (var write in writes)
        {
            size += SizeOf(write);
        }

        Require(size <= MaxCommitBytes, $"A commit to {partition} has {size} bytes; at most {MaxCommitBytes} go in one.");
    }

    private static long SizeOf(RowWrite write)
    {
        Require(
            write.Key is { Length: > 0 and <= 512 } && !write.Key.Any(IsForbiddenInRowKey),
            $"The row key '{write.Key}' must have 1 to 512 characters and no / \\ # ? or control character."
        );
        if (write.Properties is not { } properties)
        {
            return write.Key.Length * 2L;
        }

        Require(properties.Entries.Count <= 252, $"Row '{write.Key}' has {properties.Entries.Count} properties; 252 is the most.");
        var size = properties.Entries.Sum(p => SizeOf(write.Key, p)) + (write.Key.Length * 2L);
        Require(size <= MaxRowBytes, $"Row '{write.Key}' has {size} bytes; {MaxRowBytes} is the most.");
        return size;
    }

    private static long SizeOf(string key, KeyValuePair<string, object> property)
    {
        var (name, value) = property;
        Require(IsPropertyName(name), $"Row '{key}': '{name}' is no property name; letters, digits and _ only, no digit first.");
        var bytes = value is string text ? text.Length * 2L : 8;
        Require(bytes <= MaxTextBytes, $"Row '{key}': '{name}' has {bytes} bytes; {MaxTextBytes} is the most.");
        return bytes + (name.Length * 2L);
    }

    private static bool IsPropertyName(string name) =>
        name is { Length: > 0 and <= 255 }
        && !char.IsAsciiDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && name is not ("PartitionKey" or "RowKey" or "Timestamp" or "ETag");

    private static bool IsPartitionCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '|' or '_' or '.' or ':' or '~' or '-';

    private static bool IsForbiddenInRowKey(char c) => c is '/' or '\\' or '#' or '?' || char.IsControl(c);

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message);
        }
    }
}

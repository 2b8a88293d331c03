using System.Buffers;
using System.Text;

namespace RetentionFuncs.Storage;

/// <summary>
/// What every store takes, so that no store takes what another would refuse. Sizes are counted as Table Storage counts them:
/// two bytes a UTF-16 unit, eight bytes a number.
/// </summary>
public static class RowLimits
{
    /// <summary>Characters of a partition or row key.</summary>
    public const int KeyLength = 512;

    /// <summary>Properties of a row: 255 less the partition key, row key and timestamp that a table adds.</summary>
    public const int Properties = 252;

    /// <summary>UTF-16 units of one text: 64 KiB.</summary>
    public const int TextLength = 32 * 1024;

    /// <summary>Bytes of one row, its names included.</summary>
    public const int RowBytes = 1024 * 1024;

    /// <summary>Rows of one commit.</summary>
    public const int CommitRows = 100;

    /// <summary>Bytes of one commit.</summary>
    public const int CommitBytes = 4 * 1024 * 1024;

    /// <summary>Rows of one page.</summary>
    public const int PageRows = 1000;

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789|_.:~-"
    );

    /// <exception cref="ArgumentException">The commit breaks a limit; says which row, which property and which limit.</exception>
    public static void Check(PartitionId partition, IReadOnlyList<RowWrite> writes)
    {
        CheckKey(partition.Key, "partition key");
        if (writes.Count is 0 or > CommitRows)
        {
            throw new ArgumentException($"A commit to {partition} has {writes.Count} rows; 1 to {CommitRows} are allowed.", nameof(writes));
        }

        CheckNamedOnce(partition, writes);
        var bytes = 0;
        for (var i = 0; i < writes.Count; i++)
        {
            CheckKey(writes[i].Key, "row key");
            CheckMeaning(partition, writes[i]);
            bytes += writes[i].Properties is { } bag ? Measure(writes[i].Key, bag) : 0;
        }

        if (bytes > CommitBytes)
        {
            throw new ArgumentException($"A commit to {partition} has {bytes} bytes; at most {CommitBytes} are allowed.", nameof(writes));
        }
    }

    /// <exception cref="ArgumentException">Empty, too long, or a character outside <c>[A-Za-z0-9|_.:~-]</c>.</exception>
    public static void CheckKey(string key, string what)
    {
        if (key.Length is 0 or > KeyLength)
        {
            throw new ArgumentException($"The {what} has {key.Length} characters; 1 to {KeyLength} are allowed.", nameof(key));
        }

        var odd = key.AsSpan().IndexOfAnyExcept(KeyCharacters);
        if (odd >= 0)
        {
            throw new ArgumentException(
                $"The {what} '{key}' has U+{(int)key[odd]:X4} at position {odd}; only A-Z a-z 0-9 | _ . : ~ - are allowed.",
                nameof(key)
            );
        }
    }

    private static void CheckMeaning(PartitionId partition, RowWrite write)
    {
        if (write is { Properties: null, Expect.Kind: ExpectationKind.Absent })
        {
            throw new ArgumentException($"A commit to {partition} deletes row '{write.Key}' and expects it to be absent.", nameof(write));
        }
    }

    private static void CheckNamedOnce(PartitionId partition, IReadOnlyList<RowWrite> writes)
    {
        if (writes.Count == 1)
        {
            return;
        }

        var seen = new HashSet<string>(writes.Count, StringComparer.Ordinal);
        for (var i = 0; i < writes.Count; i++)
        {
            if (!seen.Add(writes[i].Key))
            {
                throw new ArgumentException($"A commit to {partition} names row '{writes[i].Key}' twice.", nameof(writes));
            }
        }
    }

    private static int Measure(string key, PropertyBag bag)
    {
        if (bag.Entries.Count > Properties)
        {
            throw new ArgumentException($"Row '{key}' has {bag.Entries.Count} properties; at most {Properties} are allowed.", nameof(bag));
        }

        var bytes = 0;
        for (var i = 0; i < bag.Entries.Count; i++)
        {
            var (name, value) = bag.Entries[i];
            CheckName(key, name);
            bytes += (2 * name.Length) + (value is string text ? 2 * CheckedLength(key, name, text) : CheckedNumber(key, name, value));
        }

        return bytes <= RowBytes
            ? bytes
            : throw new ArgumentException($"Row '{key}' has {bytes} bytes; at most {RowBytes} are allowed.", nameof(bag));
    }

    private static void CheckName(string key, string name)
    {
        var fits = name.Length is > 0 and <= 255 && !char.IsAsciiDigit(name[0]);
        for (var i = 0; fits && i < name.Length; i++)
        {
            fits = char.IsAsciiLetterOrDigit(name[i]) || name[i] == '_';
        }

        if (!fits || name is "PartitionKey" or "RowKey" or "Timestamp")
        {
            throw new ArgumentException(
                $"Row '{key}' has the property '{name}'; a name is 1 to 255 of A-Z a-z 0-9 _, no digit first, and not one a table keeps for itself.",
                nameof(name)
            );
        }
    }

    private static int CheckedLength(string key, string name, string text)
    {
        if (text.Length > TextLength)
        {
            throw new ArgumentException(
                $"Property '{name}' of row '{key}' has {text.Length} characters; at most {TextLength} are allowed.",
                nameof(text)
            );
        }

        if (!Ascii.IsValid(text) && HasHalfPair(text))
        {
            throw new ArgumentException(
                $"Property '{name}' of row '{key}' holds half a surrogate pair, which no store keeps.",
                nameof(text)
            );
        }

        return text.Length;
    }

    private static bool HasHalfPair(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var used) != OperationStatus.Done)
            {
                return true;
            }

            text = text[used..];
        }

        return false;
    }

    private static int CheckedNumber(string key, string name, object value) =>
        value is double number && !double.IsFinite(number)
            ? throw new ArgumentException($"Property '{name}' of row '{key}' is {number}; a stored number is finite.", nameof(value))
            : sizeof(long);
}

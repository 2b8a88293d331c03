using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Undoing;

/// <summary>A short mark of what a row says, by which it is seen later whether somebody has changed it since.</summary>
internal static class RowMark
{
    /// <summary>Rows that keep a hash of their content are marked by it; others by a hash of all they hold, in the order of names.</summary>
    public static string Of(PropertyBag bag)
    {
        if (bag.TextOrNull("content") is { } content)
        {
            return content;
        }

        var text = new StringBuilder();
        foreach (var (name, value) in bag.Entries.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}={value}\n");
        }

        return Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), 16);
    }
}

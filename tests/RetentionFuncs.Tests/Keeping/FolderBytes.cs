using System.Text;
using RetentionFuncs.Tests.Commands;

namespace RetentionFuncs.Tests.Keeping;

/// <summary>Every byte of a data folder, to look for somebody in it.</summary>
internal static class FolderBytes
{
    /// <summary>Where one of the words stands, as UTF-8 or as base64 at any of its three places; the campaigns and the settings are not asked.</summary>
    public static IReadOnlyList<string> Holding(Shop shop, params string[] words)
    {
        var forms = words.SelectMany(FormsOf).ToArray();
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(shop.Data, "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            found.AddRange(
                forms
                    .Where(f => bytes.AsSpan().IndexOf(f) >= 0)
                    .Select(f => $"{Path.GetRelativePath(shop.Data, file)}: {Encoding.UTF8.GetString(f)}")
            );
        }

        return found;
    }

    private static IEnumerable<byte[]> FormsOf(string word)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        yield return bytes;
        for (var before = 0; before < 3; before++)
        {
            // What stands around the word changes the characters at its edges, so only the inner ones are looked for.
            var text = Convert.ToBase64String([.. new byte[before], .. bytes]);
            yield return Encoding.ASCII.GetBytes(text[(before == 0 ? 0 : 4)..(text.Length / 4 * 4 - 4)]);
        }
    }
}

namespace RetentionFuncs.Findings;

/// <summary>Finds what a person probably meant to type.</summary>
public static class NearestName
{
    /// <summary>
    /// The known name with the least edit distance (insert, delete, replace, swap of neighbours; case ignored), or null when none is
    /// nearer than about a third of its length.
    /// </summary>
    public static string? Of(string typed, IEnumerable<string> known)
    {
        string? best = null;
        var least = int.MaxValue;
        foreach (var name in known.Order(StringComparer.Ordinal))
        {
            var distance = Distance(typed, name);
            if (distance < least)
            {
                (best, least) = (name, distance);
            }
        }

        return best is not null && least <= Math.Max(1, best.Length / 3) ? best : null;
    }

    /// <summary>"Did you mean 'x'?" in both languages, or the list of what is known when nothing is near.</summary>
    public static Phrase Hint(string typed, IReadOnlyCollection<string> known)
    {
        var list = string.Join(", ", known);
        return Of(typed, known) is { } near
            ? new Phrase($"Did you mean '{near}'?", $"是不是想写“{near}”？")
            : new Phrase($"Known here: {list}.", $"这里可以写：{list}。");
    }

    /// <summary>Optimal string alignment distance; names longer than 64 characters are compared by their first 64.</summary>
    internal static int Distance(string left, string right)
    {
        var a = left.Length > 64 ? left[..64].ToLowerInvariant() : left.ToLowerInvariant();
        var b = right.Length > 64 ? right[..64].ToLowerInvariant() : right.ToLowerInvariant();
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            d[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            d[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}

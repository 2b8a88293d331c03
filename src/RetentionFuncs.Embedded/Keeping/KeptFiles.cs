using System.Globalization;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Settings;

namespace RetentionFuncs.Embedded.Keeping;

/// <summary>Lets go the files of a data folder that were kept long enough.</summary>
internal static class KeptFiles
{
    /// <param name="now">By the product's clock, for messages; files of rows go by the disk's own.</param>
    /// <returns>How many files went.</returns>
    public static int Sweep(HomeFolder folder, KeepSettings keep, DateTimeOffset now) =>
        SweepRefused(folder.Refused, keep.RefusedFiles) + SweepOutbox(folder.Outbox, keep.Outbox, now);

    private static int SweepRefused(string folder, int? days)
    {
        if (days is not { } kept || !Directory.Exists(folder))
        {
            return 0;
        }

        var until = TimeProvider.System.GetUtcNow().AddDays(-kept);
        var over = Directory.GetFiles(folder).Where(f => File.GetLastWriteTimeUtc(f) < until.UtcDateTime).ToArray();
        Array.ForEach(over, File.Delete);
        return over.Length;
    }

    /// <summary>Whole days, by the day in the folder's name.</summary>
    private static int SweepOutbox(string folder, int? days, DateTimeOffset now)
    {
        if (days is not { } kept || !Directory.Exists(folder))
        {
            return 0;
        }

        var (until, went) = (DateOnly.FromDateTime(now.UtcDateTime).AddDays(-kept), 0);
        foreach (var place in Directory.GetDirectories(folder))
        {
            if (
                DateOnly.TryParseExact(
                    Path.GetFileName(place),
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var day
                )
                && day < until
            )
            {
                went += Directory.GetFiles(place).Length;
                Directory.Delete(place, recursive: true);
            }
        }

        return went;
    }
}

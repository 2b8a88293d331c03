using System.Globalization;
using RetentionFuncs.Keeping;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Embedded.Outbox;

/// <summary>The outbox folder as a record of all that was written: each file is named after its touch and attempt.</summary>
/// <param name="folder">The outbox folder; it may be missing.</param>
public sealed class OutboxSent(string folder) : ISentRecord
{
    public bool IsWhole => true;

    public async IAsyncEnumerable<SentMessage> SinceAsync(DateOnly day)
    {
        if (!Directory.Exists(folder))
        {
            yield break;
        }

        foreach (var place in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (
                !DateOnly.TryParseExact(
                    Path.GetFileName(place),
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var on
                )
                || on < day
            )
            {
                continue;
            }

            foreach (var file in Directory.EnumerateFiles(place, "*.eml"))
            {
                if (Read(Path.GetFileNameWithoutExtension(file), on) is { } sent)
                {
                    yield return sent;
                }
            }

            await Task.Yield();
        }
    }

    private static SentMessage? Read(string name, DateOnly day)
    {
        var cut = name.LastIndexOf('.');
        return cut > 0 && TouchRef.TryParse(name[..cut], out var touch)
            ? new SentMessage(touch, name[(cut + 1)..], new DateTimeOffset(day, new TimeOnly(12, 0), TimeSpan.Zero))
            : null;
    }
}

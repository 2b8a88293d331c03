using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Exit statuses that scripts rely on (design part 6).</summary>
public static class Exit
{
    public const int Done = 0;

    /// <summary>Done, with rows refused or findings.</summary>
    public const int WithRefusals = 1;
    public const int WrongUsage = 2;

    /// <summary>Something outside failed.</summary>
    public const int Failed = 3;
}

/// <summary>What every command has in hand: the folder, where to write, and how to speak.</summary>
/// <param name="Out">Results; one JSON document with <c>--json</c>.</param>
/// <param name="Err">Progress and messages.</param>
/// <param name="IsTerminal">Whether a person watches <paramref name="Err"/>: progress bars show there only.</param>
public sealed record CommandContext(
    HomeFolder Folder,
    TextWriter Out,
    TextWriter Err,
    bool IsTerminal,
    bool Json,
    string Language,
    DateOnly? AsOfDay,
    DateTimeOffset? AsOfMoment
)
{
    private const int FirstYear = 1970;
    private const int LastYear = 2199;

    public static readonly JsonSerializerOptions JsonForm = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>A folder that is already open, when the running program carries out a forwarded command.</summary>
    public EmbeddedHome? Open { get; init; }

    /// <summary>Where relative paths begin.</summary>
    public string Directory { get; init; } = Environment.CurrentDirectory;

    public string PathOf(string given) => Path.GetFullPath(given, Directory);

    public bool HasAsOf => AsOfDay is not null || AsOfMoment is not null;

    public string Say(string en, string zh) => new Phrase(en, zh).In(Language);

    public void Tell(string en, string zh) => Err.WriteLine(Say(en, zh));

    public void Print<T>(T document) => Out.WriteLine(JsonSerializer.Serialize(document, JsonForm));

    public int Usage(string en, string zh)
    {
        Tell(en, zh);
        return Exit.WrongUsage;
    }

    /// <summary>The end of the day spoken for: the instant before which everything is known.</summary>
    public DateTimeOffset EndOfAsOf(EmbeddedHome home) =>
        AsOfMoment ?? (AsOfDay is { } day ? home.Product.Calendar.EndOf(day) : home.Product.Clock.GetUtcNow());

    /// <summary>The business day spoken for.</summary>
    public DateOnly AsOfIn(EmbeddedHome home) => AsOfDay ?? home.Product.Calendar.DayOf(AsOfMoment ?? home.Product.Clock.GetUtcNow());

    /// <summary>Reads <c>--as-of</c>: a bare day, or a moment with its offset; years 1970 to 2199, so that days around it exist too.</summary>
    public static bool TryReadAsOf(string? text, out DateOnly? day, out DateTimeOffset? moment)
    {
        (day, moment) = (null, null);
        if (text is null)
        {
            return true;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var d))
        {
            day = d;
            return d.Year is >= FirstYear and <= LastYear;
        }

        if (
            text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
        )
        {
            moment = at;
            return at.UtcDateTime.Year is >= FirstYear and <= LastYear;
        }

        return false;
    }
}

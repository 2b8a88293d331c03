using System.Text.Json;
using RetentionFuncs.Clocks;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Findings;
using RetentionFuncs.Web.Api.Documents;

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
    public static readonly JsonSerializerOptions JsonForm = Document.JsonForm;

    /// <summary>A folder that is already open, when the running program carries out a forwarded command.</summary>
    public EmbeddedHome? Open { get; init; }

    /// <summary>Set when whoever gave the command no longer wants to wait for it.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Where relative paths begin.</summary>
    public string Directory { get; init; } = Environment.CurrentDirectory;

    public string PathOf(string given) => Path.GetFullPath(given, Directory);

    public bool HasAsOf => AsOfDay is not null || AsOfMoment is not null;

    public string Say(string en, string zh) => new Phrase(en, zh).In(Language);

    public void Tell(string en, string zh) => Err.WriteLine(Say(en, zh));

    public void Tell(Phrase said) => Tell(said.En, said.Zh);

    public void Print<T>(T document) => Out.WriteLine(JsonSerializer.Serialize(document, JsonForm));

    /// <summary>Says it in the form asked for.</summary>
    public void Print(Document document) => Out.Write(Json ? document.Json() + "\n" : document.Text());

    public int Usage(string en, string zh)
    {
        Tell(en, zh);
        return Exit.WrongUsage;
    }

    public AsOf AsOf => new(AsOfDay, AsOfMoment);

    /// <summary>The end of the day spoken for: the instant before which everything is known.</summary>
    public DateTimeOffset EndOfAsOf(EmbeddedHome home) => AsOf.EndIn(home.Product.Calendar, home.Product.Clock);

    /// <summary>The business day spoken for.</summary>
    public DateOnly AsOfIn(EmbeddedHome home) => AsOf.DayIn(home.Product.Calendar, home.Product.Clock);

    /// <summary>Reads <c>--as-of</c>.</summary>
    public static bool TryReadAsOf(string? text, out DateOnly? day, out DateTimeOffset? moment)
    {
        var read = AsOf.Read(text);
        (day, moment) = (read?.Day, read?.Moment);
        return read is not null;
    }
}

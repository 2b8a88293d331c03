using System.Globalization;
using System.Text.Json;
using RetentionFuncs.Findings;
using RetentionFuncs.Imports;

namespace RetentionFuncs.ShopEvents;

/// <summary>
/// The fields of one object of an event. What is missing, of the wrong kind or not known here is found with its path; null counts as
/// not said. At the end <see cref="End"/> names the fields that nobody asked for.
/// </summary>
internal sealed class EventFields(JsonElement element, string path, List<EventFinding> findings)
{
    private const int FirstYear = 1970;
    private const int LastYear = 2199;
    private const decimal LargestAmount = 1_000_000_000_000m;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    internal delegate bool TextReading<T>(string text, out T value, out Wording problem);

    public string? Text(string name, bool required = false)
    {
        if (Find(name, JsonValueKind.String, required, new("is not a text", "不是文本")) is not { } value)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            Say(name, new("holds half a character (a lone surrogate)", "含有不完整的字符（单个代理项）"));
            return null;
        }
    }

    /// <summary>A text in a form of its own; an empty one counts as not said.</summary>
    public T? Text<T>(string name, TextReading<T> read, bool required = false)
        where T : class
    {
        if (Text(name, required) is not { } text || (text.Trim().Length == 0 && !required))
        {
            return null;
        }

        if (read(text.Trim(), out var value, out var problem))
        {
            return value;
        }

        Say(name, new(problem.En, problem.Zh));
        return null;
    }

    /// <summary>Free text without what would break a line or a reader's eyes.</summary>
    public string? Words(string name) => Text(name) is { } text && TextField.Clean(text, out _) is { Length: > 0 } clean ? clean : null;

    public string? Id(string name, bool required = false) =>
        Text<string>(name, (string text, out string id, out Wording problem) => IdField.TryRead(text, out id, out problem), required);

    /// <summary>A JSON number, at most a million million either way.</summary>
    public decimal? Amount(string name, bool required = false, decimal? least = 0)
    {
        if (Find(name, JsonValueKind.Number, required, new("is not a number", "不是数字")) is not { } value)
        {
            return null;
        }

        if (!value.TryGetDecimal(out var amount) || Math.Abs(amount) > LargestAmount)
        {
            Say(name, new("is more than can be held", "数值超出范围"));
            return null;
        }

        if (amount < least)
        {
            Say(name, new($"is below {least}", $"小于 {least}"));
            return null;
        }

        return amount;
    }

    public bool? Flag(string name)
    {
        _asked.Add(name);
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Say(name, new("is not true or false", "应为 true 或 false"));
        return null;
    }

    /// <summary>A moment with its offset, in ISO 8601.</summary>
    public DateTimeOffset? Moment(string name, DateTimeOffset latest, bool required = false)
    {
        if (Text(name, required) is not { } text)
        {
            return null;
        }

        if (!HasOffset(text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
        {
            Say(
                name,
                new(
                    "is not a moment with its offset; write 2026-03-02T10:00:00+01:00",
                    "不是带时区的时刻；请写成 2026-03-02T10:00:00+08:00"
                )
            );
            return null;
        }

        if (at.UtcDateTime.Year is < FirstYear or > LastYear || at > latest)
        {
            Say(name, at > latest ? new("lies in the future", "是将来的时刻") : new("lies before 1970", "早于 1970 年"));
            return null;
        }

        return at;
    }

    /// <summary>A calendar day, <c>2026-03-02</c>.</summary>
    public DateOnly? Day(string name, bool required = false)
    {
        if (Text(name, required) is not { } text)
        {
            return null;
        }

        if (
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= FirstYear and <= LastYear
        )
        {
            return day;
        }

        Say(name, new("is not a day; write 2026-03-02", "不是日期；请写成 2026-03-02"));
        return null;
    }

    /// <summary>One of a closed list of words.</summary>
    public T? Choice<T>(string name, IReadOnlyDictionary<string, T> words, bool required = false)
        where T : struct
    {
        if (Text(name, required) is not { } text)
        {
            return null;
        }

        if (words.TryGetValue(text, out var value))
        {
            return value;
        }

        var list = string.Join(", ", words.Keys);
        Say(name, new($"is not one of {list}", $"不在可选值之内：{list}"));
        return null;
    }

    public EventFields? Object(string name, bool required = false) =>
        Find(name, JsonValueKind.Object, required, new("is not an object", "不是对象")) is { } value
            ? new EventFields(value, PathOf(name), findings)
            : null;

    /// <summary>The items of a list; null when it is not there.</summary>
    public IReadOnlyList<(string Path, JsonElement Value)>? List(string name, int most)
    {
        if (Find(name, JsonValueKind.Array, false, new("is not a list", "不是列表")) is not { } list)
        {
            return null;
        }

        if (list.GetArrayLength() > most)
        {
            Say(name, new($"has more than {most} items", $"超过 {most} 项"));
            return null;
        }

        return [.. list.EnumerateArray().Select((v, i) => (string.Create(CultureInfo.InvariantCulture, $"{PathOf(name)}[{i}]"), v))];
    }

    /// <summary>Whether the field is there, right or wrong.</summary>
    public bool Has(string name) => element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public void Say(string name, Phrase problem) => findings.Add(new EventFinding(PathOf(name), problem));

    /// <summary>A finding at a place that <see cref="List"/> named.</summary>
    public void SayAt(string place, Phrase problem) => findings.Add(new EventFinding(place, problem));

    /// <summary>The fields of an object in a list.</summary>
    public EventFields At(JsonElement item, string place) => new(item, place, findings);

    /// <summary>Names the fields that nobody asked for: a misspelt one would else be lost without a word.</summary>
    public void End()
    {
        foreach (var field in element.EnumerateObject().Where(f => !_asked.Contains(f.Name)))
        {
            var near = NearestName.Hint(field.Name, _asked);
            Say(Shortened(field.Name), new($"is not known here. {near.En}", $"无法识别此字段。{near.Zh}"));
        }
    }

    private JsonElement? Find(string name, JsonValueKind kind, bool required, Phrase problem)
    {
        _asked.Add(name);
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            if (required)
            {
                Say(name, new("is missing", "缺失"));
            }

            return null;
        }

        if (value.ValueKind == kind)
        {
            return value;
        }

        Say(name, problem);
        return null;
    }

    private static bool HasOffset(string text) =>
        text.Length > 11 && text[10] == 'T' && (text[^1] is 'Z' or 'z' || text.AsSpan(11).IndexOfAny('+', '-') > 0);

    private string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Shortened(string name) => name.Length <= 60 ? name : name[..60] + "…";
}

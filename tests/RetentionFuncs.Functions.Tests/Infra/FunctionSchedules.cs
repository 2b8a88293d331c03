using RetentionFuncs.Functions.Tests.Infra.Bicep;

namespace RetentionFuncs.Functions.Tests.Infra;

/// <summary>The default schedules, as the template sets them.</summary>
internal static class FunctionSchedules
{
    private static readonly IReadOnlyDictionary<string, object?> Defaults = Read();

    public static IReadOnlyDictionary<string, string> All => Defaults.ToDictionary(e => e.Key, e => (string)e.Value!);

    public static string? Default(string setting) => Defaults.TryGetValue(setting, out var value) ? (string)value! : null;

    private static IReadOnlyDictionary<string, object?> Read()
    {
        var file = InfraFiles.Template("modules/app.bicep");
        return (IReadOnlyDictionary<string, object?>)new BicepValues(file).Of(file.Of("var").Single(v => v.Name == "defaultSchedules"))!;
    }
}

/// <summary>One NCRONTAB expression of six fields: second, minute, hour, day, month, weekday (0 = Sunday).</summary>
internal sealed class Ncrontab
{
    private static readonly (int From, int To)[] Ranges = [(0, 59), (0, 59), (0, 23), (1, 31), (1, 12), (0, 6)];

    private readonly IReadOnlyList<HashSet<int>> _fields;

    private Ncrontab(IReadOnlyList<HashSet<int>> fields) => _fields = fields;

    /// <exception cref="FormatException">Not six fields of numbers, lists, ranges and steps within their bounds.</exception>
    public static Ncrontab Parse(string text)
    {
        var fields = text.Split(' ');
        return fields.Length == 6
            ? new Ncrontab([.. fields.Select((f, i) => Field(f, Ranges[i].From, Ranges[i].To))])
            : throw new FormatException($"'{text}' has {fields.Length} fields, not six.");
    }

    /// <summary>The longest wait between two moments within a fortnight.</summary>
    public TimeSpan LongestGap()
    {
        var (last, longest) = ((DateTime?)null, TimeSpan.Zero);
        var start = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var at = start; at < start.AddDays(15); at = at.AddMinutes(1))
        {
            if (_fields[1].Contains(at.Minute) && _fields[2].Contains(at.Hour) && IsDay(at))
            {
                longest = last is { } l && at - l > longest ? at - l : longest;
                last = at;
            }
        }

        return last is null ? throw new FormatException("It never fires.") : longest;
    }

    private bool IsDay(DateTime at) =>
        _fields[3].Contains(at.Day) && _fields[4].Contains(at.Month) && _fields[5].Contains((int)at.DayOfWeek);

    private static HashSet<int> Field(string text, int from, int to)
    {
        var values = new HashSet<int>();
        foreach (var part in text.Split(','))
        {
            var step = part.Split('/') is [_, var s] ? int.Parse(s, null) : 1;
            var range = part.Split('/')[0];
            var (low, high) =
                range == "*" ? (from, to)
                : range.Split('-') is [var a, var b] ? (int.Parse(a, null), int.Parse(b, null))
                : (int.Parse(range, null), part.Contains('/') ? to : int.Parse(range, null));
            if (low < from || high > to || low > high || step < 1)
            {
                throw new FormatException($"'{part}' lies outside {from} to {to}.");
            }

            for (var value = low; value <= high; value += step)
            {
                values.Add(value);
            }
        }

        return values;
    }
}

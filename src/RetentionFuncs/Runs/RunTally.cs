using System.Text.Json;

namespace RetentionFuncs.Runs;

/// <summary>Something that could not be worked on and was passed over.</summary>
/// <param name="Key">Where it stands; an opaque key, no personal data.</param>
/// <param name="Fault">The type of the exception; its text may quote a record and is kept out.</param>
public sealed record BrokenItem(string Key, string Fault);

/// <summary>
/// What a run counted, a shard's or the whole: sums by name, the oldest day that still holds something, and what was passed over.
/// Shards add up to the whole. Safe to use from several threads.
/// </summary>
public sealed class RunTally
{
    /// <summary>Broken items that are named; beyond them only the number is kept.</summary>
    public const int NamedBroken = 10;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly List<BrokenItem> _named = [];
    private readonly List<Exception> _faults = [];
    private DateOnly? _oldest;
    private int _broken;

    private sealed record Kept(SortedDictionary<string, long> Counts, DateOnly? Oldest, int Broken, IReadOnlyList<BrokenItem> Named);

    /// <summary>0 for a name nobody counted under.</summary>
    public long this[string name] => Read(() => _counts.GetValueOrDefault(name));

    public IReadOnlyDictionary<string, long> Counts =>
        Read(() => new SortedDictionary<string, long>(_counts, StringComparer.Ordinal) as IReadOnlyDictionary<string, long>);

    /// <summary>The oldest day of an index that still holds rows of the run's kind, or null when nothing is left.</summary>
    public DateOnly? Oldest => Read(() => _oldest);

    /// <summary>How many items were passed over.</summary>
    public int Broken => Read(() => _broken);

    /// <summary>The first few of them.</summary>
    public IReadOnlyList<BrokenItem> BrokenItems => Read(() => _named.ToArray());

    /// <summary>Their exceptions, for a log or a test; those that this process met, and not stored.</summary>
    public IReadOnlyList<Exception> Faults => Read(() => _faults.ToArray());

    public void Count(string name, long by = 1)
    {
        lock (_gate)
        {
            _counts[name] = _counts.GetValueOrDefault(name) + by;
        }
    }

    /// <summary>The counts whose name is a prefix, a dot and a name of <typeparamref name="TEnum"/>.</summary>
    public SortedDictionary<TEnum, int> CountsOf<TEnum>(string prefix)
        where TEnum : struct, Enum
    {
        var found = new SortedDictionary<TEnum, int>();
        foreach (var (name, count) in Counts.Where(c => c.Key.StartsWith(prefix + ".", StringComparison.Ordinal)))
        {
            found[Enum.Parse<TEnum>(name[(prefix.Length + 1)..])] = (int)count;
        }

        return found;
    }

    /// <summary>Notes that something is left on that day.</summary>
    public void Left(DateOnly day)
    {
        lock (_gate)
        {
            _oldest = _oldest is { } known && known <= day ? known : day;
        }
    }

    public void PassOver(string key, Exception fault)
    {
        lock (_gate)
        {
            _broken++;
            if (_named.Count < NamedBroken)
            {
                _named.Add(new BrokenItem(key, fault.GetType().Name));
                _faults.Add(fault);
            }
        }
    }

    public void Add(RunTally other)
    {
        var (counts, oldest, broken, named) = other.Keep();
        lock (_gate)
        {
            foreach (var (name, count) in counts)
            {
                _counts[name] = _counts.GetValueOrDefault(name) + count;
            }

            _oldest = _oldest is null || oldest < _oldest ? oldest ?? _oldest : _oldest;
            _broken += broken;
            _named.AddRange(named.Take(NamedBroken - _named.Count));
        }
    }

    public string ToJson() => JsonSerializer.Serialize(Keep());

    public static RunTally Read(string? json)
    {
        var tally = new RunTally();
        if (json is not null && JsonSerializer.Deserialize<Kept>(json) is { } kept)
        {
            foreach (var (name, count) in kept.Counts)
            {
                tally._counts[name] = count;
            }

            (tally._oldest, tally._broken) = (kept.Oldest, kept.Broken);
            tally._named.AddRange(kept.Named);
        }

        return tally;
    }

    private Kept Keep() =>
        Read(() => new Kept(new SortedDictionary<string, long>(_counts, StringComparer.Ordinal), _oldest, _broken, [.. _named]));

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}

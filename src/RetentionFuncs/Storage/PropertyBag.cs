using System.Globalization;

namespace RetentionFuncs.Storage;

/// <summary>
/// The typed properties of one row, small enough for a person to read in a table browser. Only four value kinds reach a store
/// (string, long, bool, double); decimals, instants (with their offset), days and enums are kept as strings, because the stores
/// would drop or bend them.
/// </summary>
public sealed class PropertyBag
{
    private List<KeyValuePair<string, object>> _entries;

    /// <summary>Another bag may hold the same list: it is copied before this one changes it.</summary>
    private bool _shared;

    /// <summary>Of a row in a store: who reads it has it in common with others.</summary>
    private bool _frozen;

    /// <summary>Where the next property is likely to stand: rows are read in the order in which they were set. Any value is right.</summary>
    private int _next;

    public PropertyBag() => _entries = [];

    private PropertyBag(List<KeyValuePair<string, object>> entries) => _entries = entries;

    /// <summary>The properties in the order they were set; values are string, long, bool or double.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Entries => _entries;

    /// <summary>A bag of the same entries; neither sees what the other is set to from then on.</summary>
    public PropertyBag Copy()
    {
        _shared = true;
        return new PropertyBag(_entries) { _shared = true };
    }

    /// <summary>
    /// A frozen bag of entries that a store has read: names told apart, values of the four kinds. The list is the bag's from then on.
    /// </summary>
    public static PropertyBag Own(List<KeyValuePair<string, object>> entries) => new(entries) { _frozen = true };

    /// <summary>A copy for many readers: setting anything in it is refused.</summary>
    public PropertyBag Frozen()
    {
        if (_frozen)
        {
            return this;
        }

        var frozen = Copy();
        frozen._frozen = true;
        return frozen;
    }

    /// <summary>Sets a text; null removes the property.</summary>
    /// <exception cref="InvalidOperationException">The bag is frozen, by this as by every other setter.</exception>
    public PropertyBag Set(string name, string? value) => Put(name, value);

    public PropertyBag Set(string name, long value) => Put(name, value);

    public PropertyBag Set(string name, bool value) => Put(name, value);

    public PropertyBag Set(string name, double value) => Put(name, value);

    public PropertyBag Set(string name, decimal value) => Put(name, value.ToString(CultureInfo.InvariantCulture));

    public PropertyBag Set(string name, DateTimeOffset value) => Put(name, value.ToString("O", CultureInfo.InvariantCulture));

    public PropertyBag Set(string name, DateTimeOffset? value) => value is { } instant ? Set(name, instant) : Put(name, null);

    public PropertyBag Set(string name, DateOnly value) => Put(name, value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public PropertyBag Set(string name, DateOnly? value) => value is { } day ? Set(name, day) : Put(name, null);

    public PropertyBag Set<TEnum>(string name, TEnum value)
        where TEnum : struct, Enum => Put(name, Enum.GetName(value) ?? throw new ArgumentOutOfRangeException(nameof(value)));

    public bool Has(string name) => Find(name) is not null;

    /// <exception cref="InvalidDataException">The property is missing or of another kind.</exception>
    public string Text(string name) => Find(name) as string ?? throw Missing(name, "text");

    public string? TextOrNull(string name) => Find(name) as string;

    public long Integer(string name) => Find(name) is long value ? value : throw Missing(name, "whole number");

    public long IntegerOr(string name, long fallback) => Find(name) is long value ? value : fallback;

    public bool Flag(string name) => Find(name) is true;

    public double Number(string name) => Find(name) is double value ? value : throw Missing(name, "number");

    public decimal Amount(string name) => decimal.Parse(Text(name), NumberStyles.Number, CultureInfo.InvariantCulture);

    public DateTimeOffset Instant(string name) => DateTimeOffset.ParseExact(Text(name), "O", CultureInfo.InvariantCulture);

    public DateTimeOffset? InstantOrNull(string name) => Has(name) ? Instant(name) : null;

    public DateOnly Day(string name) => DateOnly.ParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public DateOnly? DayOrNull(string name) => Has(name) ? Day(name) : null;

    public TEnum Choice<TEnum>(string name)
        where TEnum : struct, Enum => Enum.Parse<TEnum>(Text(name));

    public TEnum ChoiceOr<TEnum>(string name, TEnum fallback)
        where TEnum : struct, Enum => Has(name) ? Choice<TEnum>(name) : fallback;

    private PropertyBag Put(string name, object? value)
    {
        if (_frozen)
        {
            throw new InvalidOperationException($"A row that was read is not changed ('{name}'); change a copy of it.");
        }

        var at = IndexOf(name);
        if (value is null)
        {
            if (at >= 0)
            {
                Mine().RemoveAt(at);
            }

            return this;
        }

        var entry = new KeyValuePair<string, object>(name, value);
        if (at >= 0)
        {
            Mine()[at] = entry;
        }
        else
        {
            Mine().Add(entry);
        }

        return this;
    }

    private List<KeyValuePair<string, object>> Mine()
    {
        if (_shared)
        {
            (_entries, _shared) = ([.. _entries], false);
        }

        return _entries;
    }

    private object? Find(string name) => IndexOf(name) is >= 0 and var at ? _entries[at].Value : null;

    // A loop, since a lambda that captures the name would allocate on every property of every row.
    private int IndexOf(string name)
    {
        var entries = _entries;
        var at = _next < entries.Count ? _next : 0;
        for (var left = entries.Count; left > 0; left--)
        {
            if (entries[at].Key == name)
            {
                _next = at + 1;
                return at;
            }

            at = at + 1 == entries.Count ? 0 : at + 1;
        }

        return -1;
    }

    private static InvalidDataException Missing(string name, string kind) => new($"A stored row lacks the {kind} '{name}'.");
}

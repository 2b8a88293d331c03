using System.Globalization;
using System.Text.Json;
using RetentionFuncs.Customers;
using RetentionFuncs.Imports;

namespace RetentionFuncs.ShopEvents.Shops;

/// <summary>A foreign document, asked for what it may hold: whatever is missing or of another kind is nothing.</summary>
internal readonly struct LooseJson(JsonElement? element)
{
    private readonly JsonElement? _element = element;

    public LooseJson this[string name] =>
        _element is { ValueKind: JsonValueKind.Object } e && e.TryGetProperty(name, out var value) ? new(value) : default;

    public bool IsList => _element is { ValueKind: JsonValueKind.Array };

    public bool IsObject => _element is { ValueKind: JsonValueKind.Object };

    public bool IsTrue => _element is { ValueKind: JsonValueKind.True };

    public IEnumerable<LooseJson> Items =>
        _element is { ValueKind: JsonValueKind.Array } e ? e.EnumerateArray().Select(i => new LooseJson(i)) : [];

    /// <summary>A text that says something, or a number as written.</summary>
    public string? Text
    {
        get
        {
            try
            {
                return _element switch
                {
                    { ValueKind: JsonValueKind.String } e when e.GetString()!.Trim() is { Length: > 0 } text => text,
                    { ValueKind: JsonValueKind.Number } e => e.GetRawText(),
                    _ => null,
                };
            }
            catch (InvalidOperationException)
            {
                // Half a character.
                return null;
            }
        }
    }

    /// <summary>Shops write amounts as texts with a point.</summary>
    public decimal? Amount =>
        decimal.TryParse(Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? amount
            : null;

    /// <summary>An address that can be written to.</summary>
    public string? Email => EmailAddress.TryParse(Text, out var address, out _) ? address.Value : null;

    /// <summary>ISO 3166 alpha-2 or a name of a country.</summary>
    public string? Country => Text is { } text && PlaceFields.TryCountry(text, out var country, out _) ? country : null;

    public string? Locale => Text is { } text && PlaceFields.TryLocale(text, out var locale, out _) ? locale : null;

    /// <summary>First and last name of an object that has both, one or neither.</summary>
    public string? FullName =>
        string.Join(' ', new[] { this["first_name"].Text, this["last_name"].Text }.OfType<string>()) is { Length: > 0 } name ? name : null;
}

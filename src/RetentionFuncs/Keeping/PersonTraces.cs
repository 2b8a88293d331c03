using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using RetentionFuncs.Customers;

namespace RetentionFuncs.Keeping;

/// <summary>
/// By what a person is known again in a text: the keyed hash, the shop's id, addresses, numbers and names. An id counts only as a whole
/// field, since many are short; a name is shared by many, so it is asked for only where nothing is lost by a mistake.
/// </summary>
public sealed class PersonTraces
{
    /// <summary>Shorter numbers are found in too many places.</summary>
    private const int FewestDigits = 7;
    private const int ComparedDigits = 9;
    private const int ShortestName = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Regex? _strong;
    private readonly Regex? _names;
    private readonly string? _id;
    private readonly string? _key;

    /// <param name="customerId">As the shop knows it; null when one contact of several is meant.</param>
    public PersonTraces(CustomerKey customer, string? customerId, IEnumerable<Contact> contacts, string? name = null)
    {
        (Customer, _id, _key) = (customer, customerId, customerId is null ? null : customer.Value);
        Contacts = [.. contacts];
        _strong = AnyOf([
            .. Contacts.Select(c => c.Email?.Value).OfType<string>().Select(Whole),
            .. Contacts.SelectMany(c => (string?[])[c.Number?.Value, c.Phone]).OfType<string>().Select(NumberPattern).OfType<string>(),
        ]);
        _names = AnyOf([.. Contacts.Select(c => c.Name).Append(name).OfType<string>().Where(IsTelling).Select(Whole)]);
    }

    public CustomerKey Customer { get; }

    public IReadOnlyList<Contact> Contacts { get; }

    /// <summary>Whether the whole customer is meant, not one contact.</summary>
    public bool IsWhole => _id is not null;

    /// <summary>Whether one field, a cell or a JSON value, is about the person.</summary>
    public bool IsIn(string field, bool names = false) =>
        string.Equals(field.Trim(), _id, StringComparison.Ordinal)
        || (_key is not null && field.Contains(_key, StringComparison.Ordinal))
        || _strong?.IsMatch(field) == true
        || (names && _names?.IsMatch(field) == true);

    /// <summary>Whether a text of any form is: JSON is looked at value by value.</summary>
    public bool IsInText(string text, bool names = false) => IsIn(text, names) || ValuesOf(text).Any(v => IsIn(v, names));

    /// <summary>The text with everything that tells of the person put out; the same object when there was nothing.</summary>
    public string Without(string text)
    {
        var clean = _strong?.Replace(text, Blank) ?? text;
        return _names?.Replace(clean, Blank) ?? clean;
    }

    /// <summary>What stands where something was.</summary>
    public const string Blank = "[erased]";

    private static IEnumerable<string> ValuesOf(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..])
        {
            return [];
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return [.. ValuesOf(json.RootElement)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static IEnumerable<string> ValuesOf(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.String => [element.GetString()!],
            JsonValueKind.Number => [element.GetRawText()],
            JsonValueKind.Array => element.EnumerateArray().SelectMany(ValuesOf),
            JsonValueKind.Object => element.EnumerateObject().SelectMany(p => ValuesOf(p.Value).Append(p.Name)),
            _ => [],
        };

    private static Regex? AnyOf(IReadOnlyCollection<string> patterns) =>
        patterns.Count == 0
            ? null
            : new Regex(
                string.Join('|', patterns.Distinct(StringComparer.OrdinalIgnoreCase)),
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
                Patience
            );

    /// <summary>Not in the middle of a longer word; Chinese is written without gaps and has no such middle.</summary>
    private static string Whole(string text) => text.All(char.IsAscii) ? $@"(?<![\w.+-]){Regex.Escape(text)}(?![\w-])" : Regex.Escape(text);

    private static string? NumberPattern(string number)
    {
        var digits = string.Concat(number.Normalize(NormalizationForm.FormKC).Where(char.IsAsciiDigit));
        return digits.Length < FewestDigits ? null : string.Join(@"[\s./()-]{0,2}", digits.TakeLast(ComparedDigits)) + @"(?!\d)";
    }

    private static bool IsTelling(string name) => name.Trim().Length >= (name.All(char.IsAscii) ? ShortestName : 2);
}

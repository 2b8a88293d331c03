using System.Globalization;
using System.Text;

namespace RetentionFuncs.Customers;

/// <summary>One mailbox, parsed by our own strict rules: no quoted local part, no comments, no address literal, ASCII local part.</summary>
public sealed record EmailAddress
{
    private EmailAddress(string value, string folded) => (Value, Folded) = (value, folded);

    /// <summary>As it is sent to: local part as given, domain in lower case and punycode.</summary>
    public string Value { get; }

    /// <summary>As it is compared: all lower case.</summary>
    public string Folded { get; }

    public string Domain => Value[(Value.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <summary>Reads one address; surrounding white space (also no-break and zero-width) is taken off.</summary>
    /// <param name="problem">Why it is refused, as a clause: "has two @ signs".</param>
    public static bool TryParse(string? text, out EmailAddress address, out string problem)
    {
        address = null!;
        var trimmed = (text ?? "").Trim().Trim('\u00A0', '\u200B', '\uFEFF', '\u200C', '\u200D', '\u2060').Trim();
        problem = Problem(trimmed, out var local, out var domain);
        if (problem.Length > 0)
        {
            return false;
        }

        var value = local + "@" + domain;
        address = new EmailAddress(value, value.ToLowerInvariant());
        return true;
    }

    public override string ToString() => Value;

    private static string Problem(string text, out string local, out string domain)
    {
        local = domain = "";
        if (text.Length == 0)
        {
            return "is empty";
        }

        if (text.Any(c => char.IsControl(c)))
        {
            return "has a line break or control character in it";
        }

        if (text.IndexOfAny(['\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF', '\u00AD', '\u00A0']) >= 0)
        {
            return "has an invisible character in it";
        }

        if (text.IndexOfAny([';', ',']) >= 0)
        {
            return "holds more than one address";
        }

        if (text.IndexOfAny(['<', '>', '"', '(', ')', '[', ']', '\\', ' ', ':']) >= 0)
        {
            return "has a character that a plain address does not have";
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
        {
            return "has no @ sign";
        }

        if (text.IndexOf('@', at + 1) >= 0)
        {
            return "has two @ signs";
        }

        local = text[..at];
        return LocalProblem(local) is { Length: > 0 } problem ? problem
            : DomainProblem(text[(at + 1)..], out domain) is { Length: > 0 } bad ? bad
            : local.Length + 1 + domain.Length > 254 ? "has more than 254 characters"
            : "";
    }

    private static string LocalProblem(string local) =>
        local.Length == 0 ? "has nothing before the @ sign"
        : local.Length > 64 ? "has more than 64 characters before the @ sign"
        : !Ascii.IsValid(local) ? "has non-ASCII characters before the @ sign, which mail providers do not accept yet"
        : local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal) ? "has a misplaced dot before the @ sign"
        : "";

    private static string DomainProblem(string given, out string domain)
    {
        domain = "";
        try
        {
            domain = new IdnMapping { UseStd3AsciiRules = true }
                .GetAscii(given)
                .ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return "has a domain that is not a valid name";
        }

        return !domain.Contains('.', StringComparison.Ordinal) ? "has a domain without a dot"
            : domain.EndsWith('.') ? "has a domain that ends in a dot"
            : char.IsAsciiDigit(domain[^1]) && domain[(domain.LastIndexOf('.') + 1)..].All(char.IsAsciiDigit)
                ? "has a domain that ends in a number, as an address literal does"
            : "";
    }
}

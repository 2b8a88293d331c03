using System.Globalization;

namespace RetentionFuncs.Embedded.Smtp;

/// <summary>What a mail server offers in its answer to EHLO.</summary>
/// <param name="Size">Most bytes of a message; null when it names no limit.</param>
/// <param name="Plain">AUTH PLAIN.</param>
/// <param name="Login">AUTH LOGIN.</param>
internal sealed record SmtpAbilities(bool StartTls, long? Size, bool Plain, bool Login)
{
    public static SmtpAbilities None { get; } = new(false, null, false, false);

    public static SmtpAbilities Of(SmtpReply hello)
    {
        var lines = hello.Lines.Skip(1).Select(l => l.Trim().ToUpperInvariant().Split([' ', '='], StringSplitOptions.RemoveEmptyEntries));
        return lines.Where(words => words.Length > 0).Aggregate(None, With);
    }

    private static SmtpAbilities With(SmtpAbilities known, string[] words) =>
        words[0] switch
        {
            "STARTTLS" => known with { StartTls = true },
            "SIZE" => known with { Size = SizeOf(words) },
            "AUTH" => known with { Plain = known.Plain || words.Contains("PLAIN"), Login = known.Login || words.Contains("LOGIN") },
            _ => known,
        };

    private static long? SizeOf(string[] words) =>
        words.Length > 1 && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
            ? size
            : null;
}

using RetentionFuncs.Customers;

namespace RetentionFuncs.Imports;

/// <summary>
/// A yes to marketing that the buyers of a file have given elsewhere, declared by the person who imports. It counts from each buyer's
/// earliest order in the file. It fills gaps only: it never takes the place of a no, whatever the moments are.
/// </summary>
/// <param name="Channels">At least one, each once.</param>
/// <param name="Source">Where and when the yes was given, in the shop's words; never empty.</param>
public sealed record DeclaredConsent(IReadOnlyList<Channel> Channels, ConsentBasis Basis, string Source)
{
    /// <summary>Puts the yes into what the file says of a contact, for the channels the file itself says nothing about.</summary>
    /// <param name="at">The buyer's earliest order.</param>
    internal ContactUpdate AddTo(ContactUpdate? contact, DateTimeOffset at, DateTimeOffset recordedAt)
    {
        var said = contact ?? new ContactUpdate(null, null, null, null, null, null);
        var yes = new Consent(ConsentState.Granted, Basis, Source, at, recordedAt);
        Channel[] filled = [.. Channels.Where(c => said.ConsentFor(c) is null)];
        return said with
        {
            EmailConsent = filled.Contains(Channel.Email) ? yes : said.EmailConsent,
            SmsConsent = filled.Contains(Channel.Sms) ? yes : said.SmsConsent,
            PhoneConsent = filled.Contains(Channel.Phone) ? yes : said.PhoneConsent,
            Declared = filled,
        };
    }

    /// <summary>Reads the words of a declaration; all three null: nothing is declared.</summary>
    /// <param name="channels">Some of <c>email sms phone</c>, parted by spaces or commas.</param>
    /// <param name="basis"><c>express</c>, <c>soft-opt-in</c> or <c>implied</c>.</param>
    public static bool TryRead(string? channels, string? basis, string? source, out DeclaredConsent? consent, out Wording problem)
    {
        consent = null;
        problem = default;
        if (channels is null && basis is null && source is null)
        {
            return true;
        }

        var read = Read(channels ?? "");
        ConsentBasis? on = HeaderText.Fold(basis ?? "") switch
        {
            "express" => ConsentBasis.Express,
            "softoptin" => ConsentBasis.SoftOptIn,
            "implied" => ConsentBasis.Implied,
            _ => null,
        };
        problem =
            read is null
                ? new(
                    $"consent: '{channels}' is not some of email, sms, phone",
                    $"consent：“{channels}”无效，请从 email、sms、phone 中选择"
                )
            : string.IsNullOrWhiteSpace(basis)
                ? new(
                    "consent-basis: say on what ground: express (they ticked a box or signed), soft-opt-in or implied",
                    "consent-basis：请写明同意的依据：express（本人勾选或签字）、soft-opt-in 或 implied"
                )
            : on is null
                ? new(
                    $"consent-basis: '{basis}' is none of express, soft-opt-in, implied",
                    $"consent-basis：“{basis}”无效，请用 express、soft-opt-in 或 implied"
                )
            : string.IsNullOrWhiteSpace(source)
                ? new(
                    "consent-source: say where and when the yes was given; a consent without a source is no proof",
                    "consent-source：请写明客户在哪里、何时同意的；没有来源的同意无法举证"
                )
            : source.Length > 200 ? new("consent-source: longer than 200 characters", "consent-source：超过 200 个字符")
            : default;
        consent = problem == default ? new DeclaredConsent(read!, on!.Value, source!.Trim()) : null;
        return problem == default;
    }

    private static Channel[]? Read(string text)
    {
        var words = text.ToLowerInvariant().Split([' ', ',', '，', '、'], StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        var read = words
            .Select(w =>
                (Channel?)(
                    w switch
                    {
                        "email" or "e-mail" => Channel.Email,
                        "sms" => Channel.Sms,
                        "phone" => Channel.Phone,
                        _ => null,
                    }
                )
            )
            .ToList();
        return read.Count == 0 || read.Contains(null) ? null : [.. read.Select(c => c!.Value).Distinct().Order()];
    }
}

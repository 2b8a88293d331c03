using RetentionFuncs.Customers;
using RetentionFuncs.Imports;

namespace RetentionFuncs.ShopEvents;

/// <summary>Reads <c>customer</c> and the <c>consent</c> in it; what is not said leaves what is on file as it is.</summary>
internal static class ShopCustomerReader
{
    private static readonly Dictionary<string, Channel> Channels = new(StringComparer.Ordinal)
    {
        ["email"] = Channel.Email,
        ["sms"] = Channel.Sms,
        ["phone"] = Channel.Phone,
    };

    public static CustomerNews? Read(EventFields fields, ShopEventKind? kind, DateTimeOffset at, DateTimeOffset now)
    {
        var id = fields.Id("id", required: true);
        var name = fields.Words("name");
        var customerKind = fields.Text<string>("kind", ReadKind) is { } word ? ChoiceFields.KindOf(word, out _) : null;
        var doNotProfile = fields.Flag("doNotProfile");
        var email = fields.Text<EmailAddress>("email", EmailField.TryRead);
        var phone = fields.Words("phone");
        var country = fields.Text<string>("country", PlaceFields.TryCountry);
        var locale = fields.Text<string>("locale", PlaceFields.TryLocale);
        var zone = fields.Text<string>("zone", PlaceFields.TryZone);
        var birthday = BirthdayOf(fields, now);
        var (channel, consent) = ConsentOf(fields, kind, at, now);
        fields.End();
        return id is null
            ? null
            : new CustomerNews(
                id,
                customerKind,
                name,
                doNotProfile,
                Contact.Primary,
                null,
                name,
                email,
                phone,
                country,
                locale,
                zone,
                birthday,
                channel == Channel.Email ? consent : null
            )
            {
                ToldAt = at,
                SmsConsent = channel == Channel.Sms ? consent : null,
                PhoneConsent = channel == Channel.Phone ? consent : null,
            };
    }

    private static bool ReadKind(string text, out string word, out Wording problem)
    {
        word = text;
        return ChoiceFields.KindOf(text, out problem) is not null;
    }

    private static Birthday? BirthdayOf(EventFields fields, DateTimeOffset now)
    {
        if (fields.Text("birthday") is not { Length: > 0 } text)
        {
            return null;
        }

        if (BirthdayField.TryRead(text, null, now.Year, out var birthday, out var problem))
        {
            return birthday;
        }

        fields.Say("birthday", new(problem.En, problem.Zh));
        return null;
    }

    /// <summary>A yes needs its source and, unless it is express, its basis; a no needs nothing. It speaks of e-mail unless it names another channel.</summary>
    private static (Channel, Consent?) ConsentOf(EventFields fields, ShopEventKind? kind, DateTimeOffset at, DateTimeOffset now)
    {
        var isGiven = kind == ShopEventKind.ConsentGiven;
        var isWithdrawn = kind == ShopEventKind.ConsentWithdrawn;
        var said = fields.Object("consent", required: isGiven);
        if (said is null)
        {
            return (Channel.Email, isWithdrawn ? new Consent(ConsentState.Denied, ConsentBasis.Express, "shop event", at, now) : null);
        }

        var channel = said.Choice("channel", Channels) ?? Channel.Email;
        var state = said.Text<string>("state", ReadConsent, required: !isGiven && !isWithdrawn);
        var read = state is null ? null : ChoiceFields.ConsentOf(state, out _);
        var granted = isGiven || (!isWithdrawn && read?.State == ConsentState.Granted);
        if (read is { } r && r.State != (granted ? ConsentState.Granted : ConsentState.Denied))
        {
            said.Say("state", new("says the opposite of the event's type", "与事件类型相矛盾"));
        }

        var basis = said.Text<string>("basis", ReadBasis);
        var source = said.Text("source", required: granted) is { } text ? TextField.Clean(text, out _) : null;
        if (granted && source is { Length: 0 })
        {
            said.Say("source", new("is empty; say where the consent was given", "为空；请写明在何处取得同意"));
        }

        var words = said.Words("words");
        said.End();
        var answer = new Consent(
            granted ? ConsentState.Granted : ConsentState.Denied,
            BasisOf(basis) ?? read?.Basis ?? ConsentBasis.Express,
            source is { Length: > 0 } ? source : "shop event",
            at,
            now
        )
        {
            Words = words is { Length: > 0 } ? words : null,
        };
        return (channel, answer);
    }

    private static bool ReadConsent(string text, out string word, out Wording problem)
    {
        word = text;
        return ChoiceFields.ConsentOf(text, out problem) is not null;
    }

    private static ConsentBasis? BasisOf(string? word) =>
        word switch
        {
            "express" => ConsentBasis.Express,
            "soft_opt_in" => ConsentBasis.SoftOptIn,
            "implied" => ConsentBasis.Implied,
            "inquiry" => ConsentBasis.Inquiry,
            _ => null,
        };

    private static bool ReadBasis(string text, out string word, out Wording problem)
    {
        word = text;
        problem = new("is not one of express, soft_opt_in, implied, inquiry", "不在可选值之内：express、soft_opt_in、implied、inquiry");
        return BasisOf(text) is not null;
    }
}

using RetentionFuncs.Customers;

namespace RetentionFuncs.Campaigns;

/// <summary>Is there anybody, with an address that a shop should write to?</summary>
internal static class AddressGate
{
    private static readonly HashSet<string> Roles = new(StringComparer.OrdinalIgnoreCase)
    {
        "postmaster",
        "abuse",
        "noreply",
        "no-reply",
        "donotreply",
        "mailer-daemon",
        "hostmaster",
        "webmaster",
        "root",
        "security",
        "spam",
    };

    public static CampaignDecision? Somebody(DecisionContext c) =>
        c.Contact is null
            ? Skip(GateReason.NobodyToWriteTo, c.Step.To)
            : c.Step.Channel switch
            {
                Channel.Email => c.Contact.Email is null ? Skip(GateReason.NoAddress) : null,
                Channel.Sms => c.Contact.Number is not { } number ? Skip(GateReason.NoNumber)
                : !number.MayTakeSms ? Skip(GateReason.NotAMobile)
                : null,
                _ => c.Contact.Number is null ? Skip(GateReason.NoNumber) : null,
            };

    public static CampaignDecision? Usable(DecisionContext c)
    {
        if (c.Step.Channel != Channel.Email)
        {
            return null;
        }

        var email = c.Contact!.Email!;
        var local = email.Folded[..email.Folded.IndexOf('@', StringComparison.Ordinal)].Split('+')[0];
        return Roles.Contains(local) ? Skip(GateReason.RoleAddress, local)
            : !c.Settings.Sandbox && IsReserved(email.Domain) ? Skip(GateReason.ReservedDomain, email.Domain)
            : null;
    }

    /// <summary>RFC 2606 and 6761: names that never reach anybody.</summary>
    private static bool IsReserved(string domain) =>
        domain is "example.com" or "example.net" or "example.org"
        || domain.Split('.')[^1] is "test" or "example" or "invalid" or "localhost"
        || domain.EndsWith(".example.com", StringComparison.Ordinal)
        || domain.EndsWith(".example.net", StringComparison.Ordinal)
        || domain.EndsWith(".example.org", StringComparison.Ordinal);

    private static CampaignDecision.Skip Skip(GateReason reason, string? detail = null) => new(Gate.AddressUsable, reason, detail);
}

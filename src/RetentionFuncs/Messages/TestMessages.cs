using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Offers;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Messages;

/// <summary>
/// Messages to people of the shop itself: tests and seed copies. They are no touchpoints: their links belong to nobody, their code opens
/// nothing, and what a provider tells of them is other mail.
/// </summary>
public static class TestMessages
{
    /// <summary>Stands where a customer's own code would; it is never issued, so no order redeems it.</summary>
    public const string Code = "TEST-TEST-TEST-TEST";

    private const string Prefix = "test-";

    /// <summary>Whether a reference is that of a test or a seed copy.</summary>
    public static bool IsOne(string reference) => reference.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The same message to somebody of the shop: another address, dead links, a dead code.</summary>
    /// <param name="name">Whom it greets; a real customer's name only where a person asked for that customer.</param>
    public static RenderRequest Dead(RenderRequest real, EmailAddress to, string? name, InstanceSecret secret, IIdSource ids)
    {
        // No shop's own id has a line break in it, so these are nobody's.
        var attempt = ids.NewId();
        var nobody = new TouchRef(secret.CustomerKeyOf("test\n" + attempt), new TouchId(secret.CustomerKeyOf("touch\n" + attempt).Value));
        var links = new UnsubscribeLinks(secret).For(nobody, real.Business.PublicUrl, real.Business.ShopUrl);
        return real with
        {
            Contact = real.Contact with { Email = to, Name = name },
            Coupon = real.Coupon is { } coupon ? coupon with { Code = Code } : null,
            Touch = nobody,
            AttemptId = attempt,
            Links = links,
        };
    }

    /// <param name="mark">What stands before the subject in brackets.</param>
    public static OutboundMessage Marked(OutboundMessage message, string mark) =>
        message with
        {
            Subject = $"[{mark}] {message.Subject}",
            Reference = Prefix + message.AttemptId,
        };
}

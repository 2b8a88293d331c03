using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RetentionFuncs.Identity;
using RetentionFuncs.Segments;

namespace RetentionFuncs.Campaigns;

/// <summary>
/// Makes campaign versions: everything a campaign refers to, in canonical form, under a hash that depends on meaning alone. How the
/// YAML was laid out, the order of its keys, line endings, the culture of the machine and 10 or 10.0 make no difference.
/// </summary>
public static class CampaignVersions
{
    /// <param name="templates">At least the templates of all messages; others are left out.</param>
    /// <exception cref="ArgumentException">A template is missing, or the sender is another one.</exception>
    /// <exception cref="FormatException">The audience is not an expression.</exception>
    public static CampaignVersion Of(Campaign campaign, SenderProfile sender, IEnumerable<MessageTemplate> templates)
    {
        if (!string.Equals(sender.Key, campaign.Sender, StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"Campaign '{campaign.Key}' is sent by '{campaign.Sender}', not by '{sender.Key}'.",
                nameof(sender)
            );
        }

        var given = templates.DistinctBy(t => t.Key, StringComparer.Ordinal).ToDictionary(t => t.Key, StringComparer.Ordinal);
        var needed = new SortedDictionary<string, MessageTemplate>(StringComparer.Ordinal);
        foreach (var key in campaign.Messages.Select(m => m.Template))
        {
            needed[key] = given.TryGetValue(key, out var template)
                ? Clean(template)
                : throw new ArgumentException($"Campaign '{campaign.Key}' needs the template '{key}'.", nameof(templates));
        }

        var version = new CampaignVersion("", Clean(campaign), Clean(sender), needed);
        return version with { Hash = HashOf(version) };
    }

    /// <summary>26 base32 characters of SHA-256 over the canonical form; the <c>Hash</c> already there does not enter.</summary>
    public static string HashOf(CampaignVersion version)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in CanonicalForm.Of(version))
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Base32.Encode(hash.GetHashAndReset(), 26);
    }

    private static Campaign Clean(Campaign campaign) =>
        campaign with
        {
            Titles = Clean(campaign.Titles),
            ControlShare = campaign.ControlShare is { } share ? Plain(share) : null,
            Steps = [.. campaign.Steps.Select(Clean)],
            Audience = AudienceExpression.Parse(campaign.Audience).ToString(),
            Trigger = campaign.Trigger is CampaignTrigger.DateList list
                ? new CampaignTrigger.DateList([.. list.Dates.Distinct().Order()])
                : campaign.Trigger,
        };

    private static JourneyStep Clean(JourneyStep step) =>
        step is JourneyStep.Message { Offer: { } offer } message
            ? message with
            {
                Offer = offer with { Percent = Plain(offer.Percent), MinimumOrder = Plain(offer.MinimumOrder) },
            }
            : step;

    /// <summary>The same number without trailing zeros.</summary>
    private static decimal Plain(decimal number) => number / 1.0000000000000000000000000000m;

    private static SenderProfile Clean(SenderProfile sender) =>
        sender with
        {
            FromNames = Clean(sender.FromNames),
            PostalAddress = TemplateTexts.Clean(sender.PostalAddress),
        };

    private static MessageTemplate Clean(MessageTemplate template) =>
        template with
        {
            Locales = new SortedDictionary<string, TemplateText>(
                template.Locales.ToDictionary(
                    l => l.Key,
                    l => new TemplateText(
                        TemplateTexts.Clean(l.Value.Subject),
                        TemplateTexts.Clean(l.Value.Text),
                        TemplateTexts.Clean(l.Value.Html)
                    ),
                    StringComparer.Ordinal
                ),
                StringComparer.Ordinal
            ),
        };

    private static SortedDictionary<string, string> Clean(IReadOnlyDictionary<string, string> texts) =>
        new(texts.ToDictionary(t => t.Key, t => TemplateTexts.Clean(t.Value), StringComparer.Ordinal), StringComparer.Ordinal);
}

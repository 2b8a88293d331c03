using System.Text.RegularExpressions;
using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy.Laws;

namespace RetentionFuncs.Messages;

/// <summary>
/// The mark at the very front of an advertisement's subject that China asks for (Measures for the Administration of Internet
/// E-mail Services, art. 13): <c>AD </c> or <c>（广告）</c>.
/// </summary>
public static partial class AdvertMark
{
    /// <param name="country">ISO 3166 alpha-2 of the contact, or null; the table of laws says where a mark is asked for.</param>
    public static bool IsRequired(MessagePurpose purpose, string? country) =>
        purpose != MessagePurpose.Service && ContactLaws.Of(country).MarksAdverts;

    public static bool IsAtFront(string subject) =>
        subject.StartsWith("AD ", StringComparison.Ordinal) || subject.StartsWith("（广告）", StringComparison.Ordinal);

    /// <summary>The subject with the mark once at the front; a mark written another way, such as [广告] or "AD:", is replaced.</summary>
    public static string Put(string subject, MessagePhrases phrases) =>
        IsAtFront(subject) ? subject : phrases.AdMark + Variants().Replace(subject, "");

    /// <summary>What is not seen at the front is passed over; a hyphen inside a word, as in "AD-HOC", is no mark.</summary>
    [GeneratedRegex(
        @"^[\s\p{Cf}]*(?:[\(（\[【<《]\s*(?:广告|廣告|AD)\s*[\)）\]】>》]|(?:广告|廣告)\s*[:：\-—|]|AD\s*(?:[:：|—]|-(?=\s)))[\s:：]*",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Variants();
}

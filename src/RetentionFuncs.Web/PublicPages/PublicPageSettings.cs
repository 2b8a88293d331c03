using RetentionFuncs.Messages;

namespace RetentionFuncs.Web.PublicPages;

/// <summary>What the public pages are made of.</summary>
/// <param name="Shop">The shop's name as customers know it.</param>
/// <param name="Locale">For visitors whose link and browser name no language we speak.</param>
public sealed record PublicPageSettings(string Shop, string Locale, UnsubscribeLinks Links, IPublicRequests Requests, TimeProvider Clock);

using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Web.PublicPages;

/// <summary>The public pages over the domain's own verb.</summary>
public sealed class PublicRequests(ChangePreferences preferences) : IPublicRequests
{
    public async Task<UnsubscribeAnswer> UnsubscribeAsync(TouchRef touch, UnsubscribeSource source, DateTimeOffset now) =>
        await preferences.StopAsync(touch, source == UnsubscribeSource.OneClick ? "one-click" : "page", now) switch
        {
            null => UnsubscribeAnswer.NotFound,
            { Suppression: { } s } when s.Reason >= SuppressionReason.Unsubscribed => UnsubscribeAnswer.Already,
            _ => UnsubscribeAnswer.Done,
        };

    public async Task<PreferenceView?> ReadAsync(TouchRef touch) =>
        await preferences.ReadAsync(touch) switch
        {
            null => null,
            { Suppression: null } => new PreferenceView(MailChoice.Everything, null),
            { Suppression: { Reason: SuppressionReason.NoOffers } } => new PreferenceView(MailChoice.CareOnly, null),
            { Suppression: { Reason: SuppressionReason.Paused, EndsAt: { } until } } => new PreferenceView(
                MailChoice.Paused,
                DateOnly.FromDateTime(until.Date)
            ),
            _ => new PreferenceView(MailChoice.Nothing, null),
        };

    public async Task ChangeAsync(TouchRef touch, PreferenceChange change, DateTimeOffset now)
    {
        if (change.Language is { } language)
        {
            await preferences.SpeakAsync(touch, language);
        }

        switch (change.Choice)
        {
            case MailChoice.Nothing:
                await preferences.StopAsync(touch, "page", now);
                break;
            case MailChoice.CareOnly:
                await preferences.NarrowAsync(touch, SuppressionReason.NoOffers, now);
                break;
            case MailChoice.Paused:
                await preferences.NarrowAsync(touch, SuppressionReason.Paused, now, now.AddDays(change.PauseDays));
                break;
        }
    }
}

using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Web.PublicPages;

/// <summary>The public pages over the domain's own verb.</summary>
public sealed class PublicRequests(ChangePreferences preferences, TimeProvider clock) : IPublicRequests
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
            { Suppression: { } s } when s.Reason != SuppressionReason.NoOffers => new PreferenceView(MailChoice.Nothing, null),
            { Pause: { } pause } when pause.Until > clock.GetUtcNow() => new PreferenceView(
                MailChoice.Paused,
                DateOnly.FromDateTime(pause.Until.Date)
            ),
            { Suppression: not null } => new PreferenceView(MailChoice.CareOnly, null),
            _ => new PreferenceView(MailChoice.Everything, null),
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
                await preferences.RefuseOffersAsync(touch, now);
                break;
            case MailChoice.Paused:
                await preferences.PauseAsync(touch, now, now.AddDays(change.PauseDays));
                break;
        }
    }
}

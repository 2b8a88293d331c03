using RetentionFuncs.ContactPolicy;
using RetentionFuncs.ContactPolicy.Confirmations;
using RetentionFuncs.Customers;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Web.PublicPages;

/// <summary>The public pages over the domain's own verbs.</summary>
/// <param name="topics">Those of the settings.</param>
public sealed class PublicRequests(
    ChangePreferences preferences,
    RequestConsent requests,
    ConfirmConsent confirmations,
    IReadOnlyList<Topic> topics,
    TimeProvider clock
) : IPublicRequests
{
    public async Task<UnsubscribeAnswer> UnsubscribeAsync(TouchRef touch, UnsubscribeSource source, DateTimeOffset now) =>
        await preferences.StopAsync(touch, source == UnsubscribeSource.OneClick ? "one-click" : "page", now) switch
        {
            null => UnsubscribeAnswer.NotFound,
            { Suppression: { } s } when s.Reason >= SuppressionReason.Unsubscribed => UnsubscribeAnswer.Already,
            _ => UnsubscribeAnswer.Done,
        };

    public async Task<ConfirmAnswer> ConfirmAsync(TouchRef touch, string? networkAddress, DateTimeOffset now) =>
        await confirmations.RunAsync(touch, networkAddress, now);

    public async Task<PreferenceView?> ReadAsync(TouchRef touch)
    {
        if (await preferences.ReadAsync(touch) is not { } known)
        {
            return null;
        }

        var view = known switch
        {
            { Suppression: { } s } when s.Reason != SuppressionReason.NoOffers => new PreferenceView(MailChoice.Nothing, null),
            { Pause: { } pause } when pause.Until > clock.GetUtcNow() => new PreferenceView(
                MailChoice.Paused,
                DateOnly.FromDateTime(pause.Until.Date)
            ),
            { Suppression: not null } => new PreferenceView(MailChoice.CareOnly, null),
            _ => new PreferenceView(MailChoice.Everything, null),
        };
        var refuses =
            known is { Suppression: not null } or { At.RefusedTopics: not null } or { Contact.EmailConsent.State: ConsentState.Denied }
            || known.Pause?.Until > clock.GetUtcNow();
        return view with
        {
            Topics = [.. topics.Select(t => new TopicView(t, known.At.Refuses(t.Key)))],
            MayComeBack = refuses && known.Channel == Channel.Email && known.At.MayComeBack && await requests.IsAnsweredAsync(),
        };
    }

    public async Task ChangeAsync(TouchRef touch, PreferenceChange change, DateTimeOffset now)
    {
        if (change.Language is { } language)
        {
            await preferences.SpeakAsync(touch, language);
        }

        await preferences.RefuseTopicsAsync(
            touch,
            [.. change.RefusedTopics.Where(k => topics.Any(t => t.Key == k)).Distinct(StringComparer.Ordinal)],
            now
        );
        if (change.ComeBack)
        {
            await AskBackAsync(touch, now);
            return;
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

    /// <summary>One wish a day for one link: pressing twice is asking once.</summary>
    private async Task AskBackAsync(TouchRef touch, DateTimeOffset now)
    {
        if (await preferences.ReadAsync(touch) is { Channel: Channel.Email } known)
        {
            var wish = new ConsentWish(
                FormattableString.Invariant($"page|{touch}|{now.UtcDateTime:yyyy-MM-dd}"),
                "preference page",
                null,
                now
            );
            await requests.RunAsync(touch.Customer, known.Contact.Key, wish, now);
        }
    }
}

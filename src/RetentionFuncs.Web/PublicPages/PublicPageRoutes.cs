using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Messages;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Web.PublicPages;

/// <summary>
/// The pages behind the links in messages, the same in every host. Looking never changes anything, since mail scanners look at
/// every link; only a POST does. Valid, unknown and used links get the same answer, so that a link tells nothing about anyone.
/// </summary>
public static class PublicPageRoutes
{
    public const int PauseDays = 90;

    private static readonly string[] Looking = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps <c>/u/{token}</c>, <c>/p/{token}</c>, <c>/c/{token}</c> and <c>/health</c>; none asks for a login.</summary>
    public static void MapPublicPages(this IEndpointRouteBuilder routes, PublicPageSettings settings)
    {
        var pages = new PageAnswers(settings);
        var group = routes.MapGroup("").AllowAnonymous().DisableAntiforgery();
        _ = group.MapMethods("/u/{**token}", Looking, context => pages.ShowAsync(context, t => t.AskToUnsubscribe(settings.Shop)));
        _ = group.MapPost("/u/{**token}", context => UnsubscribeAsync(context, settings, pages));
        _ = group.MapMethods("/p/{**token}", Looking, context => ShowPreferencesAsync(context, settings, pages));
        _ = group.MapPost("/p/{**token}", context => ChangePreferencesAsync(context, settings, pages));
        _ = group.MapMethods("/c/{**token}", Looking, context => pages.ShowAsync(context, t => t.AskToConfirm(settings.Shop)));
        _ = group.MapPost("/c/{**token}", context => ConfirmAsync(context, settings, pages));
        _ = group.MapMethods("/health", Looking, PageAnswers.HealthyAsync);
    }

    private static async Task UnsubscribeAsync(HttpContext context, PublicPageSettings settings, PageAnswers pages)
    {
        if (await LimitedBody.ReadAsync(context.Request) is not { } body)
        {
            await pages.ShowAsync(context, t => t.TooMuch(), StatusCodes.Status413PayloadTooLarge);
            return;
        }

        var source = body.Contains("List-Unsubscribe", StringComparison.Ordinal) ? UnsubscribeSource.OneClick : UnsubscribeSource.Page;
        await pages.DoneAsync(
            context,
            async () =>
            {
                if (Touch(context, settings, LinkPurpose.Unsubscribe) is { } touch)
                {
                    _ = await settings.Requests.UnsubscribeAsync(touch, source, settings.Clock.GetUtcNow());
                }
            },
            t => t.Unsubscribed(settings.Shop)
        );
    }

    /// <summary>A confirmed, a late and a forged link get one answer too: it says how to notice that nothing came of it.</summary>
    private static async Task ConfirmAsync(HttpContext context, PublicPageSettings settings, PageAnswers pages)
    {
        if (await LimitedBody.ReadAsync(context.Request) is not { } body)
        {
            await pages.ShowAsync(context, t => t.TooMuch(), StatusCodes.Status413PayloadTooLarge);
            return;
        }

        // A mail program's own one-click POST is not a press of this button.
        if (QueryHelpers.ParseQuery(body).GetValueOrDefault("confirm").ToString() != "yes")
        {
            await pages.ShowAsync(context, t => t.AskToConfirm(settings.Shop), StatusCodes.Status400BadRequest);
            return;
        }

        await pages.DoneAsync(
            context,
            async () =>
            {
                if (Touch(context, settings, LinkPurpose.Confirm) is { } touch)
                {
                    var from = context.Connection.RemoteIpAddress?.ToString();
                    _ = await settings.Requests.ConfirmAsync(touch, from, settings.Clock.GetUtcNow());
                }
            },
            t => t.Confirmed(settings.Shop)
        );
    }

    private static async Task ShowPreferencesAsync(HttpContext context, PublicPageSettings settings, PageAnswers pages)
    {
        PreferenceView? view = null;
        try
        {
            view =
                HttpMethods.IsGet(context.Request.Method) && Touch(context, settings, LinkPurpose.Preferences) is { } touch
                    ? await settings.Requests.ReadAsync(touch)
                    : null;
        }
        catch (StoreUnavailableException)
        {
            // The form works without the present state; saving will say so if the store is still away.
        }

        await pages.ShowAsync(context, t => t.Preferences(settings.Shop, view));
    }

    private static async Task ChangePreferencesAsync(HttpContext context, PublicPageSettings settings, PageAnswers pages)
    {
        if (await LimitedBody.ReadAsync(context.Request) is not { } body)
        {
            await pages.ShowAsync(context, t => t.TooMuch(), StatusCodes.Status413PayloadTooLarge);
            return;
        }

        if (ReadChange(body) is not { } change)
        {
            await pages.ShowAsync(context, t => t.Preferences(settings.Shop, null), StatusCodes.Status400BadRequest);
            return;
        }

        await pages.DoneAsync(
            context,
            async () =>
            {
                if (!change.IsEmpty && Touch(context, settings, LinkPurpose.Preferences) is { } touch)
                {
                    await settings.Requests.ChangeAsync(touch, change, settings.Clock.GetUtcNow());
                }
            },
            t => change.ComeBack ? t.ComingBack(settings.Shop) : t.Saved(settings.Shop)
        );
    }

    /// <summary>Reads three fields and no other; null when one holds a value that the form does not offer.</summary>
    private static PreferenceChange? ReadChange(string body)
    {
        var form = QueryHelpers.ParseQuery(body);
        var (mail, language) = (form.GetValueOrDefault("mail").ToString(), form.GetValueOrDefault("language").ToString());
        if (mail is not ("" or "keep" or "care" or "pause" or "none" or "again") || language is not ("" or "keep" or "en" or "zh-CN"))
        {
            return null;
        }

        MailChoice? choice = mail switch
        {
            "care" => MailChoice.CareOnly,
            "pause" => MailChoice.Paused,
            "none" => MailChoice.Nothing,
            _ => null,
        };
        var change = new PreferenceChange(
            choice,
            choice == MailChoice.Paused ? PauseDays : 0,
            language is "en" or "zh-CN" ? language : null
        )
        {
            ComeBack = mail == "again",
        };
        return form.GetValueOrDefault("stop").OfType<string>().Where(CampaignKeys.IsKey).ToArray() is { Length: > 0 } topics
            ? change with
            {
                RefusedTopics = topics,
            }
            : change;
    }

    private static TouchRef? Touch(HttpContext context, PublicPageSettings settings, LinkPurpose purpose) =>
        settings.Links.TryRead(context.Request.RouteValues["token"] as string, purpose, out var touch) ? touch : null;
}

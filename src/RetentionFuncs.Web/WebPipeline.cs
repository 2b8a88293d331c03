using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RetentionFuncs.Messages;
using RetentionFuncs.Web.Api;
using RetentionFuncs.Web.PublicPages;
using RetentionFuncs.Web.Webhooks;

namespace RetentionFuncs.Web;

/// <summary>The routes of the product, written once. A host with an endpoint router maps them; one that only has a request builds the pipeline.</summary>
public static class WebPipeline
{
    public static void MapRetention(this IEndpointRouteBuilder routes, WebHome home)
    {
        var product = home.Product;
        routes.MapPublicPages(
            new PublicPageSettings(
                product.Settings.Name,
                product.Settings.Locale,
                new UnsubscribeLinks(product.Secret),
                new PublicRequests(
                    product.ChangePreferences,
                    product.RequestConsent,
                    product.ConfirmConsent,
                    product.Settings.Topics,
                    product.Clock
                ),
                product.Clock
            )
        );
        routes.MapWebhooks(home);
        routes.MapApi(home);
    }

    /// <param name="services">Holds the routing services (<c>AddRouting</c>).</param>
    public static RequestDelegate Build(IServiceProvider services, WebHome home)
    {
        var app = new ApplicationBuilder(services);
        _ = app.UseRouting();
        _ = app.UseEndpoints(routes => routes.MapRetention(home));
        return app.Build();
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace RetentionFuncs.Web.Webhooks;

/// <summary>What providers call; the same in every host.</summary>
public static class WebhookRoutes
{
    public const string SendGridPath = "/webhooks/sendgrid";

    /// <summary>Maps the webhooks that have a key; the others do not exist.</summary>
    public static void MapWebhooks(this IEndpointRouteBuilder routes, WebHome home)
    {
        if (home.Webhooks.SendGridKeys.Count > 0)
        {
            var webhook = new SendGridWebhook(home.Product.ReceiveEvidence, home.Webhooks, home.Product.Clock);
            _ = routes.MapPost(SendGridPath, webhook.AnswerAsync).AllowAnonymous().DisableAntiforgery();
        }

        MapShop(routes, home, ShopSystem.Shopify, home.Webhooks.ShopifySecrets);
        MapShop(routes, home, ShopSystem.WooCommerce, home.Webhooks.WooCommerceSecrets);
    }

    private static void MapShop(IEndpointRouteBuilder routes, WebHome home, ShopSystem system, IReadOnlyList<ShopSecret> secrets)
    {
        if (secrets.Count > 0)
        {
            var webhook = new ShopWebhook(system, secrets, home.Product.ReceiveShopEvents, home.Product.Clock);
            _ = routes.MapPost(system.Path, webhook.AnswerAsync).AllowAnonymous().DisableAntiforgery();
        }
    }
}

using System.Globalization;

namespace RetentionFuncs.Messages;

/// <summary>The value of each name a template may use; a name without a value for this contact is absent.</summary>
internal static class TemplateValues
{
    public static Dictionary<string, string> Of(RenderRequest request, MessagePhrases phrases)
    {
        var values = new Dictionary<string, string>(10, StringComparer.Ordinal)
        {
            ["shop"] = SafeText.OneLine(request.Business.Name),
            ["unsubscribe_url"] = request.Links.Unsubscribe,
            ["preferences_url"] = request.Links.Preferences,
        };

        if (request.Links.Confirm is { } confirm)
        {
            values["confirm_url"] = confirm;
        }

        if (SafeText.Name(request.Contact.Name) is { } name)
        {
            values["name"] = name;
        }

        if (IsWebAddress(request.Links.Shop))
        {
            values["shop_url"] = request.Links.Shop!;
        }

        if (request.Summary.HasPurchases)
        {
            values["days_silent"] = Math.Max(0, request.Summary.SilenceOn(request.Day)).ToString(CultureInfo.InvariantCulture);
            values["last_order_date"] = phrases.Date(request.Summary.LastDay);
        }

        if (request.Coupon is { } coupon)
        {
            values["offer_percent"] = coupon.Percent.ToString("0.##", CultureInfo.InvariantCulture);
            values["offer_code"] = coupon.Code;
            values["offer_ends"] = phrases.Date(coupon.EndsOn);
        }

        return values;
    }

    private static bool IsWebAddress(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);
}

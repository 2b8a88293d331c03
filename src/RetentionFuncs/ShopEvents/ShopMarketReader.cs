using RetentionFuncs.Imports;
using RetentionFuncs.Markets;
using RetentionFuncs.Orders;
using RetentionFuncs.Settings;

namespace RetentionFuncs.ShopEvents;

/// <summary>Reads what an event tells of no customer in particular: <c>promotion, rivalPrice</c>.</summary>
internal static class ShopMarketReader
{
    /// <param name="fields">Of the whole event.</param>
    /// <returns>Null for the other kinds, and when a finding was said.</returns>
    public static MarketNews? Read(EventFields fields, ShopEventKind? kind, DateTimeOffset at) =>
        kind switch
        {
            ShopEventKind.PromotionAnnounced when fields.Object("promotion", required: true) is { } told => Promotion(told, at),
            ShopEventKind.RivalPriceSeen when fields.Object("rivalPrice", required: true) is { } told => Price(told, at),
            _ => null,
        };

    private static MarketNews.Promotion? Promotion(EventFields f, DateTimeOffset at)
    {
        var id = f.Id("id", required: true);
        var name = f.Words("name");
        var (sku, family) = (f.Id("sku"), f.Words("family"));
        var from = f.Day("from", required: true);
        var until = f.Day("until", required: true);
        if (until < from)
        {
            f.Say("until", new("lies before from", "早于 from"));
        }

        f.End();
        return id is null || from is null || until is null ? null : new(id, name, sku, family, from.Value, until.Value, at);
    }

    private static MarketNews.RivalPrice? Price(EventFields f, DateTimeOffset at)
    {
        var sku = f.Id("sku", required: true);
        var rival = f.Id("rival", required: true);
        var price = f.Amount("price", required: true);
        var currency = f.Text<string>("currency", ReadCurrency, required: true);
        f.End();
        return sku is null || rival is null || price is null || currency is null
            ? null
            : new(sku, rival, new Money(price.Value, currency), at);
    }

    private static bool ReadCurrency(string text, out string currency, out Wording problem)
    {
        currency = text;
        problem = ShopOrderReader.NoCurrency;
        return CurrencyCodes.All.Contains(text);
    }
}

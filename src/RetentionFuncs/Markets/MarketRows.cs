using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Markets;

/// <summary>Promotions by their id, rivals' prices by product and rival; each row is the newest word on it.</summary>
public sealed class MarketRows(IRowStore store)
{
    private static readonly PartitionId PromotionRows = new(StoreTable.Control, "promotions");
    private static readonly PartitionId PriceRows = new(StoreTable.Control, "rival-prices");

    private sealed record Answer(Recorded Kind);

    /// <summary>Idempotent; older news than what is on file changes nothing.</summary>
    /// <param name="now">The moment of recording.</param>
    public async ValueTask<Recorded> PutAsync(MarketNews news, DateTimeOffset now) =>
        (await ContendedCommit.UntilAppliedAsync(() => TryAsync(news, now))).Kind;

    /// <summary>Those that run on a day.</summary>
    public async IAsyncEnumerable<MarketNews.Promotion> PromotionsOnAsync(DateOnly day)
    {
        await foreach (var row in store.ReadAllAsync(PromotionRows, RowRange.All))
        {
            if (ReadPromotion(row.Properties) is var promotion && promotion.RunsOn(day))
            {
                yield return promotion;
            }
        }
    }

    /// <summary>What each rival was last seen to ask for a product.</summary>
    public async IAsyncEnumerable<MarketNews.RivalPrice> PricesOfAsync(string sku)
    {
        await foreach (var row in store.ReadAllAsync(PriceRows, RowRange.Prefix(OrderKey.Of(sku).Value + "|")))
        {
            yield return ReadPrice(row.Properties);
        }
    }

    private async ValueTask<Answer?> TryAsync(MarketNews news, DateTimeOffset now)
    {
        var (partition, key, bag) = news switch
        {
            MarketNews.Promotion p => (PromotionRows, OrderKey.Of(p.Id).Value, ToBag(p)),
            MarketNews.RivalPrice p => (PriceRows, $"{OrderKey.Of(p.Sku).Value}|{OrderKey.Of(p.Rival).Value}", ToBag(p)),
            _ => throw new ArgumentOutOfRangeException(nameof(news)),
        };
        var row = await store.ReadRowAsync(partition, key);
        if (row is not null && row.Properties.Instant("toldAt") >= news.ToldAt)
        {
            return new Answer(Recorded.Unchanged);
        }

        var expect = row is null ? Expectation.Absent : Expectation.At(row.Version);
        bag = bag.Set("toldAt", news.ToldAt).Set("recordedAt", now);
        return await store.CommitAsync(partition, [new RowWrite(key, expect, bag)]) is CommitResult.Applied
            ? new Answer(row is null ? Recorded.New : Recorded.Changed)
            : null;
    }

    private static PropertyBag ToBag(MarketNews.Promotion p) =>
        new PropertyBag()
            .Set("promotion", p.Id)
            .Set("name", p.Name)
            .Set("sku", p.Sku)
            .Set("family", p.Family)
            .Set("from", p.From)
            .Set("until", p.Until);

    private static MarketNews.Promotion ReadPromotion(PropertyBag bag) =>
        new(
            bag.Text("promotion"),
            bag.TextOrNull("name"),
            bag.TextOrNull("sku"),
            bag.TextOrNull("family"),
            bag.Day("from"),
            bag.Day("until"),
            bag.Instant("toldAt")
        );

    private static PropertyBag ToBag(MarketNews.RivalPrice p) =>
        new PropertyBag().Set("sku", p.Sku).Set("rival", p.Rival).Set("price", p.Price.Amount).Set("currency", p.Price.Currency);

    private static MarketNews.RivalPrice ReadPrice(PropertyBag bag) =>
        new(bag.Text("sku"), bag.Text("rival"), new Money(bag.Amount("price"), bag.Text("currency")), bag.Instant("toldAt"));
}

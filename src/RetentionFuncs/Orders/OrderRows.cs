using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Scoring;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Orders;

/// <summary>The key of an order within its customer: a hash of its external id, so that any id fits a row key.</summary>
public readonly record struct OrderKey(string Value)
{
    public static OrderKey Of(string externalId) => new(Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(externalId)), 26));

    public override string ToString() => Value;
}

/// <summary>Orders, summary and standing as rows of the customer's partition.</summary>
public static class OrderRows
{
    public static string RowKey(string externalId) => CustomerPartition.OrderPrefix + OrderKey.Of(externalId).Value;

    public static PropertyBag ToBag(Order order) =>
        new PropertyBag()
            .Set("orderId", order.ExternalId)
            .Set("occurredAt", order.OccurredAt)
            .Set("recordedAt", order.RecordedAt)
            .Set("status", order.Status)
            .Set("total", order.Total.Amount)
            .Set("currency", order.Total.Currency)
            .Set("refunded", order.Refunded)
            .Set("coupons", order.Coupons.Count == 0 ? null : string.Join('\n', order.Coupons))
            .Set("lines", order.Lines.Count == 0 ? null : JsonSerializer.Serialize(order.Lines))
            .Set("toldAt", order.ToldAt)
            .Set("content", ContentOf(order));

    public static Order Read(PropertyBag bag) =>
        new(
            bag.Text("orderId"),
            bag.Instant("occurredAt"),
            bag.Instant("recordedAt"),
            bag.Choice<OrderStatus>("status"),
            new Money(bag.Amount("total"), bag.Text("currency")),
            bag.Amount("refunded"),
            bag.TextOrNull("lines") is { } lines ? JsonSerializer.Deserialize<List<OrderLine>>(lines)! : [],
            bag.TextOrNull("coupons")?.Split('\n') ?? []
        )
        {
            ToldAt = bag.InstantOrNull("toldAt"),
        };

    /// <summary>What the order says, without when we learnt it: equal content is the same version.</summary>
    public static string ContentOf(Order order)
    {
        var text = new StringBuilder()
            .Append(
                CultureInfo.InvariantCulture,
                $"{order.OccurredAt:O}|{order.Status}|{order.Total.Amount:0.############}|{order.Total.Currency}|"
            )
            .Append(CultureInfo.InvariantCulture, $"{order.Refunded:0.############}|{string.Join('\n', order.Coupons)}|");
        foreach (var line in order.Lines)
        {
            text.Append(
                    CultureInfo.InvariantCulture,
                    $"{line.Sku}|{line.Family}|{line.Quantity:0.####}|{line.Net:0.####}|{line.Discount:0.####}|"
                )
                .Append(CultureInfo.InvariantCulture, $"{line.Cost:0.####}|{line.Coupon}\n");
        }

        return Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())), 16);
    }

    public static PurchaseSummary Summary(this CustomerPartition partition) =>
        partition.Find(CustomerPartition.SummaryRow) is { } bag ? ReadSummary(bag) : PurchaseSummary.Empty;

    public static StageStanding? Standing(this CustomerPartition partition) =>
        partition.Find(CustomerPartition.SummaryRow) is { } bag ? ReadStanding(bag) : null;

    public static void PutSummary(this CustomerPartition partition, PurchaseSummary summary, StageStanding? standing) =>
        partition.Put(CustomerPartition.SummaryRow, ToBag(summary, standing));

    public static PurchaseSummary ReadSummary(PropertyBag bag) =>
        new(Days(bag.Text("days")), (int)bag.Integer("orders"), Spend(bag.Text("spend")))
        {
            DayAmounts = Amounts(bag.TextOrNull("amounts") ?? ""),
            Market = bag.TextOrNull("market"),
            Traits = BuyingTraits.Read(bag.TextOrNull("traits")),
        };

    private static StageStanding? ReadStanding(PropertyBag bag) =>
        bag.Has("stage") ? new StageStanding(bag.Choice<LapseStage>("stage"), bag.Day("stageSince"), bag.DayOrNull("nextReview")) : null;

    private static PropertyBag ToBag(PurchaseSummary summary, StageStanding? standing)
    {
        var bag = new PropertyBag()
            .Set("orders", summary.Orders)
            .Set("spend", string.Join(' ', summary.Spend.Select(m => m.Currency + m.Amount.ToString(CultureInfo.InvariantCulture))))
            .Set("lastDay", summary.HasPurchases ? summary.LastDay : (DateOnly?)null)
            .Set("days", string.Join(' ', summary.PurchaseDays.Select(d => d.ToString("yyyyMMdd", CultureInfo.InvariantCulture))))
            .Set("amounts", string.Join(' ', summary.DayAmounts.Select(a => a.ToString("0.####", CultureInfo.InvariantCulture))))
            .Set("market", summary.Market)
            .Set("traits", summary.Traits?.Write());
        return standing is null
            ? bag
            : bag.Set("stage", standing.Stage).Set("stageSince", standing.EnteredOn).Set("nextReview", standing.NextReviewOn);
    }

    private static DateOnly[] Days(string text) =>
        [
            .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(d => DateOnly.ParseExact(d, "yyyyMMdd", CultureInfo.InvariantCulture)),
        ];

    private static decimal[] Amounts(string text) =>
        [
            .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(a => decimal.Parse(a, NumberStyles.Number, CultureInfo.InvariantCulture)),
        ];

    private static Money[] Spend(string text) =>
        [
            .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(s => new Money(decimal.Parse(s.AsSpan(3), NumberStyles.Number, CultureInfo.InvariantCulture), s[..3])),
        ];
}

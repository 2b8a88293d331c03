using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Deliveries;

/// <summary>Evidence as rows of the customer's partition, named by content: the provider's event id is not the same on every repeat.</summary>
public static class DeliveryEventRows
{
    public static RowRange RangeOf(TouchId touch) => RowRange.Prefix($"{CustomerPartition.EvidencePrefix}{touch}|");

    public static string RowKey(DeliveryEvent e) => $"{CustomerPartition.EvidencePrefix}{e.Touch.Touch}|{HashOf(e)}";

    public static string HashOf(DeliveryEvent e)
    {
        var content = string.Create(CultureInfo.InvariantCulture, $"{e.AttemptId}|{e.Kind}|{e.Bounce}|{e.At.UtcDateTime:O}|{e.Detail}");
        return Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(content)), 16);
    }

    public static PropertyBag ToBag(DeliveryEvent e, DateTimeOffset recordedAt) =>
        new PropertyBag()
            .Set("kind", e.Kind)
            .Set("bounce", e.Bounce?.ToString())
            .Set("attemptId", e.AttemptId)
            .Set("occurredAt", e.At)
            .Set("recordedAt", recordedAt)
            .Set("detail", e.Detail);

    public static DeliveryEvent Read(TouchRef touch, PropertyBag bag) =>
        new(
            touch,
            bag.Text("attemptId"),
            bag.Choice<DeliveryEventKind>("kind"),
            bag.Has("bounce") ? bag.Choice<BounceKind>("bounce") : null,
            bag.Instant("occurredAt"),
            bag.TextOrNull("detail")
        );
}

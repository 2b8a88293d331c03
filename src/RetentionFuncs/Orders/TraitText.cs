using System.Buffers.Binary;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RetentionFuncs.Orders;

/// <summary>Traits as the text of the summary row: short, and readable in a table browser.</summary>
internal static class TraitText
{
    private static readonly JsonSerializerOptions Form = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault,
    };

    /// <param name="Days">The first day kept and the gaps after it: <c>20260301+24+31</c>.</param>
    /// <param name="First">The first day of all, where it is not the first kept.</param>
    private sealed record Family(string Name, string Days, string? First, decimal Net);

    private sealed record Whole(
        string? FirstFamily,
        string? FirstFamilyOn,
        int Purchases,
        int DiscountedPurchases,
        decimal Discount,
        decimal Gross,
        decimal Refunded,
        int RefundedOrders,
        decimal LargestOrder,
        string? LargestOrderOn,
        decimal Quantity,
        int Lines,
        int LinesWithoutCost,
        decimal CostedNet,
        decimal Profit,
        decimal OtherFamiliesNet,
        string? Skus,
        Family[]? Families
    );

    public static string Write(BuyingTraits t) =>
        JsonSerializer.Serialize(
            new Whole(
                t.FirstFamily,
                Day(t.FirstFamilyOn),
                t.Purchases,
                t.DiscountedPurchases,
                Short(t.Discount),
                Short(t.Gross),
                Short(t.Refunded),
                t.RefundedOrders,
                Short(t.LargestOrder),
                Day(t.LargestOrderOn),
                Short(t.Quantity),
                t.Lines,
                t.LinesWithoutCost,
                Short(t.CostedNet),
                Short(t.Profit),
                Short(t.OtherFamiliesNet),
                t.SkuHashes.Count == 0 ? null : Hashes(t.SkuHashes),
                t.Families.Count == 0 ? null : [.. t.Families.Select(Write)]
            ),
            Form
        );

    public static BuyingTraits Read(string json)
    {
        var w = JsonSerializer.Deserialize<Whole>(json, Form)!;
        return new BuyingTraits
        {
            FirstFamily = w.FirstFamily,
            FirstFamilyOn = DayOrNull(w.FirstFamilyOn),
            Purchases = w.Purchases,
            DiscountedPurchases = w.DiscountedPurchases,
            Discount = w.Discount,
            Gross = w.Gross,
            Refunded = w.Refunded,
            RefundedOrders = w.RefundedOrders,
            LargestOrder = w.LargestOrder,
            LargestOrderOn = DayOrNull(w.LargestOrderOn),
            Quantity = w.Quantity,
            Lines = w.Lines,
            LinesWithoutCost = w.LinesWithoutCost,
            CostedNet = w.CostedNet,
            Profit = w.Profit,
            OtherFamiliesNet = w.OtherFamiliesNet,
            SkuHashes = w.Skus is null ? [] : Hashes(w.Skus),
            Families = w.Families is null ? [] : [.. w.Families.Select(Read)],
        };
    }

    private static Family Write(FamilyTraits f)
    {
        var gaps = f.Days.Skip(1).Select((d, i) => "+" + (d.DayNumber - f.Days[i].DayNumber).ToString(CultureInfo.InvariantCulture));
        return new Family(f.Name, Day(f.Days[0]) + string.Concat(gaps), f.FirstDay == f.Days[0] ? null : Day(f.FirstDay), Short(f.Net));
    }

    private static FamilyTraits Read(Family f)
    {
        var parts = f.Days.Split('+');
        var days = new DateOnly[parts.Length];
        days[0] = ReadDay(parts[0]);
        for (var i = 1; i < parts.Length; i++)
        {
            days[i] = days[i - 1].AddDays(int.Parse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture));
        }

        return new FamilyTraits(f.Name, f.First is null ? days[0] : ReadDay(f.First), days, f.Net);
    }

    private static string Hashes(IReadOnlyList<uint> hashes)
    {
        var bytes = new byte[4 * hashes.Count];
        for (var i = 0; i < hashes.Count; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 * i), hashes[i]);
        }

        return Convert.ToBase64String(bytes);
    }

    private static uint[] Hashes(string text)
    {
        var bytes = Convert.FromBase64String(text);
        return [.. Enumerable.Range(0, bytes.Length / 4).Select(i => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4 * i)))];
    }

    /// <summary>Without the zeros at its end, so that equal sums are equal texts whatever was added first.</summary>
    private static decimal Short(decimal amount) => amount / 1.0000000000000000000000000000m;

    private static string? Day(DateOnly? day) => day?.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static DateOnly? DayOrNull(string? day) => day is null ? null : ReadDay(day);

    private static DateOnly ReadDay(string day) => DateOnly.ParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture);
}

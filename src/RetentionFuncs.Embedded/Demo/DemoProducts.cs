namespace RetentionFuncs.Embedded.Demo;

/// <param name="Role">As the business sees it: traffic, profit, marginal or potential.</param>
/// <param name="Price">In euros, per piece.</param>
/// <param name="Cost">What a piece costs the shop.</param>
public sealed record DemoProduct(string Sku, string Name, string Family, string Role, decimal Price, decimal Cost);

/// <summary>The range of the generated shop: tea and what goes with it.</summary>
internal static class DemoProducts
{
    public static IReadOnlyList<DemoProduct> All { get; } =
    [
        new("TEA-001", "Jasmine green, 100 g", "tea", "traffic", 7.90m, 3.60m),
        new("TEA-002", "Assam breakfast, 250 g", "tea", "traffic", 9.50m, 4.40m),
        new("TEA-003", "Longjing, spring harvest, 50 g", "tea", "profit", 24.00m, 9.80m),
        new("TEA-004", "Tieguanyin, 100 g", "tea", "profit", 18.50m, 7.20m),
        new("TEA-005", "Aged white cake, 350 g", "tea", "potential", 64.00m, 29.00m),
        new("TEA-006", "Rooibos vanilla, 100 g", "tea", "marginal", 6.40m, 3.10m),
        new("TEA-007", "Darjeeling first flush, 100 g", "tea", "profit", 21.00m, 8.90m),
        new("TEA-008", "Chamomile, 50 g", "tea", "traffic", 4.90m, 1.90m),
        new("POT-001", "Glass pot, 600 ml", "pots", "traffic", 19.90m, 9.10m),
        new("POT-002", "Porcelain gaiwan", "pots", "profit", 28.00m, 10.50m),
        new("POT-003", "Yixing pot, 180 ml", "pots", "profit", 89.00m, 38.00m),
        new("POT-004", "Cast-iron pot, 800 ml", "pots", "potential", 54.00m, 24.00m),
        new("CUP-001", "Tasting cups, four", "cups", "traffic", 14.90m, 6.00m),
        new("CUP-002", "Double-wall glass, two", "cups", "profit", 22.50m, 8.70m),
        new("CUP-003", "Travel flask, 400 ml", "cups", "potential", 32.00m, 14.20m),
        new("CUP-004", "Enamel mug", "cups", "marginal", 11.90m, 6.80m),
        new("SWE-001", "Butter biscuits, tin", "sweets", "traffic", 8.80m, 4.30m),
        new("SWE-002", "Osmanthus honey, 250 g", "sweets", "profit", 13.50m, 5.10m),
        new("SWE-003", "Mooncakes, box of six", "sweets", "potential", 36.00m, 16.50m),
        new("GIF-001", "Discovery box, eight teas", "gifts", "traffic", 29.00m, 13.80m),
        new("GIF-002", "Gift set, pot and two cups", "gifts", "profit", 72.00m, 31.00m),
        new("GIF-003", "Wrapping and card", "gifts", "marginal", 3.50m, 1.70m),
    ];
}

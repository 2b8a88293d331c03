namespace RetentionFuncs.Orders;

/// <summary>Adds orders to traits. Every step commutes: sums, extremes with a fixed choice among equals, and sets that keep their smallest.</summary>
internal sealed class TraitFold(BuyingTraits start, string currency)
{
    private readonly SortedSet<uint> _skus = [.. start.SkuHashes];
    private readonly SortedDictionary<string, FamilyFold> _families = Families(start);
    private BuyingTraits _traits = start;

    private sealed class FamilyFold(DateOnly firstDay)
    {
        public DateOnly FirstDay { get; set; } = firstDay;

        public SortedSet<DateOnly> Days { get; init; } = [];

        public decimal Net { get; set; }
    }

    public void Add(Order order, DateOnly day)
    {
        if (order.Status == OrderStatus.Cancelled)
        {
            return;
        }

        var atHome = order.Total.Currency == currency;
        if (atHome && order.Refunded != 0)
        {
            _traits = _traits with { Refunded = _traits.Refunded + order.Refunded, RefundedOrders = _traits.RefundedOrders + 1 };
        }

        if (!order.IsPurchase)
        {
            return;
        }

        AddFirstFamily(order, day);
        if (atHome)
        {
            AddAmounts(order, day);
        }

        foreach (var line in order.Lines)
        {
            AddSku(line.Sku);
            AddFamily(line, day, atHome ? line.Net : 0);
        }
    }

    public BuyingTraits Result() =>
        _traits with
        {
            SkuHashes = [.. _skus],
            Families = [.. _families.Select(f => new FamilyTraits(f.Key, f.Value.FirstDay, [.. f.Value.Days], f.Value.Net))],
        };

    private void AddFirstFamily(Order order, DateOnly day)
    {
        if (order.Lines.FirstOrDefault(l => l.Family is { Length: > 0 })?.Family is not { } family)
        {
            return;
        }

        var name = FamilyTraits.Named(family);
        if (_traits.FirstFamilyOn is not { } first || day < first || (day == first && string.CompareOrdinal(name, _traits.FirstFamily) < 0))
        {
            _traits = _traits with { FirstFamily = name, FirstFamilyOn = day };
        }
    }

    private void AddAmounts(Order order, DateOnly day)
    {
        var t = _traits;
        var discount = order.Lines.Sum(l => l.Discount);
        var costed = order.Lines.Where(l => l.Cost is not null).ToList();
        var largest =
            t.LargestOrderOn is not { } on || order.Net.Amount > t.LargestOrder || (order.Net.Amount == t.LargestOrder && day < on);
        _traits = t with
        {
            Purchases = t.Purchases + 1,
            DiscountedPurchases = t.DiscountedPurchases + (IsDiscounted(order) ? 1 : 0),
            Discount = t.Discount + discount,
            Gross = t.Gross + order.Total.Amount + discount,
            LargestOrder = largest ? order.Net.Amount : t.LargestOrder,
            LargestOrderOn = largest ? day : t.LargestOrderOn,
            Quantity = t.Quantity + order.Lines.Sum(l => l.Quantity),
            Lines = t.Lines + order.Lines.Count,
            LinesWithoutCost = t.LinesWithoutCost + order.Lines.Count - costed.Count,
            CostedNet = t.CostedNet + costed.Sum(l => l.Net),
            Profit = t.Profit + costed.Sum(l => l.Net - l.Cost!.Value),
        };
    }

    private static bool IsDiscounted(Order order) =>
        order.Coupons.Count > 0 || order.Lines.Any(l => l.Discount > 0 || l.Coupon is { Length: > 0 });

    private void AddSku(string sku)
    {
        if (_skus.Add(NameHash.Of(sku)) && _skus.Count > BuyingTraits.MostSkus)
        {
            _skus.Remove(_skus.Max);
        }
    }

    private void AddFamily(OrderLine line, DateOnly day, decimal net)
    {
        if (line.Family is not { Length: > 0 } family)
        {
            return;
        }

        var name = FamilyTraits.Named(family);
        if (!_families.TryGetValue(name, out var fold))
        {
            _families[name] = fold = new FamilyFold(day);
        }

        fold.FirstDay = day < fold.FirstDay ? day : fold.FirstDay;
        fold.Net += net;
        if (fold.Days.Add(day) && fold.Days.Count > FamilyTraits.MostDays)
        {
            fold.Days.Remove(fold.Days.Min);
        }

        if (_families.Count > BuyingTraits.MostFamilies)
        {
            var last = _families.MaxBy(f => (NameHash.Of(f.Key), f.Key));
            _families.Remove(last.Key);
            _traits = _traits with { OtherFamiliesNet = _traits.OtherFamiliesNet + last.Value.Net };
        }
    }

    private static SortedDictionary<string, FamilyFold> Families(BuyingTraits start)
    {
        var families = new SortedDictionary<string, FamilyFold>(StringComparer.Ordinal);
        foreach (var f in start.Families)
        {
            families[f.Name] = new FamilyFold(f.FirstDay) { Days = [.. f.Days], Net = f.Net };
        }

        return families;
    }
}

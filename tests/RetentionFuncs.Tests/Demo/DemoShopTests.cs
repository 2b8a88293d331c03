using System.Globalization;
using System.Security.Cryptography;
using RetentionFuncs.Embedded.Demo;

namespace RetentionFuncs.Tests.Demo;

public sealed class DemoShopTests : IDisposable
{
    private static readonly DateOnly AsOf = new(2026, 6, 30);
    private static readonly DemoShop Shop = DemoShop.Create(7, AsOf);
    private readonly string _folder = Directory.CreateTempSubdirectory("demo-shop-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_same_seed_gives_the_same_files_in_any_culture()
    {
        DemoShop.Generate(7, AsOf, Path.Combine(_folder, "one"));
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("ar-SA");
        DemoShop.Generate(7, AsOf, Path.Combine(_folder, "two"));
        CultureInfo.CurrentCulture = before;
        foreach (var name in new[] { "customers.csv", "orders.csv", "products.csv" })
        {
            Hash("two", name).ShouldBe(Hash("one", name));
        }
    }

    [Fact]
    public void Another_seed_gives_another_shop()
    {
        DemoShop.Generate(7, AsOf, Path.Combine(_folder, "one"));
        DemoShop.Generate(8, AsOf, Path.Combine(_folder, "two"));
        Hash("two", "orders.csv").ShouldNotBe(Hash("one", "orders.csv"));
    }

    [Fact]
    public void Five_thousand_customers_in_two_countries_and_three_years_of_orders()
    {
        Shop.People.Count.ShouldBe(5000);
        Share(p => p.Country == "DE").ShouldBeInRange(0.57, 0.63);
        Shop.People.Select(p => p.Country).Distinct().Order().ShouldBe(["CN", "DE"]);
        Shop.HistoryEnd.ShouldBe(new DateOnly(2026, 3, 2));
        Shop.History.ShouldAllBe(o => o.Day >= Shop.HistoryStart && o.Day <= Shop.HistoryEnd);
        (Shop.History[^1].Day.DayNumber - Shop.History[0].Day.DayNumber).ShouldBeGreaterThan(1080);
        Shop.History.Count.ShouldBeInRange(11_000, 20_000);
    }

    [Fact]
    public void The_shares_a_shop_has_to_cope_with_are_there()
    {
        Share(p => p.Bounces).ShouldBeInRange(0.018, 0.035);
        Share(p => p.Consent == true).ShouldBeInRange(0.77, 0.83);
        Share(p => p.Consent is null).ShouldBeInRange(0.10, 0.14);
        Share(p => p.Birthday is null).ShouldBeInRange(0.37, 0.43);
        Share(p => p.Traits.IsBulk).ShouldBeInRange(0.007, 0.018);
        Share(p => p.FirstDay > Shop.HistoryEnd).ShouldBeInRange(0.05, 0.15);
        var orders = Shop.History.Count;
        (Shop.History.Count(o => o.Cancelled) / (double)orders).ShouldBeInRange(0.006, 0.014);
        (Shop.History.Count(o => o.Refunded > 0) / (double)orders).ShouldBeInRange(0.025, 0.045);
        Shop.History.GroupBy(o => o.CustomerId).Count(g => g.Count() == 1).ShouldBeInRange(1500, 2600);
        Shop.People.GroupBy(p => p.Email).Count(g => g.Count() > 1).ShouldBeInRange(20, 90);
    }

    [Fact]
    public void Every_address_lies_under_a_name_nobody_can_own() =>
        Shop.People.ShouldAllBe(p =>
            p.Email.EndsWith("@example.com")
            || p.Email.EndsWith("@example.net")
            || p.Email.EndsWith("@example.org")
            || p.Email.EndsWith(".example")
        );

    [Fact]
    public void Orders_add_up_and_refunds_never_exceed_them()
    {
        Shop.History.ShouldAllBe(o => o.Lines.Count >= 1 && o.Lines.Count <= 4);
        Shop.History.ShouldAllBe(o => o.Lines.All(l => l.Net + l.Discount == l.Product.Price * l.Quantity));
        Shop.History.ShouldAllBe(o => o.Refunded >= 0 && o.Refunded <= o.Total && o.Total > 0);
        Shop.History.Select(o => o.Id).Distinct().Count().ShouldBe(Shop.History.Count);
    }

    [Fact]
    public void Bulk_buyers_buy_once_and_much()
    {
        var bulk = Shop.People.Where(p => p.Traits.IsBulk).Select(p => p.ExternalId).ToHashSet();
        var theirs = Shop.History.Where(o => bulk.Contains(o.CustomerId)).ToList();
        theirs.GroupBy(o => o.CustomerId).ShouldAllBe(g => g.Count() == 1);
        theirs.ShouldAllBe(o => o.Lines.Single().Quantity >= 40);
    }

    [Fact]
    public void The_files_hold_every_customer_and_order_and_a_few_rows_to_refuse()
    {
        DemoShop.Generate(7, AsOf, _folder);
        var customers = File.ReadAllLines(Path.Combine(_folder, "customers.csv"));
        customers.Length.ShouldBe(1 + 5000 + 4);
        var orders = File.ReadAllLines(Path.Combine(_folder, "orders.csv"));
        orders.Length.ShouldBe(1 + Shop.History.Sum(o => o.Lines.Count) + 4);
        orders.Skip(1).ShouldAllBe(row => row.Split(',').Length == orders[0].Split(',').Length);
    }

    private double Share(Func<DemoCustomer, bool> where) => Shop.People.Count(where) / (double)Shop.People.Count;

    private string Hash(string folder, string name) =>
        Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder, folder, name))));
}

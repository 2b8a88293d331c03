using RetentionFuncs.Scoring.Bulk;

namespace RetentionFuncs.Tests.Scoring.Bulk;

public sealed class OrderFileScanTests
{
    private const string Header = "customer_id,order_id,date,amount\n";

    [Theory]
    [InlineData(1, 40, 600)]
    [InlineData(2, 3, 2_000)]
    [InlineData(3, 20_000, 60_000)]
    public void A_file_gives_everybody_what_folding_the_orders_one_by_one_gives(int seed, int customers, int rows)
    {
        var made = OrderFiles.Rows(seed, customers, rows);
        Same(OrderFiles.People(OrderFiles.Read(OrderFiles.Csv(made))), OrderFiles.Folded(made));
    }

    [Fact]
    public void Lanes_and_the_order_of_lines_change_nothing()
    {
        var made = OrderFiles.Rows(7, 9_000, 70_000);
        var once = OrderFiles.Read(OrderFiles.Csv(made), lanes: 1);
        var random = new Random(8);
        foreach (var lanes in new[] { 2, 3 })
        {
            var again = OrderFiles.Read(OrderFiles.Csv(made.OrderBy(_ => random.Next())), lanes);
            again.LastDay.ShouldBe(once.LastDay);
            for (var part = 0; part < once.Blocks.Count; part++)
            {
                var (one, other) = (once.Blocks[part], again.Blocks[part]);
                other.Ids.AsSpan(0, other.IdStarts[^1]).SequenceEqual(one.Ids.AsSpan(0, one.IdStarts[^1])).ShouldBeTrue();
                other.Starts.ShouldBe(one.Starts);
                other.Days.ShouldBe(one.Days);
                other.Amounts.ShouldBe(one.Amounts);
                other.Spend.ShouldBe(one.Spend);
                (other.Orders, other.RefundedOnly).ShouldBe((one.Orders, one.RefundedOnly));
            }
        }
    }

    [Theory]
    [InlineData("customer_id,order_id,date,amount\r\nc1,o1,2024-01-02,10.50\r\nc1,o2,2024-02-02,1\r\n")]
    [InlineData("customer_id,order_id,date,amount\nc1,o1,2024-01-02,10.50\nc1,o2,2024-02-02,1")]
    [InlineData("\uFEFFcustomer_id,order_id,date,amount\nc1,o1,2024-01-02,10.50\nc1,o2,2024-02-02,1\n")]
    [InlineData("customer_id,order_id,date,amount\n\nc1,o1,2024-01-02,10.50\n\r\n\nc1,o2,2024-02-02,1\n\n")]
    [InlineData("Customer ID,datetime,note,Amount\nc1,2024-01-02T09:00,é,10.50\nc1,2024-02-02 23:59:59,,1\n")]
    [InlineData("amount,date,customer_id,order_id\n10.5,2024-01-01T23:30:00Z,c1,x\n1.00,2024-02-02,c1,y\r\n")]
    public void Line_ends_marks_blank_lines_and_other_columns_do_not_matter(string text)
    {
        var histories = OrderFiles.Read(text);
        histories.Orders.ShouldBe(2);
        histories.LastDay.ShouldBe(new DateOnly(2024, 2, 2));
        var (days, amounts, spend) = OrderFiles.People(histories).ShouldHaveSingleItem().Value;
        days.ShouldBe([new DateOnly(2024, 1, 2).DayNumber, new DateOnly(2024, 2, 2).DayNumber]);
        amounts.ShouldBe([10.5m, 1m]);
        spend.ShouldBe(11.5m);
    }

    [Fact]
    public void A_header_alone_is_nobody()
    {
        var histories = OrderFiles.Read("customer_id,date,amount");
        (histories.Customers, histories.Orders, histories.LastDay).ShouldBe((0, 0, null));
    }

    [Fact]
    public void Orders_of_one_day_are_one_purchase_day_and_count_each() =>
        Says("c,a,2024-01-02,10\nc,b,2024-01-02,5.25\n", orders: 2, [10 + 5.25m], 15.25m);

    [Fact]
    public void A_zero_amount_order_is_a_purchase_day_with_spend_zero() =>
        Says("c,a,2024-01-02,0\nc,b,2024-01-05,0.00\n", orders: 2, [0m, 0m], 0m);

    [Fact]
    public void Money_given_back_lowers_spend_and_is_no_purchase_day() =>
        Says("c,a,2024-01-02,10\nc,b,2024-01-05,-4.5\n", orders: 1, [10m], 5.5m);

    [Fact]
    public void Who_only_got_money_back_is_left_out_and_counted()
    {
        var histories = OrderFiles.Read(Header + "c,a,2024-01-02,-1\nd,b,2024-01-02,1\n");
        (histories.Customers, histories.RefundedOnly).ShouldBe((1, 1));
        OrderFiles.People(histories).Keys.ShouldBe(["d"]);
    }

    [Fact]
    public void Rows_with_one_order_id_are_lines_of_one_order() =>
        Says("c,a,2024-01-02,10\nc,a,2024-01-02,-3\nc,a,2024-01-02,2\nc,b,2024-01-09,-1\n", orders: 1, [9m], 8m);

    [Fact]
    public void Without_order_ids_the_rows_of_one_moment_are_one_order()
    {
        var histories = OrderFiles.Read("customer_id,date,amount\nc,2024-01-02,10\nc,2024-01-02,-3\nc,2024-01-02T10:00,5\n");
        histories.Orders.ShouldBe(2);
        OrderFiles.People(histories)["c"].Amounts.ShouldBe([12m]);
    }

    [Fact]
    public void A_thousand_orders_are_a_thousand_purchase_days()
    {
        var rows = Enumerable.Range(0, 1000).Select(i => $"c,o{i},{new DateOnly(2020, 1, 1).AddDays(999 - i):yyyy-MM-dd},{i}.25");
        var (days, amounts, spend) = OrderFiles.People(OrderFiles.Read(Header + string.Join('\n', rows)))["c"];
        days.ShouldBe(Enumerable.Range(new DateOnly(2020, 1, 1).DayNumber, 1000));
        amounts[0].ShouldBe(999.25m);
        spend.ShouldBe((999 * 1000 / 2) + 250m);
    }

    [Fact]
    public void Ids_are_told_apart_by_every_byte()
    {
        string[] ids = ["1", "01", "1 1", new('x', 255), new string('x', 254) + "y", "12345678", "123456789", "1234567890123456", "=1+1"];
        var people = OrderFiles.People(OrderFiles.Read(Header + string.Concat(ids.Select((id, i) => $"{id},o{i},2024-01-02,{i}\n"))));
        people.Keys.ShouldBe(ids.Order(StringComparer.Ordinal));
        people["1234567890123456"].Spend.ShouldBe(7m);
    }

    private static void Says(string rows, int orders, decimal[] amounts, decimal spend)
    {
        var histories = OrderFiles.Read(Header + rows);
        histories.Orders.ShouldBe(orders);
        var person = OrderFiles.People(histories).ShouldHaveSingleItem().Value;
        person.Amounts.ShouldBe(amounts);
        person.Spend.ShouldBe(spend);
    }

    private static void Same(
        SortedDictionary<string, (int[] Days, decimal[] Amounts, decimal Spend)> found,
        SortedDictionary<string, (int[] Days, decimal[] Amounts, decimal Spend)> expected
    )
    {
        found.Keys.ShouldBe(expected.Keys);
        foreach (var (id, (days, amounts, spend)) in expected)
        {
            found[id].Days.ShouldBe(days, id);
            found[id].Amounts.ShouldBe(amounts, id);
            found[id].Spend.ShouldBe(spend, id);
        }
    }
}

using RetentionFuncs.Scoring.Bulk;

namespace RetentionFuncs.Tests.Scoring.Bulk;

/// <summary>What the fast path does not guess at; it names the line and the reason.</summary>
public sealed class NotPlainTests
{
    private const string Header = "customer_id,order_id,date,amount\n";
    private const string Good = "c1,o1,2024-01-02,10\n";

    [Theory]
    [InlineData("", 1, "empty")]
    [InlineData("\n", 1, "empty")]
    [InlineData("\"customer_id\",date,amount\nc,2024-01-02,1\n", 1, "quotes")]
    [InlineData("customer_id;date;amount\nc;2024-01-02;1\n", 1, "customer_id")]
    [InlineData("customer_id\tdate\tamount\nc\t2024-01-02\t1\n", 1, "customer_id")]
    [InlineData("date,amount\n2024-01-02,1\n", 1, "customer_id")]
    [InlineData("customer_id,date,amount,currency\nc,2024-01-02,1,EUR\n", 1, "currency")]
    [InlineData("customer_id,date,amount,status\nc,2024-01-02,1,paid\n", 1, "status")]
    [InlineData("customer_id,date,order_total\nc,2024-01-02,1\n", 1, "order_total")]
    public void A_file_of_another_kind(string text, int line, string reason) => Refused(text, line, reason);

    [Theory]
    [InlineData("\"c2\",o2,2024-01-02,10\n", "quotes")]
    [InlineData("c2,o2,2024-01-02,10,extra\n", "4 fields")]
    [InlineData("c2,o2,2024-01-02\n", "4 fields")]
    [InlineData("c2,o2,2024-01-02", "4 fields")]
    [InlineData("c2,o2,02/01/2024,10\n", "date")]
    [InlineData("c2,o2,20240102,10\n", "date")]
    [InlineData("c2,o2,2024-1-2,10\n", "date")]
    [InlineData("c2,o2,2024-02-30,10\n", "date")]
    [InlineData("c2,o2,1969-12-31,10\n", "date")]
    [InlineData("c2,o2,2024-01-02 24:00,10\n", "date")]
    [InlineData("c2,o2,2024-01-02T10:00+99:00,10\n", "date")]
    [InlineData("c2,o2,2024-01-02T10:00 PM,10\n", "date")]
    [InlineData("c2,o2,,10\n", "date")]
    [InlineData("c2,o2,2024-01-02,\n", "amount")]
    [InlineData("c2,o2,2024-01-02,1.234\n", "amount")]
    [InlineData("c2,o2,2024-01-02,1.23456\n", "amount")]
    [InlineData("c2,o2,2024-01-02,10 EUR\n", "amount")]
    [InlineData("c2,o2,2024-01-02,(10)\n", "amount")]
    [InlineData("c2,o2,2024-01-02,1e3\n", "amount")]
    [InlineData("c2,o2,2024-01-02, 10\n", "amount")]
    [InlineData("c2,o2,2024-01-02,.5\n", "amount")]
    [InlineData("c2,o2,2024-01-02,1234567890\n", "amount")]
    [InlineData(",o2,2024-01-02,10\n", "customer_id")]
    [InlineData(" c2,o2,2024-01-02,10\n", "customer_id")]
    [InlineData("c\u00e92,o2,2024-01-02,10\n", "customer_id")]
    [InlineData("c2,,2024-01-02,10\n", "order_id")]
    [InlineData("c2,o2 ,2024-01-02,10\n", "order_id")]
    [InlineData("c\t2,o2,2024-01-02,10\n", "control character")]
    [InlineData("c2,o2,2024-01-02,10\rc3,o3,2024-01-02,10\n", "carriage return")]
    [InlineData("c1,o1,2024-01-05,10\n", "different days")]
    public void A_row_that_would_have_to_be_guessed_at(string row, string reason)
    {
        Refused(Header + Good + row, 3, reason);
        Refused(Header + Good + row.TrimEnd('\n') + "\n" + "c9,o9,2024-01-02,10\n", 3, reason);
    }

    [Fact]
    public void A_day_that_is_still_to_come()
    {
        const string text = Header + Good + "c2,o2,2024-01-04,10\n";
        OrderFiles.Run(text, latest: new DateOnly(2024, 1, 4)).ShouldBeOfType<OrderFileOutcome.Read>();
        OrderFiles.Run(text, latest: new DateOnly(2024, 1, 3)).ShouldBeOfType<OrderFileOutcome.NotPlain>().Line.ShouldBe(3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_first_of_several_is_named_however_many_lanes_read(int lanes)
    {
        var lines = Enumerable.Range(0, 200_000).Select(i => $"c{i % 500},o{i},2024-01-02,10").ToList();
        (lines[60_000], lines[90_000], lines[199_999]) = ("c,o,2024-01-02,x", "\"", "c,o");
        var refused = OrderFiles.Refused(Header + string.Join('\n', lines), lanes);
        refused.Line.ShouldBe(60_002);
        refused.Reason.En.ShouldContain("amount 'x'");
        refused.Reason.Zh.ShouldContain("金额");
    }

    [Fact]
    public void A_line_without_end()
    {
        Refused(Header + Good + new string('c', 1_500_000) + ",o2,2024-01-02,10\n" + Good, 3, "longer than");
    }

    private static void Refused(string text, int line, string reason)
    {
        var refused = OrderFiles.Refused(text);
        refused.Reason.En.ShouldContain(reason);
        refused.Line.ShouldBe(line);
    }
}

using RetentionFuncs.Imports;
using RetentionFuncs.Orders;

namespace RetentionFuncs.Tests.Imports;

/// <summary>Rows that are right and tell of no sale, in plain files.</summary>
public sealed class SkippedRowsTests : IDisposable
{
    private readonly ImportWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("cancelled", "", 0, 1, "was cancelled or closed")]
    [InlineData("交易关闭", "", 0, 1, "was cancelled or closed")]
    [InlineData("待付款", "", 0, 1, "is not paid yet")]
    [InlineData("refunded", "", 0, 1, "was refunded in full")]
    [InlineData("paid", "5", 0, 1, "was refunded in full")]
    [InlineData("paid", "4", 1, 0, "")]
    [InlineData("pending", "", 1, 0, "")]
    public async Task They_are_counted_apart_from_accepted_and_refused_ones(
        string status,
        string refunded,
        int accepted,
        int skipped,
        string reason
    )
    {
        var report = await _world
            .OrdersAsync($"customer_id,order_id,date,amount,status,refunded\n1,o1,2025-01-01,5,{status},{refunded}\n2,o2,bad,5,paid,\n")
            .Report();
        (report.Rows, report.Accepted, report.Skipped, report.Refused).ShouldBe((2, accepted, skipped, 1));
        report.SkippedBecause.ShouldAllBe(s => s.Rows == 1 && s.Reason.StartsWith(reason));
        (report.Customers, report.Orders).ShouldBe((accepted, accepted));
    }

    [Fact]
    public async Task A_refund_by_itself_takes_away_from_sales_and_is_accepted()
    {
        var report = await _world.OrdersAsync("customer_id,order_id,date,amount\n1,o1,2025-01-01,-5\n").Report();
        (report.Accepted, report.Skipped).ShouldBe((1, 0));
        _world.Sink.Orders["1"].Orders[0].Order.Status.ShouldBe(OrderStatus.Refund);
    }

    [Fact]
    public async Task An_order_of_nothing_is_a_sale_with_nothing_spent() =>
        (await _world.OrdersAsync("customer_id,order_id,date,amount\n1,o1,2025-01-01,0\n").Report()).Accepted.ShouldBe(1);

    [Fact]
    public async Task An_erased_customers_skipped_rows_stay_skipped_and_the_others_are_refused()
    {
        _world.Sink.Erased = "1";
        var report = await _world
            .OrdersAsync("customer_id,order_id,date,amount,status\n1,o1,2025-01-01,5,cancelled\n1,o2,2025-01-01,5,paid\n")
            .Report();
        (report.Accepted, report.Skipped, report.Refused).ShouldBe((0, 1, 1));
    }

    [Fact]
    public async Task The_paid_row_of_an_order_counts_when_another_row_still_says_unpaid()
    {
        var report = await _world
            .OrdersAsync("customer_id,order_id,date,amount,status\n1,o1,2025-01-01,5,待付款\n1,o1,2025-01-01,5,交易成功\n")
            .Report();
        (report.Accepted, report.Skipped, report.Orders).ShouldBe((1, 1, 1));
        _world.Sink.Orders["1"].Orders[0].Order.Total.Amount.ShouldBe(5);
    }
}

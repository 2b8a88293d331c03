using RetentionFuncs.Orders;

namespace RetentionFuncs.Imports;

/// <summary>Why rows of an order are skipped: they are right, and tell of no sale.</summary>
internal static class NoSale
{
    /// <summary>Nothing is recorded: an older file that still says so must not undo a payment.</summary>
    public static Wording Unpaid { get; } =
        new("is not paid yet; it will count when a later file says that it is", "订单尚未付款；以后的文件显示已付款时即会计入");

    private static Wording Cancelled { get; } =
        new("was cancelled or closed; it is on file as cancelled", "订单已取消或关闭，按“已取消”记录，不算购买");

    private static Wording Refunded { get; } =
        new("was refunded in full; it is on file with nothing spent", "订单已全额退款，按消费 0 元记录");

    /// <summary>Null when the order is a sale, or money given back that takes away from sales.</summary>
    public static Wording? Of(Order order) =>
        order.Status == OrderStatus.Cancelled ? Cancelled
        : order.Status == OrderStatus.Placed && order.Total.Amount > 0 && order.Refunded >= order.Total.Amount ? Refunded
        : null;
}

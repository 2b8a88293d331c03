using RetentionFuncs.Identity;
using RetentionFuncs.Orders;
using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports.Shops;

/// <summary>
/// Orders as a shop exports them: one row for each order, or one for each of its lines with the order's own columns repeated or on the
/// first line only. Orders of these shops go one way, so what is closed or given back holds from the moment of the import, and what is
/// paid from its payment: whichever file comes first, the history ends the same.
/// </summary>
internal sealed class ShopOrderRules(InstanceSecret secret, ShopForm form) : OrderRules(secret)
{
    private (string Order, string Customer) _head = ("", "");

    public override OrderRow Read(RowView row)
    {
        var isHead = !row.IsEmpty(Date) || !row.IsEmpty(PaidAt) || !row.IsEmpty(OrderTotal) || !row.IsEmpty(Due) || !row.IsEmpty(Gross);
        var order = row.IsEmpty(OrderId) && !isHead && _head.Order.Length > 0 ? _head.Order : row.Id(OrderId);
        var buyer = ShopBuyer.Of(row, form.ByEmail);
        var customer = CustomerOf(row, buyer.Id, order, isHead);
        _head = isHead ? (order, customer) : _head;
        return isHead ? Head(row, order, customer, buyer.Contact) : FollowOn(row, order, customer);
    }

    public override void Forget() => _head = ("", "");

    private static OrderRow FollowOn(RowView row, string order, string customer)
    {
        var currency = row.Currency();
        var line = ShopAmounts.LineOf(row, null, currency, null);
        return new OrderRow(customer, order, false, null, null, null, null, null, OrderStatus.Placed, false, line, null, null);
    }

    private static OrderRow Head(RowView row, string order, string customer, ContactUpdate contact)
    {
        var currency = row.Currency();
        var date = row.Date(row.IsEmpty(Date) ? PaidAt : Date, isMandatory: true);
        var paidAt = row.Date(PaidAt, isMandatory: false);
        var state = row.Choice(Status, ShopStates.Of) ?? (row.Has(PaidAt) && paidAt is null ? ShopState.Unpaid : ShopState.Placed);
        var amounts = ShopAmounts.Of(row, currency, state);
        var hasBack = amounts.Refunded > 0;
        var isOver = hasBack || state is ShopState.Closed or ShopState.Refunded;
        var coupon = row.Text(Coupon);
        return new OrderRow(
            customer,
            order,
            true,
            date?.At,
            currency,
            amounts.Line,
            amounts.Total,
            amounts.Refunded,
            state == ShopState.Closed && !hasBack ? OrderStatus.Cancelled : OrderStatus.Placed,
            state == ShopState.Refunded && !amounts.IsByLine,
            ShopAmounts.LineOf(row, amounts, currency, coupon),
            coupon,
            contact
        )
        {
            IsUnpaid = state == ShopState.Unpaid && !hasBack,
            IsByLine = amounts.IsByLine,
            ToldAt = isOver ? row.Rules.RecordedAt : (paidAt ?? date)?.At,
        };
    }

    /// <summary>A line below the first may leave the buyer blank: then it is the one of the order right above.</summary>
    private string CustomerOf(RowView row, string? id, string order, bool isHead)
    {
        if (row.KnownGroup is { } known)
        {
            return known;
        }

        id ??= !isHead && order.Length > 0 && order == _head.Order ? _head.Customer : null;
        if (id is null || !IdField.TryRead(id, out var customer, out _))
        {
            row.Refuse(
                form.ByEmail ? Email
                    : row.Has(CustomerId) ? CustomerId
                    : Mobile,
                form.ByEmail ? NoAddress : NoMember
            );
            return "";
        }

        return customer;
    }

    private static readonly Wording NoAddress = new(
        "is empty and there is no phone number, so nobody knows whose order it is",
        "为空，也没有电话，无法判断是谁的订单"
    );

    private static readonly Wording NoMember = new(
        "gives no member name and no whole mobile number, so nobody knows whose order it is; export the file unmasked",
        "没有会员名，也没有完整的手机号，无法判断是谁的订单；请导出未隐藏的数据"
    );
}

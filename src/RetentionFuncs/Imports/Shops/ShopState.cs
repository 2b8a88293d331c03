namespace RetentionFuncs.Imports.Shops;

/// <summary>How far an order has come, as a shop's status word tells it.</summary>
internal enum ShopState
{
    /// <summary>Paid for, or to be paid on delivery.</summary>
    Placed,
    Unpaid,

    /// <summary>Called off, or closed; whether money came back is told by the amounts.</summary>
    Closed,

    /// <summary>Everything was given back.</summary>
    Refunded,
}

internal static class ShopStates
{
    // Tried from above: 退款关闭 is a refund that did not happen, 付款以后用户退款成功，交易自动关闭 one that did.
    private static readonly (ShopState State, string[] Parts)[] Chinese =
    [
        (ShopState.Placed, ["部分退款", "退款中", "退款关闭", "取消退款", "退款取消", "撤销退款", "退款失败", "拒绝退款"]),
        (ShopState.Unpaid, ["等待买家付款", "等待付款", "待付款", "未付款", "待支付", "未支付"]),
        (ShopState.Refunded, ["退款成功", "已退款", "全额退款", "退款完成", "已退货", "退货完成"]),
        (ShopState.Closed, ["关闭", "取消", "删除", "作废"]),
        (
            ShopState.Placed,
            [
                "成功",
                "完成",
                "发货",
                "付款",
                "支付",
                "出库",
                "收货",
                "签收",
                "评价",
                "锁定",
                "暂停",
                "处理",
                "自提",
                "成团",
                "接单",
                "配送",
                "打包",
            ]
        ),
    ];

    private static readonly Dictionary<string, ShopState> English = new(StringComparer.Ordinal)
    {
        ["completed"] = ShopState.Placed,
        ["complete"] = ShopState.Placed,
        ["processing"] = ShopState.Placed,
        ["placed"] = ShopState.Placed,
        ["paid"] = ShopState.Placed,
        ["shipped"] = ShopState.Placed,
        ["partialshipped"] = ShopState.Placed,
        ["partiallyshipped"] = ShopState.Placed,
        ["delivered"] = ShopState.Placed,
        ["partiallyrefunded"] = ShopState.Placed,
        ["partialrefunded"] = ShopState.Placed,
        ["pending"] = ShopState.Unpaid,
        ["pendingpayment"] = ShopState.Unpaid,
        ["onhold"] = ShopState.Unpaid,
        ["checkoutdraft"] = ShopState.Unpaid,
        ["draft"] = ShopState.Unpaid,
        ["unpaid"] = ShopState.Unpaid,
        ["cancelled"] = ShopState.Closed,
        ["canceled"] = ShopState.Closed,
        ["failed"] = ShopState.Closed,
        ["trash"] = ShopState.Closed,
        ["closed"] = ShopState.Closed,
        ["refunded"] = ShopState.Refunded,
    };

    public static ShopState? Of(ReadOnlySpan<char> text, out Wording problem)
    {
        problem = default;
        var word = HeaderText.Fold(text.ToString());
        foreach (var (state, parts) in Chinese)
        {
            if (parts.Any(p => word.Contains(p, StringComparison.Ordinal)))
            {
                return state;
            }
        }

        var plain = word.StartsWith("wc", StringComparison.Ordinal) ? word[2..] : word;
        if (English.TryGetValue(plain, out var known))
        {
            return known;
        }

        problem = new(
            "is not a status we know; say in a mapping file what it means: placed, unpaid, cancelled or refunded",
            "是不认识的订单状态；请在映射文件里写明它的含义：placed（有效）、unpaid（未付款）、cancelled（已取消）或 refunded（已退款）"
        );
        return null;
    }
}

using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports;

/// <summary>The headers of receivables and of deliveries, as ERPs write them.</summary>
internal static class ExperienceColumns
{
    public static readonly IReadOnlyList<ColumnSpec> Receivables =
    [
        CustomerColumns.Specs.First(s => s.Column == CustomerId),
        new(
            ImportColumn.Invoice,
            "invoice",
            "invoice_id",
            "invoice_no",
            "invoice_number",
            "document",
            "document_no",
            "bill_no",
            "发票号",
            "发票号码",
            "单据号",
            "单据编号",
            "应收单号",
            "账单号"
        ),
        new(
            IssuedOn,
            "issued",
            "issued_on",
            "issue_date",
            "invoice_date",
            "document_date",
            "posting_date",
            "开票日期",
            "发票日期",
            "单据日期"
        ),
        new(DueOn, "due", "due_on", "due_date", "net_due_date", "payable_by", "到期日", "到期日期", "应收日期", "应付款日", "付款期限"),
        new(
            Amount,
            "amount",
            "invoice_amount",
            "total",
            "gross_amount",
            "invoice_total",
            "receivable",
            "金额",
            "应收金额",
            "发票金额",
            "价税合计"
        ),
        new(Currency, "currency", "currency_code", "币种", "货币"),
        new(
            PaidOn,
            "paid",
            "paid_on",
            "paid_date",
            "payment_date",
            "cleared_on",
            "clearing_date",
            "收款日期",
            "付款日期",
            "到账日期",
            "核销日期"
        ),
        new(PaidAmount, "paid_amount", "amount_paid", "payment_amount", "received", "收款金额", "实收金额", "已收金额", "到账金额"),
        new(OpenAmount, "open_amount", "balance", "outstanding", "amount_due", "open", "未收金额", "欠款", "欠款余额", "未核销金额"),
        new(PromisedOn, "promised", "promised_on", "promised_date", "promise_to_pay", "承诺付款日", "承诺付款日期", "承诺日期"),
    ];

    public static readonly IReadOnlyList<IReadOnlyList<ImportColumn>> ReceivablesMandatory =
    [
        [CustomerId],
        [ImportColumn.Invoice],
        [DueOn],
        [Amount],
    ];

    public static readonly IReadOnlyList<ColumnSpec> Deliveries =
    [
        CustomerColumns.Specs.First(s => s.Column == CustomerId),
        new(
            OrderId,
            "order_id",
            "order",
            "order_no",
            "order_number",
            "sales_order",
            "delivery_no",
            "订单编号",
            "订单号",
            "销售订单号",
            "单号"
        ),
        new(
            PromisedOn,
            "promised",
            "promised_on",
            "promised_date",
            "requested_date",
            "due_date",
            "承诺交期",
            "承诺日期",
            "约定交货日期",
            "要求交期",
            "交期"
        ),
        new(
            DeliveredOn,
            "delivered",
            "delivered_on",
            "delivered_date",
            "delivery_date",
            "received_on",
            "实际交货日期",
            "交货日期",
            "送达日期",
            "到货日期",
            "签收日期"
        ),
        new(OrderedQuantity, "ordered", "ordered_quantity", "quantity_ordered", "order_quantity", "订购数量", "订单数量", "下单数量"),
        new(
            DeliveredQuantity,
            "delivered_quantity",
            "quantity_delivered",
            "received_quantity",
            "shipped_quantity",
            "交货数量",
            "实发数量",
            "到货数量",
            "送达数量"
        ),
        new(Urgent, "urgent", "is_urgent", "rush", "express", "加急", "是否加急", "紧急"),
    ];

    public static readonly IReadOnlyList<IReadOnlyList<ImportColumn>> DeliveriesMandatory =
    [
        [CustomerId],
        [OrderId],
        [DeliveredOn],
    ];
}

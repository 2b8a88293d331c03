using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports;

/// <summary>The headers of suppression lists, as the tools that shops come from write them.</summary>
internal static class SuppressionColumns
{
    public static readonly IReadOnlyList<ColumnSpec> Specs =
    [
        new(Email, "email", "e_mail", "email_address", "mail", "recipient", "subscriber", "邮箱", "电子邮箱", "电子邮件", "邮箱地址"),
        new(
            Phone,
            "phone",
            "phone_number",
            "mobile",
            "mobile_number",
            "telephone",
            "msisdn",
            "手机",
            "手机号",
            "手机号码",
            "电话",
            "联系电话"
        ),
        new(Address, "address", "contact", "destination", "contact_address", "地址", "联系方式"),
        new(Country, "country", "country_code", "国家"),
        new(Channel, "channel", "medium", "渠道", "通道"),
        new(
            Reason,
            "reason",
            "suppression_reason",
            "unsub_reason",
            "bounce_type",
            "suppression_type",
            "type",
            "cause",
            "status",
            "原因",
            "退订原因",
            "类型",
            "状态"
        ),
        new(Date, "date", "suppressed_at", "suppressed_on", "datetime", "时间", "日期", "加入时间"),
        new(CreatedAt, "created", "created_at", "timestamp", "event_timestamp", "创建时间"),
        new(UnsubscribedAt, "unsub_time", "unsubscribed_at", "unsubscribe_date", "opted_out_at", "opt_out_date", "退订时间", "退订日期"),
        new(CleanedAt, "clean_time", "cleaned_at", "bounced_at", "bounce_date", "hard_bounced_at", "退信时间"),
    ];

    public static readonly IReadOnlyList<IReadOnlyList<ImportColumn>> Mandatory =
    [
        [Email, Phone, Address],
    ];
}

using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports;

/// <summary>The headers of a history of consents.</summary>
internal static class ConsentColumns
{
    public static readonly IReadOnlyList<ColumnSpec> Specs =
    [
        CustomerColumns.Specs.First(s => s.Column == CustomerId),
        new(ContactId, "contact_id", "contact_no", "联系人编号", "联系人ID"),
        new(Email, "email", "e_mail", "email_address", "mail", "邮箱", "电子邮箱", "电子邮件"),
        new(Phone, "phone", "phone_number", "mobile", "telephone", "手机", "手机号", "手机号码", "电话", "联系电话"),
        new(Country, "country", "country_code", "国家"),
        new(Channel, "channel", "medium", "渠道", "通道"),
        new(State, "state", "consent", "consent_state", "status", "opt_in", "subscribed", "action", "同意", "是否同意", "同意状态", "状态"),
        new(Basis, "basis", "consent_basis", "legal_basis", "kind", "依据", "同意依据"),
        new(ConsentSource, "source", "consent_source", "opt_in_source", "method", "form", "来源", "同意来源"),
        new(
            Date,
            "moment",
            "at",
            "date",
            "consent_at",
            "consent_date",
            "consented_at",
            "timestamp",
            "time",
            "occurred_at",
            "时间",
            "同意时间",
            "日期",
            "同意日期"
        ),
        new(WordsVersion, "words", "text_version", "version", "wording", "consent_text", "文本版本", "同意文本", "版本"),
    ];

    public static readonly IReadOnlyList<IReadOnlyList<ImportColumn>> Mandatory =
    [
        [CustomerId, Email, Phone],
        [State],
        [Date],
    ];
}

using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports;

/// <summary>The headers of customer and of product files.</summary>
internal static class CustomerColumns
{
    public static readonly IReadOnlyList<ColumnSpec> Specs =
    [
        new(
            CustomerId,
            "customer_id",
            "customer",
            "client_id",
            "client",
            "id",
            "customer_no",
            "customer_number",
            "cust_id",
            "customer_key",
            "account_id",
            "user_id",
            "member_id",
            "客户编号",
            "客户ID",
            "客户号",
            "会员编号",
            "会员号",
            "会员ID",
            "客户"
        ),
        new(Kind, "kind", "customer_kind", "type", "customer_type", "客户类型", "类型"),
        new(Account, "account", "account_name", "company", "company_name", "公司", "公司名称", "单位"),
        new(ContactId, "contact_id", "contact", "contact_no", "联系人编号", "联系人ID"),
        new(Role, "role", "roles", "contact_role", "角色", "联系人角色"),
        new(Name, "name", "full_name", "customer_name", "contact_name", "姓名", "联系人", "客户姓名", "客户名称"),
        new(Email, "email", "e_mail", "email_address", "mail", "邮箱", "电子邮箱", "电子邮件"),
        new(Phone, "phone", "phone_number", "mobile", "telephone", "手机", "手机号", "电话", "联系电话"),
        new(Country, "country", "country_code", "国家"),
        new(Locale, "locale", "language", "lang", "语言"),
        new(ImportColumn.TimeZone, "time_zone", "timezone", "tz", "zone", "时区"),
        new(Birthday, "birthday", "birth_date", "birthdate", "date_of_birth", "dob", "生日", "出生日期"),
        new(
            Consent,
            "consent",
            "marketing_consent",
            "email_consent",
            "accepts_marketing",
            "accepts_email_marketing",
            "opt_in",
            "营销同意",
            "同意营销"
        ),
        new(ConsentAt, "consent_at", "consent_date", "opt_in_at", "consented_at", "同意时间", "同意日期"),
        new(ConsentSource, "consent_source", "opt_in_source", "同意来源"),
        new(DoNotProfile, "do_not_profile", "no_profiling", "拒绝画像", "不做画像"),
    ];

    public static readonly IReadOnlyList<IReadOnlyList<ImportColumn>> Mandatory =
    [
        [CustomerId],
    ];

    public static readonly IReadOnlyList<ColumnSpec> Products =
    [
        new(Sku, "sku", "product_sku", "stock_code", "item_sku", "variant_sku", "product_id", "item_id", "商家编码", "商品编码", "货号"),
        new(Name, "name", "product_name", "product", "title", "item_name", "description", "商品名称", "商品标题", "商品"),
        new(Family, "family", "category", "product_family", "product_category", "product_type", "类目", "品类", "分类"),
        new(Role, "role", "product_role", "角色", "商品角色", "商品定位"),
        new(Cost, "cost", "unit_cost", "cost_per_item", "cogs", "成本", "成本价"),
        new(
            LifeDays,
            "life_days",
            "expected_life",
            "expected_life_days",
            "days_of_use",
            "lasts_days",
            "usage_days",
            "使用周期",
            "使用天数",
            "预计用完天数",
            "使用周期天"
        ),
        new(LeadDays, "lead_days", "lead_time", "lead_time_days", "delivery_days", "交货周期", "交货天数", "备货天数"),
        new(Currency, "currency", "currency_code", "币种", "货币"),
    ];

    public static readonly IReadOnlyList<IReadOnlyList<ImportColumn>> ProductsMandatory =
    [
        [Sku],
    ];
}

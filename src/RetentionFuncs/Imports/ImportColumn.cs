namespace RetentionFuncs.Imports;

/// <summary>What a column of a file can mean. Written in files as snake_case: <c>customer_id</c>.</summary>
public enum ImportColumn
{
    CustomerId,
    OrderId,
    Date,
    PaidAt,
    CancelledAt,
    Amount,
    UnitPrice,
    OrderTotal,
    Refunded,
    Currency,
    Status,
    Quantity,
    Sku,
    ProductTitle,
    Family,
    Discount,
    Cost,
    Coupon,
    Email,
    Name,
    ShippingName,
    Phone,
    BillingPhone,
    Country,
    ShippingCountry,
    Locale,
    TimeZone,
    Birthday,
    Consent,
    ConsentAt,
    ConsentSource,
    Kind,
    Account,
    ContactId,
    Role,
    DoNotProfile,
}

/// <summary>One column a kind of file may have.</summary>
/// <param name="Name">The name that messages use.</param>
/// <param name="Also">Other headers that mean it, the likelier first; compared without case, spaces, punctuation and width.</param>
public sealed record ColumnSpec(ImportColumn Column, string Name, params IReadOnlyList<string> Also);

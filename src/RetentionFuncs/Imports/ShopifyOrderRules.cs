using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Orders;
using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports;

/// <summary>
/// Shopify's order export: one row for each line item; the order's own columns stand on its first row only. The export has no
/// customer id, so the e-mail address (else the phone number) is it. The total is Shopify's, with shipping and tax, because its
/// refunds are too. Cancelled, voided and expired orders never counted; refunded ones did.
/// </summary>
internal sealed class ShopifyOrderRules(InstanceSecret secret) : OrderRules(secret)
{
    private (string Order, string Customer) _head = ("", "");

    public override OrderRow Read(RowView row)
    {
        var order = row.Id(OrderId);
        var isHead = !row.IsEmpty(Status) || !row.IsEmpty(OrderTotal) || !row.IsEmpty(ImportColumn.Currency);
        var customer = CustomerOf(row, order);
        _head = isHead ? (order, customer) : _head;
        return isHead ? Head(row, order, customer) : FollowOn(row, order, customer);
    }

    private OrderRow FollowOn(RowView row, string order, string customer)
    {
        var currency = row.Rules.Currency;
        return new OrderRow(
            customer,
            order,
            false,
            null,
            null,
            null,
            null,
            null,
            OrderStatus.Placed,
            false,
            LineOf(row, null, currency),
            null,
            null
        );
    }

    private static OrderRow Head(RowView row, string order, string customer)
    {
        var currency = row.Currency();
        var date = row.Date(row.IsEmpty(Date) ? PaidAt : Date, isMandatory: true);
        var total = row.Number(OrderTotal, currency, isMandatory: true);
        var word = row.Choice(Status, ChoiceFields.StatusOf) ?? OrderStatus.Placed;
        var codes = row.Text(Coupon);
        return new OrderRow(
            customer,
            order,
            true,
            date?.At,
            currency,
            null,
            total,
            row.Number(Refunded, currency),
            row.IsEmpty(CancelledAt) ? word : OrderStatus.Cancelled,
            ChoiceFields.IsGivenBack(row.Raw(Status)),
            LineOf(row, codes, currency),
            codes,
            ContactOf(row, date)
        );
    }

    /// <summary>A follow-on line may leave the e-mail blank: then it is the customer of the order right above.</summary>
    private string CustomerOf(RowView row, string order)
    {
        if (row.KnownGroup is { } known)
        {
            return known;
        }

        var id = row.Raw(Email).ToLowerInvariant();
        foreach (var column in (ReadOnlySpan<ImportColumn>)[Phone, BillingPhone])
        {
            id = id.Length > 0 ? id : row.Raw(column);
        }

        id = id.Length == 0 && order.Length > 0 && order == _head.Order ? _head.Customer : id;
        if (!IdField.TryRead(id, out var customer, out _))
        {
            row.Refuse(
                Email,
                new("is empty and there is no phone number, so nobody knows whose order it is", "为空，也没有电话，无法判断是谁的订单")
            );
        }

        return customer;
    }

    private static OrderLine? LineOf(RowView row, string? codes, string currency)
    {
        var name = row.IsEmpty(Sku) ? row.Text(ProductTitle) : row.Id(Sku);
        var quantity = row.Number(Quantity, null) ?? 1;
        var price = row.Number(UnitPrice, currency) ?? 0;
        var discount = row.Number(Discount, currency) ?? 0;
        if (name is null)
        {
            return null;
        }

        try
        {
            return new OrderLine(name, null, quantity, (price * quantity) - discount, discount, null, codes);
        }
        catch (OverflowException)
        {
            row.Refuse(UnitPrice, new("is too large times the quantity", "乘以数量后超出范围"));
            return null;
        }
    }

    private static ContactUpdate? ContactOf(RowView row, ReadDate? date)
    {
        Consent? consent =
            row.Choice(ImportColumn.Consent, ChoiceFields.ConsentOf) is { } said && date is { } at
                ? new Consent(said.State, said.Basis, "Shopify order export", at.At, row.Rules.RecordedAt)
                : null;
        return ContactUpdate.OrNothing(
            new ContactUpdate(
                row.Email(Email, isStrict: false),
                row.Text(Name) ?? row.Text(ShippingName),
                row.Text(Phone) ?? row.Text(BillingPhone),
                CountryOf(row, Country) ?? CountryOf(row, ShippingCountry),
                null,
                consent
            )
        );
    }

    private static string? CountryOf(RowView row, ImportColumn column)
    {
        if (row.Text(column) is not { } text)
        {
            return null;
        }

        if (PlaceFields.TryCountry(text, out var country, out var problem))
        {
            return country;
        }

        row.Notice(column, new($"left out, because it {problem.En}", $"未采用：{problem.Zh}"), text);
        return null;
    }
}

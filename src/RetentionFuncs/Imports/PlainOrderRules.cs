using System.Globalization;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Orders;
using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports;

/// <summary>
/// The plain order file: <c>customer_id, order_id, date, amount</c> and more. Rows with one order id are lines of one order and their
/// amounts are summed, unless the file has an order_total. A file without order ids counts all rows of one customer at one moment
/// as one order, called <c>customer:2025-03-04</c> or <c>customer:2025-03-04T10:11:12</c> (the business's clock).
/// </summary>
internal sealed class PlainOrderRules(InstanceSecret secret) : OrderRules(secret)
{
    public override OrderRow Read(RowView row)
    {
        var customer = row.Id(CustomerId);
        var date = row.Date(Date, isMandatory: true);
        var currency = row.Currency();
        var quantity = row.Number(Quantity, null);
        var total = row.Number(OrderTotal, currency);
        var amount = AmountOf(row, currency, quantity, total);
        var status = row.Choice(Status, ChoiceFields.StatusOf) ?? OrderStatus.Placed;
        var coupon = row.Text(Coupon);
        return new OrderRow(
            customer,
            row.Has(OrderId) ? row.Id(OrderId) : Named(customer, date, row.Rules),
            true,
            date?.At,
            currency,
            amount,
            total,
            row.Number(Refunded, currency),
            status,
            row.Has(Status) && ChoiceFields.IsGivenBack(row.Raw(Status)),
            LineOf(row, currency, quantity, amount, coupon),
            coupon,
            ContactOf(row, date)
        )
        {
            IsUnpaid = row.Has(Status) && ChoiceFields.IsUnpaid(row.Raw(Status)),
        };
    }

    private static decimal? AmountOf(RowView row, string currency, decimal? quantity, decimal? total)
    {
        if (row.Has(Amount))
        {
            return row.Number(Amount, currency, isMandatory: total is null);
        }

        if (!row.Has(UnitPrice))
        {
            return row.Number(OrderTotal, currency, isMandatory: true);
        }

        var price = row.Number(UnitPrice, currency, isMandatory: total is null);
        try
        {
            return price * (quantity ?? 1);
        }
        catch (OverflowException)
        {
            row.Refuse(UnitPrice, new("is too large times the quantity", "乘以数量后超出范围"));
            return null;
        }
    }

    private static OrderLine? LineOf(RowView row, string currency, decimal? quantity, decimal? amount, string? coupon)
    {
        var sku = row.IsEmpty(Sku) ? row.Text(ProductTitle) : row.Id(Sku);
        var family = row.Text(Family);
        return sku is null && family is null
            ? null
            : new OrderLine(
                sku ?? "",
                family,
                quantity ?? 1,
                amount ?? 0,
                row.Number(Discount, currency) ?? 0,
                row.Number(Cost, currency),
                coupon
            );
    }

    private static ContactUpdate? ContactOf(RowView row, ReadDate? date)
    {
        Consent? consent =
            row.Choice(ImportColumn.Consent, ChoiceFields.ConsentOf) is { } said && date is { } at
                ? new Consent(said.State, said.Basis, "order file", at.At, row.Rules.RecordedAt)
                : null;
        return ContactUpdate.OrNothing(
            new ContactUpdate(
                row.Email(Email, isStrict: false),
                row.Text(Name),
                row.Text(Phone),
                row.Code(Country, PlaceFields.TryCountry),
                row.Code(Locale, PlaceFields.TryLocale),
                consent
            )
        );
    }

    private static string Named(string customer, ReadDate? date, FieldRules rules)
    {
        if (date is not { } moment)
        {
            return "";
        }

        var (day, time) = rules.Calendar.LocalOf(moment.At, null);
        var dayText = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return moment.HasTime ? $"{customer}:{dayText}T{time.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}" : $"{customer}:{dayText}";
    }
}

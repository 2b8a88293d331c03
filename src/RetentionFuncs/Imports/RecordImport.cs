using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Imports;

/// <summary>Puts what an import understood on file, through the same verbs that events use.</summary>
/// <param name="now">The moment of recording; the same for the whole file.</param>
public sealed class RecordImport(RecordCustomer customers, RecordOrders orders, ProductRows products, DateTimeOffset now) : IImportSink
{
    public async ValueTask<ApplyOutcome> ApplyOrdersAsync(CustomerOrders given)
    {
        if (given.Contact is { } contact)
        {
            await customers.RunAsync(NewsOf(given.ExternalId, contact), now);
        }

        var recorded = await orders.RunAsync(given.ExternalId, [.. given.Orders.Select(o => o.Order)], now);
        var unchanged = recorded.Unchanged.ToHashSet(StringComparer.Ordinal);
        return new ApplyOutcome(given.Orders.Where(o => unchanged.Contains(o.Order.ExternalId)).Sum(o => o.Rows));
    }

    public async ValueTask<ApplyOutcome> ApplyCustomerAsync(CustomerRow customer)
    {
        var changed = false;
        foreach (var contact in customer.Contacts)
        {
            changed |= await customers.RunAsync(NewsOf(customer.Customer, contact), now) != Recorded.Unchanged;
        }

        return new ApplyOutcome(changed ? 0 : customer.Rows);
    }

    public async ValueTask<ApplyOutcome> ApplyProductAsync(ProductRow product) =>
        new(await products.PutAsync(product.Product) == Recorded.Unchanged ? product.Rows : 0);

    private static CustomerNews NewsOf(string externalId, ContactUpdate c) =>
        new(
            externalId,
            null,
            c.Name,
            null,
            Contact.Primary,
            null,
            c.Name,
            c.Email,
            c.Phone,
            c.Country,
            c.Locale,
            null,
            null,
            c.EmailConsent
        );

    private static CustomerNews NewsOf(Customer customer, Contact c) =>
        new(
            customer.ExternalId,
            customer.Kind,
            customer.Name,
            customer.DoNotProfile,
            c.ExternalId,
            c.Roles,
            c.Name,
            c.Email,
            c.Phone,
            c.Country,
            c.Locale,
            c.Zone,
            c.Birthday,
            c.EmailConsent
        );
}

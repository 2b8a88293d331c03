using RetentionFuncs.Customers;
using RetentionFuncs.HandOffs;
using RetentionFuncs.Storage;
using RetentionFuncs.Undoing;

namespace RetentionFuncs.Imports;

/// <summary>Puts what an import understood on file, through the same verbs that events use.</summary>
/// <param name="now">The moment of recording; the same for the whole file.</param>
public sealed class RecordImport(ImportVerbs verbs, DateTimeOffset now) : IImportSink
{
    private readonly RecordConsents _consents = new(verbs);
    private UndoTrail? _trail;

    public void Begin(ImportRun run) => _trail = new UndoTrail(run.UndoName, run.RecordedAt);

    public async ValueTask<ApplyOutcome> ApplyOrdersAsync(CustomerOrders given)
    {
        if (given.Contact is { } contact)
        {
            // Of a contact who was erased nothing is taken; what the customer bought is.
            await verbs.Customers.RunAsync(NewsOf(given.ExternalId, contact), now, _trail);
        }

        var recorded = await verbs.Orders.RunAsync(given.ExternalId, [.. given.Orders.Select(o => o.Order)], now, _trail);
        if (recorded.Erased)
        {
            return ApplyOutcome.Erased;
        }

        var unchanged = recorded.Unchanged.ToHashSet(StringComparer.Ordinal);
        return new ApplyOutcome(given.Orders.Where(o => unchanged.Contains(o.Order.ExternalId)).Sum(o => o.Rows));
    }

    public async ValueTask<ApplyOutcome> ApplyCustomerAsync(CustomerRow customer)
    {
        var (changed, erased) = (false, 0);
        foreach (var contact in customer.Contacts)
        {
            var recorded = await verbs.Customers.RunAsync(NewsOf(customer.Customer, contact), now, _trail);
            changed |= recorded is Recorded.New or Recorded.Changed;
            erased += recorded == Recorded.Erased ? 1 : 0;
        }

        if (erased == customer.Contacts.Count)
        {
            return ApplyOutcome.Erased;
        }

        return new ApplyOutcome(changed ? 0 : customer.Rows);
    }

    public async ValueTask<ApplyOutcome> ApplyProductAsync(ProductRow product) =>
        new(await verbs.Products.PutAsync(product.Product, _trail) == Recorded.Unchanged ? product.Rows : 0);

    public ValueTask<ApplyOutcome> ApplyFactsAsync(ImportedFacts facts) =>
        facts switch
        {
            ImportedFacts.Suppressions suppressions => SuppressAsync(suppressions),
            ImportedFacts.Consents consents => _consents.RunAsync(consents, now, _trail),
            ImportedFacts.Experiences experiences => TellAsync(experiences),
            ImportedFacts.Stock stock => CountAsync(stock),
            _ => throw new ArgumentException($"There is no way to record {facts.GetType().Name}.", nameof(facts)),
        };

    private async ValueTask<ApplyOutcome> SuppressAsync(ImportedFacts.Suppressions given)
    {
        var changed = false;
        foreach (var address in given.Addresses)
        {
            changed |= await verbs.Addresses.AddAsync(address, given.Suppression);
        }

        return new ApplyOutcome(changed ? 0 : given.Rows);
    }

    private async ValueTask<ApplyOutcome> TellAsync(ImportedFacts.Experiences given)
    {
        var unchanged = 0;
        foreach (var told in given.Told)
        {
            var changed = false;
            foreach (var news in told.News)
            {
                var recorded = await verbs.Experiences.RunAsync(given.CustomerId, news, now, _trail);
                if (recorded == Recorded.Erased)
                {
                    return ApplyOutcome.Erased;
                }

                changed |= recorded != Recorded.Unchanged;
            }

            unchanged += changed ? 0 : told.Rows;
        }

        return new ApplyOutcome(unchanged);
    }

    private async ValueTask<ApplyOutcome> CountAsync(ImportedFacts.Stock given) =>
        new(Math.Max(0, given.Rows - await verbs.Stock.RunAsync(given.CustomerId, given.Counts, _trail)));

    public async ValueTask<ApplyOutcome> ApplyResultAsync(ResultRow result)
    {
        var unchanged = result.Rows - result.Results.Count;
        foreach (var news in result.Results)
        {
            switch (await verbs.Outcomes.RunAsync(news, now))
            {
                case OutcomeEnding.Refused refused:
                    return new ApplyOutcome(0, new Wording(refused.Reason.En, refused.Reason.Zh));
                case OutcomeEnding.Done { Kind: Recorded.Unchanged }:
                    unchanged++;
                    break;
            }
        }

        return new ApplyOutcome(unchanged);
    }

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
            c.Zone,
            null,
            c.EmailConsent
        )
        {
            SmsConsent = c.SmsConsent,
            PhoneConsent = c.PhoneConsent,
            Declared = c.Declared,
        };

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
        )
        {
            SmsConsent = c.SmsConsent,
            PhoneConsent = c.PhoneConsent,
            IsConsentUndated = c.EmailConsent is { } consent && consent.OccurredAt == consent.RecordedAt,
        };
}

using RetentionFuncs.ContactPolicy.Confirmations;
using RetentionFuncs.Customers;
using RetentionFuncs.Customers.Joining;
using RetentionFuncs.Experiences;
using RetentionFuncs.Findings;
using RetentionFuncs.Markets;
using RetentionFuncs.Orders;

namespace RetentionFuncs.ShopEvents;

/// <summary>How putting an event on file ended.</summary>
public abstract record EventEnding
{
    private EventEnding() { }

    /// <param name="Changed">False: it was on file already, or older than what is.</param>
    public sealed record OnFile(bool Changed) : EventEnding;

    /// <summary>It contradicts what is on file; nothing was changed, a person must look.</summary>
    public sealed record Contradicts(Phrase Why) : EventEnding;
}

/// <summary>
/// Puts one event on file through the verbs that imports use. Idempotent, and indifferent to order: an event that speaks for an earlier
/// moment never undoes a later one.
/// </summary>
public sealed class RecordShopEvent(
    RecordCustomer customers,
    RecordOrders orders,
    RecordExperience experiences,
    RequestConsent requests,
    JoinCustomers joining,
    MarketRows market
)
{
    /// <param name="now">The moment of recording.</param>
    public async ValueTask<EventEnding> RunAsync(ShopEvent e, DateTimeOffset now)
    {
        if (e.Market is { } told)
        {
            return new EventEnding.OnFile(await market.PutAsync(told, now) != Recorded.Unchanged);
        }

        if (e.News is not { } news)
        {
            throw new ArgumentException($"The event {e.Id} is about nobody and nothing.", nameof(e));
        }

        var changed = false;
        if (e.Join is { } join)
        {
            var joined = await joining.RunAsync(join, e.OccurredAt, now);
            if (joined is JoinEnding.Refused refused)
            {
                return new EventEnding.Contradicts(refused.Why);
            }

            changed = joined is JoinEnding.Done { Orders: > 0 };
        }

        changed |= await customers.RunAsync(news, now) != Recorded.Unchanged;
        if (e.Order is { } order)
        {
            changed |= (await orders.RunAsync(news.ExternalId, [order], now)).Unchanged.Count == 0;
        }

        if (e.Experience is { } experience)
        {
            changed |= await experiences.RunAsync(news.ExternalId, experience, now) != Recorded.Unchanged;
        }

        if (e.Wish is { } wish)
        {
            await requests.RunAsync(news.ExternalId, wish, now);
            changed = true;
        }

        return new EventEnding.OnFile(changed);
    }
}

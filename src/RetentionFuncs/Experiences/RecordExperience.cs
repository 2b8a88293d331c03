using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;
using RetentionFuncs.Undoing;

namespace RetentionFuncs.Experiences;

/// <summary>
/// Puts on file what happened to a customer. Idempotent by event id and indifferent to order. An open complaint closes the customer's
/// gate for promotion, the answer to the last one opens it again.
/// </summary>
public sealed class RecordExperience(IRowStore store, InstanceSecret secret, string currency)
{
    private readonly CustomerIndex _index = new(store);
    private readonly ReasonAnswers _answers = new(store);

    private sealed record Answer(Recorded Kind);

    /// <param name="now">The moment of recording.</param>
    /// <param name="trail">The import that tells of it, so that it can be undone; null: nothing is kept.</param>
    public async ValueTask<Recorded> RunAsync(string customerId, ExperienceNews news, DateTimeOffset now, UndoTrail? trail = null)
    {
        var key = secret.CustomerKeyOf(customerId);
        return (await ContendedCommit.UntilAppliedAsync(() => TryAsync(key, customerId, news, now, trail))).Kind;
    }

    private async ValueTask<Answer?> TryAsync(CustomerKey key, string customerId, ExperienceNews news, DateTimeOffset now, UndoTrail? trail)
    {
        var notes = UndoNotes.For(trail);
        var partition = await CustomerForward.LoadAsync(store, key);
        key = partition.Key;
        if (partition.IsErased)
        {
            return new Answer(Recorded.Erased);
        }

        var fact = ExperienceRows.FactKey(news.EventId);
        if (await store.ReadRowAsync(CustomerPartition.IdOf(key), fact) is not null)
        {
            return new Answer(Recorded.Unchanged);
        }

        if (partition.Profile() is null)
        {
            await _index.AddAsync(key);
            partition.PutProfile(new Customer(key, customerId, CustomerKind.Person, null));
            notes?.Note(partition, CustomerPartition.ProfileRow, null);
        }

        // An erasure under way must be noticed even by the first news of a customer.
        partition.Hold(CustomerPartition.ProfileRow);

        if (news is ExperienceNews.Answered { Reason: { } reason })
        {
            // Before the customer's own row: a crash between the two leaves a row that the next telling writes again.
            await _answers.PutAsync(key, news.EventId, reason, news.OccurredAt);
        }

        var history = partition.Experiences().Add(news, now, currency);
        history = await partition.WithInvoiceAsync(store, history, news, now, currency);
        partition.PutFact(fact, ExperienceRows.Fact(news, now));
        notes?.Note(partition, fact, null);
        notes?.PutTo(partition);
        partition.PutExperiences(history);
        SetGate(partition, history.ComplaintOpenSince);
        return await partition.CommitAsync() is CommitResult.Applied ? new Answer(Recorded.New) : null;
    }

    internal static void SetGate(CustomerPartition partition, DateTimeOffset? complaintSince)
    {
        var gate = CustomerGate.Of(partition);
        if (gate.ComplaintSince != complaintSince)
        {
            (gate with { ComplaintSince = complaintSince }).PutTo(partition);
        }
    }
}

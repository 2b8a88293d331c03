using RetentionFuncs.Experiences;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Customers.Joining;

/// <summary>Tells of the customer that remains what was told of the old id, fact by fact, each as of when it was learnt.</summary>
public sealed class MoveExperiences(IRowStore store, RecordExperience record)
{
    private const string Folded = CustomerPartition.FactPrefix + "invoice|";

    private readonly ReasonAnswers _answers = new(store);

    /// <summary>Each is on file there before it goes here; a kind of a newer program stays where it is.</summary>
    /// <param name="intoId">An external id that leads to the customer that remains.</param>
    public async ValueTask RunAsync(CustomerKey from, string intoId)
    {
        var partition = CustomerPartition.IdOf(from);
        await foreach (var row in store.ReadAllAsync(partition, RowRange.Prefix(ExperienceRows.FactPrefix)))
        {
            if (ExperienceRows.ReadFact(row.Properties) is not { } fact)
            {
                continue;
            }

            await record.RunAsync(intoId, fact.News, fact.RecordedAt);
            if (fact.News is ExperienceNews.Answered { Reason: not null })
            {
                await _answers.RemoveAsync(from, fact.News.EventId);
            }

            await store.DeleteAnyAsync(partition, row.Key);
        }

        // Folded from these facts, there as here.
        await foreach (var row in store.ReadAllAsync(partition, RowRange.Prefix(Folded)))
        {
            await store.DeleteAnyAsync(partition, row.Key);
        }
    }
}

using RetentionFuncs.Findings;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Keeping;

/// <summary>Something that needs a person.</summary>
/// <param name="Cause">One word that never changes, such as <c>dead-letters</c>; one alert stands per cause.</param>
/// <param name="Said">What, and what to do; names no customer.</param>
public sealed record Alert(string Cause, Phrase Said);

/// <summary>An alert that stands.</summary>
/// <param name="Mailed">Whether the mail about it has left.</param>
public sealed record StandingAlert(Alert Alert, DateTimeOffset Since, bool Mailed);

/// <summary>Which alerts stand, one row each, so that nobody is told twice.</summary>
public sealed class AlertRows(IRowStore store)
{
    private static readonly PartitionId Partition = new(StoreTable.Control, "alerts");

    public async ValueTask<IReadOnlyList<StandingAlert>> ReadAsync()
    {
        var standing = new List<StandingAlert>();
        await foreach (var row in store.ReadAllAsync(Partition, RowRange.All))
        {
            var bag = row.Properties;
            var said = new Phrase(bag.Text("en"), bag.Text("zh"));
            standing.Add(new StandingAlert(new Alert(row.Key, said), bag.Instant("since"), bag.Flag("mailed")));
        }

        return standing;
    }

    public ValueTask PutAsync(StandingAlert alert) =>
        store.PutAnyAsync(
            Partition,
            alert.Alert.Cause,
            new PropertyBag()
                .Set("en", alert.Alert.Said.En)
                .Set("zh", alert.Alert.Said.Zh)
                .Set("since", alert.Since)
                .Set("mailed", alert.Mailed)
        );

    public ValueTask RemoveAsync(string cause) => store.DeleteAnyAsync(Partition, cause);
}

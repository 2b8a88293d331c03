using System.Text.Json;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Scoring;

/// <summary>The newest cut points on file, and the population's mean gap from the same pass.</summary>
/// <param name="PopulationGapDays">Mean days between purchase days over all customers with two or more; null when there are none.</param>
public sealed record Refit(RfmCutPoints CutPoints, decimal? PopulationGapDays, DateTimeOffset At);

/// <summary>Keeps each refit as one immutable row and the newest under a name of its own.</summary>
public sealed class RefitRows(IRowStore store)
{
    private static readonly PartitionId Partition = new(StoreTable.Control, "refit");

    public async ValueTask<Refit?> NewestAsync() =>
        (await store.ReadRowAsync(Partition, "newest"))?.Properties.Text("json") is { } json
            ? JsonSerializer.Deserialize<Refit>(json)
            : null;

    public ValueTask PutAsync(Refit refit)
    {
        var bag = new PropertyBag().Set("at", refit.At).Set("json", JsonSerializer.Serialize(refit));
        return store.WriteAnyAsync(
            Partition,
            new RowWrite("newest", Expectation.Any, bag),
            new RowWrite($"version|{refit.CutPoints.Version:000000}", Expectation.Any, bag.Copy())
        );
    }
}

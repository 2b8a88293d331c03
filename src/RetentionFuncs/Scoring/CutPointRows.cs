using System.Text.Json;
using RetentionFuncs.Scoring.Models;
using RetentionFuncs.Scoring.Reasons;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Scoring;

/// <summary>The newest cut points on file, and the population's mean gap from the same pass.</summary>
/// <param name="PopulationGapDays">Mean days between purchase days over all customers with two or more; null when there are none.</param>
/// <param name="Model">The fitted model; null from an older program.</param>
/// <param name="ReasonAnswers">How often customers of the shop answered each reason for leaving; null from an older program.</param>
/// <param name="Tiers">By which value tiers are told; null from an older program.</param>
public sealed record Refit(
    RfmCutPoints CutPoints,
    decimal? PopulationGapDays,
    DateTimeOffset At,
    FittedModel? Model = null,
    IReadOnlyDictionary<ReasonKind, int>? ReasonAnswers = null,
    TierCutPoints? Tiers = null
);

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

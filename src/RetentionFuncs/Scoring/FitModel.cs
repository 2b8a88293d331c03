using RetentionFuncs.Scoring.Choosing;
using RetentionFuncs.Scoring.Models;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Scoring;

/// <summary>Fits the business's model at any moment, to look at or to keep: what the weekly refit does, asked for by a person.</summary>
public sealed class FitModel(IRowStore store, string currency, ValueSettings value, ScoringBook scoring, TimeProvider clock)
{
    private readonly RefitRows _rows = new(store);
    private readonly MakeRefit _make = new(store, currency, value);

    /// <summary>The histories of everybody who had bought by the end of the day. Reads all, writes nothing.</summary>
    public async ValueTask<IReadOnlyList<BuyingHistory>> HistoriesAsync(DateOnly asOf, IProgress<int>? progress = null) =>
        (await GatherAsync(asOf, progress)).Histories;

    /// <summary>Fits as of the end of the day and writes nothing. The version is the one the next refit would have.</summary>
    public async ValueTask<FittedModel> RunAsync(DateOnly asOf, ChoiceOptions options, IProgress<int>? progress = null) =>
        ChooseModel.Run((await GatherAsync(asOf, progress)).Histories, asOf, options, await NextVersionAsync());

    /// <summary>Fits, and puts the fit in place as a refit does: it holds until the next one.</summary>
    public async ValueTask<FittedModel> KeepAsync(DateOnly asOf, ChoiceOptions options, IProgress<int>? progress = null)
    {
        var (histories, ranks) = await GatherAsync(asOf, progress);
        var refit = await _make.RunAsync(histories, ranks.ToCutPoints(await NextVersionAsync()), options, clock.GetUtcNow());
        await _rows.PutAsync(refit);
        scoring.Forget();
        return refit.Model!;
    }

    private async ValueTask<int> NextVersionAsync() => ((await _rows.NewestAsync())?.CutPoints.Version ?? 0) + 1;

    private async ValueTask<(List<BuyingHistory> Histories, RfmTally Ranks)> GatherAsync(DateOnly asOf, IProgress<int>? progress)
    {
        var (histories, ranks, seen) = (new List<BuyingHistory>(), new RfmTally(asOf, currency), 0);
        await foreach (var (_, summary) in SummaryScan.AllAsync(store))
        {
            progress?.Report(++seen);
            ranks.Add(summary);
            if (HistoryText.HistoryOf(summary, asOf, currency) is { } history)
            {
                histories.Add(history);
            }
        }

        return (histories, ranks);
    }
}

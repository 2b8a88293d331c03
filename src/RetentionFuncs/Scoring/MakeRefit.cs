using RetentionFuncs.Experiences;
using RetentionFuncs.Scoring.Choosing;
using RetentionFuncs.Scoring.Models;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Scoring;

/// <summary>Makes one refit of what a pass over everybody gathered: the model, the shop's own churn reasons and the tiers' cut points.</summary>
internal sealed class MakeRefit(IRowStore store, string currency, ValueSettings value)
{
    /// <param name="ranks">Of the same customers; its version is the refit's.</param>
    /// <param name="at">The moment the refit speaks for.</param>
    public async ValueTask<Refit> RunAsync(
        IReadOnlyList<BuyingHistory> histories,
        RfmCutPoints ranks,
        ChoiceOptions choice,
        DateTimeOffset at
    )
    {
        var model = ChooseModel.Run(histories, ranks.AsOf, choice, ranks.Version);
        return new Refit(
            ranks,
            model.PopulationGapDays,
            at,
            model,
            await new ReasonAnswers(store).CountAsync(),
            TierCutPoints.Of(histories, model, ranks.AsOf, currency, value)
        );
    }
}

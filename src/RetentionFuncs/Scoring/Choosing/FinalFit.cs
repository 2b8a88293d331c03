using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Choosing;

/// <summary>Fits what was chosen on everything known, and says why it was.</summary>
internal static class FinalFit
{
    public static FittedModel Uncompared(FittedModel unfitted, BuyingSample sample, BuyingModelKind kind, bool forced)
    {
        var rule = RuleNames.RuleOf(kind);
        var why = ChoiceWords.Uncompared(rule, unfitted.HorizonDays);
        return With(unfitted, sample, kind, forced ? ChoiceWords.After(ChoiceWords.Forced(rule), why) : why, out var note)
            ?? unfitted with
            {
                Why = ChoiceWords.NoneFitted(note!),
            };
    }

    public static FittedModel Forced(FittedModel unfitted, BuyingSample sample, BuyingModelKind kind) =>
        With(unfitted, sample, kind, ChoiceWords.Forced(RuleNames.RuleOf(kind)), out var note)
        ?? unfitted with
        {
            Why = ChoiceWords.NoneFitted(note!),
        };

    public static FittedModel Compared(
        FittedModel unfitted,
        BuyingSample sample,
        BuyingHistory[] known,
        ModelComparison comparison,
        ChoiceOptions options
    )
    {
        // A contender that does well in the holdouts and then cannot be fitted on everything leaves the contest; the rest go on without it.
        var (contenders, note) = (comparison.Contenders, (Phrase?)null);
        while (ChoiceVerdict.Of(contenders, comparison.Contest) is { } verdict)
        {
            var why = ChoiceWords.Of(verdict, comparison.Contest, comparison.Plan.Splits.Count, unfitted.HorizonDays);
            why = note is null ? why : ChoiceWords.After(note, why);
            if (verdict.Model is not { } model)
            {
                return WithCurve(unfitted with { Why = why }, verdict.Chosen.Rule, comparison);
            }

            var kind = RuleNames.KindOf(model.Rule)!.Value;
            if (With(unfitted, sample, kind, why, out note) is { } fitted)
            {
                return verdict.Chosen == model
                    ? WithGroups(fitted, known, model, comparison, options)
                    : WithCurve(fitted, verdict.Chosen.Rule, comparison);
            }

            contenders = [.. contenders.Select(c => c == model ? Contender.Out(c.Rule, note!) : c)];
        }

        return unfitted with
        {
            Why = ChoiceWords.NoneFitted(note ?? comparison.Contenders[0].Note!),
        };
    }

    /// <summary>Null, and said why, when the fit on everything does not end well.</summary>
    private static FittedModel? With(FittedModel unfitted, BuyingSample sample, BuyingModelKind kind, Phrase why, out Phrase? note)
    {
        var fit = HeldFit.Run(sample, kind, unfitted.AsOf);
        note = fit.Note;
        return fit.Model is null
            ? null
            : unfitted with
            {
                Chosen = RuleNames.RuleOf(kind),
                Why = note is null ? why : ChoiceWords.After(why, note),
                Model = fit.Model,
                LogLikelihood = fit.LogLikelihood,
            };
    }

    /// <summary>The baseline's curve, learned on the newest stretch whose outcome is known.</summary>
    private static FittedModel WithCurve(FittedModel fitted, ScoreRule baseline, ModelComparison comparison) =>
        fitted with
        {
            Chosen = baseline,
            Curve = Candidacies.CurveOf(baseline, comparison.Plan.Splits[0], fitted.PopulationGapDays),
        };

    private static FittedModel WithGroups(
        FittedModel fitted,
        BuyingHistory[] known,
        Contender model,
        ModelComparison comparison,
        ChoiceOptions options
    )
    {
        if (
            !options.Grouping
            || GroupContest.Run(
                model,
                fitted.Model!.Kind,
                comparison.Plan.Splits,
                comparison.Contest,
                comparison.Histories,
                options.GroupStrength
            )
                is not { } won
        )
        {
            return fitted;
        }

        var customers = known.Select(h => (h.PatternOn(fitted.AsOf.DayNumber)!.Value, GroupContest.GroupOf(h, won.Grouping)));
        return fitted with
        {
            Why = ChoiceWords.Grouped(fitted.Why, won),
            Grouping = won.Grouping,
            Groups = GroupContest.Fit(customers, fitted.Model, options.GroupStrength),
        };
    }
}

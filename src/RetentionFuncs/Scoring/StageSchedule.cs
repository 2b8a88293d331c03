using RetentionFuncs.Orders;

namespace RetentionFuncs.Scoring;

/// <summary>Solves when a customer must be looked at again, and what a review finds (design S8). Pure.</summary>
public static class StageSchedule
{
    /// <summary>
    /// The standing after the orders on file changed: an order on a later day moves back to New or Active; anything else keeps the
    /// recorded stage and only solves the next crossing anew.
    /// </summary>
    /// <returns>Null while nothing was bought.</returns>
    public static StageStanding? AfterOrders(PurchaseSummary before, StageStanding? standing, PurchaseSummary after, LapseRule rule)
    {
        if (!after.HasPurchases)
        {
            return null;
        }

        var moved = standing is null || !before.HasPurchases || after.LastDay > before.LastDay;
        var stage = moved || standing!.Stage.Height() == 0 ? Fresh(after) : standing.Stage;
        var since = moved ? after.LastDay : standing!.EnteredOn;
        return new StageStanding(stage, since, NextCrossing(after, stage, rule));
    }

    /// <summary>What a review on <paramref name="today"/> finds: the latest stage whose crossing day has come, if later than the recorded one.</summary>
    public static StageStanding Review(PurchaseSummary summary, StageStanding standing, LapseRule rule, DateOnly today)
    {
        var bands = rule.BandsFor(summary);
        var silence = Math.Max(0, summary.SilenceOn(today));
        var stage = bands.StageAt(silence, summary.PurchaseDays.Count);
        return stage.IsLaterThan(standing.Stage)
            ? new StageStanding(stage, summary.LastDay.AddDays(bands.BeginsAt(stage)), NextCrossing(summary, stage, rule))
            : standing with
            {
                NextReviewOn = NextCrossing(summary, standing.Stage, rule),
            };
    }

    /// <summary>The stage at the end of <paramref name="day"/> by definition, from the purchase days up to it; null before the first.</summary>
    public static LapseStage? StageOn(PurchaseSummary summary, LapseRule rule, DateOnly day)
    {
        var known = summary.DaysUpTo(day);
        return known.HasPurchases ? rule.BandsFor(known).StageAt(known.SilenceOn(day), known.PurchaseDays.Count) : null;
    }

    private static LapseStage Fresh(PurchaseSummary summary) => summary.PurchaseDays.Count > 1 ? LapseStage.Active : LapseStage.New;

    private static DateOnly? NextCrossing(PurchaseSummary summary, LapseStage recorded, LapseRule rule)
    {
        var bands = rule.BandsFor(summary);
        return bands.NextAfter(bands.BeginsAt(recorded)) is { } silence ? summary.LastDay.AddDays(silence) : null;
    }
}

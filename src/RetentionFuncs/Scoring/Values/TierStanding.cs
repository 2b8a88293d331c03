namespace RetentionFuncs.Scoring.Values;

/// <summary>The tier on record: only a review moves it, and each move is an event a campaign may answer.</summary>
/// <param name="Since">The day the tier was recorded first or moved to.</param>
/// <param name="Near">The next tier, while the customer is about to reach it.</param>
/// <param name="Version">Of the refit by whose cut points it was told.</param>
/// <param name="Evidence">What spoke for it then, as JSON.</param>
public sealed record TierStanding(ValueTier Tier, DateOnly Since, ValueTier? Near, int Version, string Evidence)
{
    /// <summary>A move whose campaigns were not all asked before the work was cut off; null as a rule.</summary>
    public TierMove? Unanswered { get; init; }
}

public enum TierDirection
{
    Up,
    Down,

    /// <summary>About to reach the tier named.</summary>
    Near,
}

/// <param name="To">The tier reached, or about to be.</param>
/// <param name="On">The day it was recorded.</param>
public sealed record TierMove(TierDirection Direction, ValueTier To, DateOnly On);

/// <param name="Move">Null when nothing happened that a campaign could answer.</param>
public sealed record TierReview(TierStanding Standing, TierMove? Move);

/// <summary>What an assessment makes of the tier on record. Pure, and at rest after one step: reviewed again it moves no further.</summary>
public static class ReviewTier
{
    /// <summary>Who was near stays so down to this share of the cut, and is told of it again only after falling below.</summary>
    private const decimal NearUntil = 0.8m;

    /// <summary>
    /// Up from the cut point on, down only below nine tenths of it. The first assessment is only recorded, so that a first import mails
    /// nobody; on the day of a move nobody is told to be near the next one.
    /// </summary>
    public static TierReview Of(TierStanding? recorded, ValueAssessment found, DateOnly today)
    {
        if (recorded is null)
        {
            return new(Moved(found, found.Tier, today) with { Near = found.Near }, null);
        }

        if (recorded.Unanswered is { } left)
        {
            return new(recorded, left);
        }

        if (found.Tier > recorded.Tier)
        {
            return new(Moved(found, found.Tier, today), new TierMove(TierDirection.Up, found.Tier, today));
        }

        if (found.Holds < recorded.Tier)
        {
            return new(Moved(found, found.Holds, today), new TierMove(TierDirection.Down, found.Holds, today));
        }

        var near = NearOf(recorded, found);
        var told = near is not null && near != recorded.Near && recorded.Since < today;
        return new(
            recorded with
            {
                Near = told || near is null ? near : recorded.Near,
            },
            told ? new TierMove(TierDirection.Near, near!.Value, today) : null
        );
    }

    private static ValueTier? NearOf(TierStanding recorded, ValueAssessment found) =>
        found.Tier < recorded.Tier ? null
        : found.Near is { } near ? near
        : recorded.Near is { } before && found.OfNext >= NearUntil ? before
        : null;

    private static TierStanding Moved(ValueAssessment found, ValueTier tier, DateOnly today) =>
        new(tier, today, null, found.Version, TierEvidence.Write(found));
}

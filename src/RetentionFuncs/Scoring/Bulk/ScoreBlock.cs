namespace RetentionFuncs.Scoring.Bulk;

/// <summary>Scores of the customers of one <see cref="PatternBlock"/>, in its order; filled up to whole vectors.</summary>
/// <param name="ChanceOfReturn">P(at least one purchase within the horizon), 0 to 1.</param>
/// <param name="ChanceAlive">P(alive), 0 to 1.</param>
/// <param name="ExpectedOrders">Expected purchases within the horizon.</param>
public sealed record ScoreBlock(double[] ChanceOfReturn, double[] ChanceAlive, double[] ExpectedOrders);

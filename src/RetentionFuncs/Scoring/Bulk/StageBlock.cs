namespace RetentionFuncs.Scoring.Bulk;

/// <summary>Where the customers of one <see cref="PatternBlock"/> stand.</summary>
/// <param name="NextOn">The day of the next crossing as <see cref="DateOnly.DayNumber"/>; 0 when nothing more can happen by silence.</param>
public sealed record StageBlock(LapseStage[] Stages, int[] NextOn);

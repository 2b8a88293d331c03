namespace RetentionFuncs.Scoring;

/// <summary>How far a customer has slipped. New and Active are the same height; each later one is further gone.</summary>
public enum LapseStage
{
    /// <summary>One purchase day and not yet cooling.</summary>
    New,

    /// <summary>Two or more purchase days and not yet cooling.</summary>
    Active,
    Cooling,
    Lapsing,
    Lapsed,
    Lost,
}

public static class LapseStageOrder
{
    /// <summary>0 for New and Active, then 1 to 4.</summary>
    public static int Height(this LapseStage stage) => Math.Max(0, (int)stage - (int)LapseStage.Active);

    /// <summary>Whether this stage lies further towards Lost than the other.</summary>
    public static bool IsLaterThan(this LapseStage stage, LapseStage other) => stage.Height() > other.Height();
}

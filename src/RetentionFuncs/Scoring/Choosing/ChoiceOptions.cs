using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Choosing;

/// <summary>What a business may settle about its model instead of having it measured.</summary>
public sealed record ChoiceOptions
{
    /// <summary>Fewer customers than this at a calibration end, and nothing is compared there.</summary>
    public const int LeastCompared = 100;

    /// <summary>Fewer returning in a holdout than this, and nothing is compared there.</summary>
    public const int LeastReturned = 20;

    /// <summary>Fewer customers in all than this, and no model is fitted; a group smaller than this is told by the whole.</summary>
    public const int LeastFitted = 200;

    /// <summary>H, 1 to 3650 days; null: the business's own cycle (<see cref="BuyingCycle.HorizonOf"/>).</summary>
    public int? HorizonDays { get; init; }

    /// <summary>This model whatever the comparison says; null: choose.</summary>
    public BuyingModelKind? Forced { get; init; }

    /// <summary>At most so many customers are compared on; the chosen model is then fitted on all.</summary>
    public int SampleCap { get; init; } = 20_000;

    /// <summary>Holdouts looked back over at most, each a horizon long and a horizon before the other.</summary>
    public int Holdouts { get; init; } = 3;

    /// <summary>Whether markets and product families may get models of their own.</summary>
    public bool Grouping { get; init; } = true;

    /// <summary>How strongly a group's model is held to the whole's (<see cref="Shrinkage.Strength"/>): a few hundred customers' worth.</summary>
    public double GroupStrength { get; init; } = 10;
}

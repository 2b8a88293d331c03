namespace RetentionFuncs.ContactPolicy;

/// <summary>At most <paramref name="Messages"/> promotional or care messages per customer and per address in any rolling window.</summary>
/// <param name="Days">Length of the window: a slot taken at t is free again at t + Days.</param>
public sealed record FrequencyCap(int Messages, int Days)
{
    public static FrequencyCap Default { get; } = new(2, 7);
}

namespace RetentionFuncs.Deliverability;

/// <summary>The block <c>recency:</c>: the older an address, the more likely it is gone or a trap.</summary>
/// <param name="LongDays">Silent for so many days or more: written to only as a canary batch has shown.</param>
/// <param name="TooLongDays">Silent for so many days or more: not written to at all; null: there is no such end.</param>
/// <param name="Canary">Messages of the canary batch of each campaign; null: none, all are written to alike.</param>
public sealed record RecencySettings(int LongDays, int? TooLongDays, int? Canary)
{
    public static RecencySettings Default { get; } = new(365, 730, null);
}

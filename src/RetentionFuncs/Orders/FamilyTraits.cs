namespace RetentionFuncs.Orders;

/// <summary>How one customer buys one product family.</summary>
/// <param name="Name">As the lines say it, cut to <see cref="LongestName"/> characters.</param>
/// <param name="FirstDay">The first day with a line of the family.</param>
/// <param name="Days">Distinct days with a line of the family, ascending: the newest <see cref="MostDays"/>.</param>
/// <param name="Net">Paid for its lines after discount and before refunds, in the business's currency.</param>
public sealed record FamilyTraits(string Name, DateOnly FirstDay, IReadOnlyList<DateOnly> Days, decimal Net)
{
    /// <summary>Days kept of one family: enough to know its rhythm, and few enough to stand in a row.</summary>
    public const int MostDays = 24;

    /// <summary>In UTF-16 units; families alike so far are taken for one.</summary>
    public const int LongestName = 40;

    /// <summary>Days with a line of the family; <see cref="MostDays"/> stands for that many or more.</summary>
    public int DayCount => Days.Count;

    public DateOnly LastDay => Days[^1];

    internal static string Named(string family)
    {
        if (family.Length <= LongestName)
        {
            return family;
        }

        return char.IsHighSurrogate(family[LongestName - 1]) ? family[..(LongestName - 1)] : family[..LongestName];
    }
}

namespace RetentionFuncs.Scoring;

/// <summary>The trade's names for ranges of ranks; every score falls in exactly one.</summary>
public enum RfmGroup
{
    /// <summary>Recent, often and much.</summary>
    Champions,

    /// <summary>Often and much, and not long ago.</summary>
    Loyal,

    /// <summary>Recent, more than once, not yet much.</summary>
    Promising,

    /// <summary>One order, recently.</summary>
    NewBuyers,

    /// <summary>Middling in everything, and slipping.</summary>
    NeedAttention,

    /// <summary>Once bought often and much; the last purchase is a while ago.</summary>
    AtRisk,

    /// <summary>Once bought often and much; gone longest.</summary>
    CannotLose,

    /// <summary>Little, and long ago.</summary>
    Dormant,
}

public static class RfmGroups
{
    /// <summary>
    /// By recency, whether there was more than one order, and value = the mean of frequency and money ranks, 4 or more being high.
    /// One-time buyers are told apart by the order count itself, because ties may give them any frequency rank.
    /// </summary>
    public static RfmGroup Of(RfmScore score)
    {
        var value = score.MonetaryRank == 0 ? score.FrequencyRank : (score.FrequencyRank + score.MonetaryRank) / 2.0;
        var (once, high) = (score.Frequency <= 1, value >= 4);
        return score.RecencyRank switch
        {
            >= 4 when once => RfmGroup.NewBuyers,
            5 when high => RfmGroup.Champions,
            4 when high => RfmGroup.Loyal,
            >= 4 => RfmGroup.Promising,
            3 when high && !once => RfmGroup.Loyal,
            3 => RfmGroup.NeedAttention,
            2 when high && !once => RfmGroup.AtRisk,
            1 when high && !once => RfmGroup.CannotLose,
            _ => RfmGroup.Dormant,
        };
    }

    /// <summary>As people call it: English unless the locale begins with <c>zh</c>.</summary>
    public static string NameIn(this RfmGroup group, string? locale) =>
        locale?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true ? Chinese(group) : English(group);

    private static string English(RfmGroup group) =>
        group switch
        {
            RfmGroup.NewBuyers => "new buyers",
            RfmGroup.NeedAttention => "need attention",
            RfmGroup.AtRisk => "at risk",
            RfmGroup.CannotLose => "cannot lose them",
            _ => group.ToString().ToLowerInvariant(),
        };

    private static string Chinese(RfmGroup group) =>
        group switch
        {
            RfmGroup.Champions => "核心客户",
            RfmGroup.Loyal => "忠诚客户",
            RfmGroup.Promising => "潜力客户",
            RfmGroup.NewBuyers => "新客户",
            RfmGroup.NeedAttention => "需关注客户",
            RfmGroup.AtRisk => "流失预警客户",
            RfmGroup.CannotLose => "重点挽留客户",
            _ => "沉睡客户",
        };
}

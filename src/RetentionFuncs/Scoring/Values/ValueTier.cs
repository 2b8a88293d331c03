using RetentionFuncs.Findings;

namespace RetentionFuncs.Scoring.Values;

/// <summary>What a customer is worth to the business, lowest to highest (playbook P5). A tier asks for care, never for refusal (P8).</summary>
public enum ValueTier
{
    /// <summary>无效: brings nothing now. Served cheaply, and looked at for potential.</summary>
    Ineffective,

    /// <summary>维持.</summary>
    Maintenance,

    /// <summary>一般.</summary>
    Standard,

    /// <summary>重点.</summary>
    Major,

    /// <summary>关键: those few who together bring about half.</summary>
    Key,
}

public static class ValueTiers
{
    /// <summary>As files, expressions and JSON write it.</summary>
    public static string Word(this ValueTier tier) => tier.ToString().ToLowerInvariant();

    /// <summary>As people call it.</summary>
    public static Phrase Name(this ValueTier tier) =>
        new(
            tier.Word(),
            tier switch
            {
                ValueTier.Key => "关键客户",
                ValueTier.Major => "重点客户",
                ValueTier.Standard => "一般客户",
                ValueTier.Maintenance => "维持客户",
                _ => "无效客户",
            }
        );
}

namespace RetentionFuncs.Imports;

/// <summary>What the form of a file lets us take for granted where neither the row nor a declaration says otherwise.</summary>
/// <param name="Currency">ISO 4217; null: the business's.</param>
/// <param name="Zone">IANA zone of moments without offset, and of the buyers; null: the business's.</param>
/// <param name="Country">The buyers', ISO 3166 alpha-2.</param>
/// <param name="Locale">The buyers', BCP 47.</param>
/// <param name="Numbers">Which mark stands before the cents; null: what could be read both ways is refused.</param>
/// <param name="Apostrophes">Whether a leading apostrophe marks a text and is no part of it.</param>
internal sealed record FormAssumptions(
    string? Currency = null,
    string? Zone = null,
    string? Country = null,
    string? Locale = null,
    DecimalMark? Numbers = null,
    bool Apostrophes = false
)
{
    public static FormAssumptions None { get; } = new();

    /// <summary>Exports of shops on the Chinese mainland.</summary>
    public static FormAssumptions China { get; } = new("CNY", "Asia/Shanghai", "CN", "zh-CN", DecimalMark.Point, true);
}

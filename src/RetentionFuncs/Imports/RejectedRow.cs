namespace RetentionFuncs.Imports;

/// <summary>One refused row and its place.</summary>
/// <param name="Line">The line on which the row begins, from 1; the header counts.</param>
/// <param name="Column">The column's name, e.g. <c>amount</c>; empty when the whole row is meant.</param>
/// <param name="Value">What stood there, at most 200 characters; bytes that are not UTF-8 are written as <c>\xE4</c>.</param>
/// <param name="Reason">Why, as a clause about the value or the row.</param>
public sealed record RejectedRow(long Line, string Column, string Value, string Reason)
{
    internal const int MaxValue = 200;

    internal static string Shorten(ReadOnlySpan<char> value) =>
        value.Length <= MaxValue
            ? value.ToString()
            : string.Concat(value[..(char.IsHighSurrogate(value[MaxValue - 1]) ? MaxValue - 1 : MaxValue)], "…");
}

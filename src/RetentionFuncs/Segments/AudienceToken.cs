namespace RetentionFuncs.Segments;

internal enum TokenKind
{
    Word,
    Number,
    Text,
    Operator,
    Open,
    Close,
    Comma,
    End,
}

/// <param name="Text">Normalised: words in lower case except in quotes, operators in their ASCII form, texts without quotes.</param>
/// <param name="Column">From 1.</param>
/// <param name="Length">Characters in the source, 1 or more (also for the end).</param>
internal readonly record struct AudienceToken(TokenKind Kind, string Text, int Column, int Length)
{
    public bool IsWord(string word) => Kind == TokenKind.Word && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);

    /// <summary>As a message names it.</summary>
    public string Shown => Kind == TokenKind.End ? "the end" : $"'{Text}'";

    public string ShownZh => Kind == TokenKind.End ? "结尾" : $"“{Text}”";
}

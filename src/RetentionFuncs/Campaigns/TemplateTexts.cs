namespace RetentionFuncs.Campaigns;

/// <summary>Texts as they are stored: line feeds only, no white space at line ends or around the whole.</summary>
internal static class TemplateTexts
{
    public static string Clean(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).Trim();
}

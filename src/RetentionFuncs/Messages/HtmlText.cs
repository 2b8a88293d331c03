using System.Text;
using HandlebarsDotNet;

namespace RetentionFuncs.Messages;

/// <summary>
/// Text made safe inside HTML text and quoted attributes; everything else, Chinese included, is left as it is. Templates are
/// held to quoted attributes by <see cref="TemplateGrammar"/>.
/// </summary>
public static class HtmlText
{
    /// <summary>The same encoding as Handlebars asks for it.</summary>
    internal static ITextEncoder Encoder { get; } = new ForHandlebars();

    public static string Encode(string text)
    {
        if (text.AsSpan().IndexOfAny("&<>\"'") < 0)
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length + 32);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => encoded.Append("&amp;"),
                '<' => encoded.Append("&lt;"),
                '>' => encoded.Append("&gt;"),
                '"' => encoded.Append("&quot;"),
                '\'' => encoded.Append("&#39;"),
                _ => encoded.Append(c),
            };
        }

        return encoded.ToString();
    }

    private sealed class ForHandlebars : ITextEncoder
    {
        public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

        public void Encode(string? text, TextWriter target) => target.Write(HtmlText.Encode(text ?? ""));

        public void Encode<T>(T? text, TextWriter target)
            where T : IEnumerator<char>
        {
            var collected = new StringBuilder();
            while (text is not null && text.MoveNext())
            {
                _ = collected.Append(text.Current);
            }

            Encode(collected, target);
        }
    }
}

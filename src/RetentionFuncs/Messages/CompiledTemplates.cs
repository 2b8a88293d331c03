using System.Collections.Concurrent;
using HandlebarsDotNet;
using HandlebarsDotNet.IO;
using RetentionFuncs.Campaigns;

namespace RetentionFuncs.Messages;

/// <summary>The three parts of one template in one locale, checked and compiled once per campaign version.</summary>
internal sealed class CompiledTemplates
{
    /// <summary>Old versions fall out by starting over; far more than a business has live at once.</summary>
    private const int MaxCached = 2_000;

    /// <summary>Stands in the output for a name that has no value; a noncharacter, so it cannot come from data.</summary>
    public const char Missing = '\uFFFE';

    private static readonly IHandlebars Encoding = Environment(noEscape: false);
    private static readonly IHandlebars Plain = Environment(noEscape: true);

    private readonly ConcurrentDictionary<(string Version, string Template, string Locale), Parts> _cache = new();

    public Parts For(string version, string template, string locale, TemplateText text, MessagePhrases phrases)
    {
        if (_cache.TryGetValue((version, template, locale), out var found))
        {
            return found;
        }

        if (_cache.Count >= MaxCached)
        {
            _cache.Clear();
        }

        return _cache.GetOrAdd((version, template, locale), _ => Compile(text, phrases));
    }

    private static Parts Compile(TemplateText text, MessagePhrases phrases)
    {
        var problem = text.IsTextOnly
            ? Refusal("text part", text.Text, false)
            : Refusal("subject", text.Subject, false) ?? Refusal("text part", text.Text, false) ?? Refusal("html part", text.Html, true);
        if (problem is not null)
        {
            return new Parts(problem, false, null!, null!, null!);
        }

        try
        {
            return new Parts(
                null,
                text.IsTextOnly,
                Plain.Compile(Greetings.Rewrite(text.Subject, phrases)),
                Plain.Compile(Greetings.Rewrite(text.Text, phrases)),
                Encoding.Compile(Greetings.Rewrite(text.Html, phrases))
            );
        }
        catch (HandlebarsException error)
        {
            return new Parts("cannot be read: " + SafeText.OneLine(error.Message), false, null!, null!, null!);
        }
    }

    private static string? Refusal(string part, string template, bool isHtml) =>
        string.IsNullOrWhiteSpace(template) ? $"has no {part}"
        : TemplateGrammar.Problem(template, isHtml) is { } problem ? $"{part}, {problem}"
        : null;

    private static IHandlebars Environment(bool noEscape)
    {
        var configuration = new HandlebarsConfiguration { NoEscape = noEscape, TextEncoder = HtmlText.Encoder };
        configuration.FormatterProviders.Add(new MissingValues());
        return Handlebars.Create(configuration);
    }

    /// <param name="Problem">Why none of it may be used, else null.</param>
    internal sealed record Parts(
        string? Problem,
        bool IsTextOnly,
        HandlebarsTemplate<object, object> Subject,
        HandlebarsTemplate<object, object> Text,
        HandlebarsTemplate<object, object> Html
    );

    private sealed class MissingValues : IFormatterProvider, IFormatter
    {
        public bool TryCreateFormatter(Type type, out IFormatter formatter)
        {
            formatter = this;
            return type == typeof(UndefinedBindingResult);
        }

        public void Format<T>(T value, in EncodedTextWriter writer) => writer.Write($"{Missing}{value}{Missing}", false);
    }
}

using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace RetentionFuncs.Functions.Home;

/// <summary>Reads settings by their platform names and collects every complaint, so that one start names all that is wrong.</summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    public string? Text(string name) =>
        configuration[name.Replace("__", ":", StringComparison.Ordinal)] is { Length: > 0 } text ? text : null;

    public string Required(string name, string what)
    {
        if (Text(name) is { } text)
        {
            return text;
        }

        Complain(name, $"is missing; it holds {what}.");
        return "";
    }

    public bool Flag(string name, bool fallback)
    {
        if (Text(name) is not { } text)
        {
            return fallback;
        }

        if (bool.TryParse(text, out var value))
        {
            return value;
        }

        Complain(name, $"is '{text}'; it must be true or false.");
        return fallback;
    }

    /// <summary>One of the given words; the first when nothing is set.</summary>
    public string OneOf(string name, params string[] words)
    {
        if (Text(name) is not { } text)
        {
            return words[0];
        }

        if (words.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        Complain(name, $"is '{text}'; it must be one of {string.Join(", ", words)}.");
        return words[0];
    }

    public double Number(string name, double fallback, double least, double most)
    {
        if (Text(name) is not { } text)
        {
            return fallback;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }

        Complain(name, string.Create(CultureInfo.InvariantCulture, $"is '{text}'; it must be a number from {least} to {most}."));
        return fallback;
    }

    public Uri? Address(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
        {
            return uri;
        }

        Complain(name, $"is '{text}'; it must be an absolute http or https address.");
        return null;
    }

    public void Complain(string name, string problem) => _problems.Add($"Setting {name} {problem}");
}

/// <summary>The app cannot start with its settings as they are; the message names each one, never a value that is a secret.</summary>
public sealed class SettingsRefusedException(IEnumerable<string> problems) : Exception(string.Join('\n', problems));

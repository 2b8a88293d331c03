using Microsoft.AspNetCore.Http;
using RetentionFuncs.Messages;

namespace RetentionFuncs.Web.Api;

/// <summary>The language of an answer.</summary>
internal static class CallerLanguage
{
    /// <summary>The first of <c>Accept-Language</c> that we speak, else English.</summary>
    public static string Of(HttpRequest request) =>
        request
            .GetTypedHeaders()
            .AcceptLanguage.Where(l => l.Quality is null or > 0)
            .OrderByDescending(l => l.Quality ?? 1)
            .Select(l => MessageLocales.LanguageOf(l.Value.ToString()))
            .FirstOrDefault(l => l is "en" or "zh")
        ?? "en";
}

using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using RetentionFuncs.Messages;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Web.PublicPages;

/// <summary>Writes the public pages: no script, no cookie, nothing loaded from anywhere, never stored.</summary>
internal sealed class PageAnswers(PublicPageSettings settings)
{
    public async Task ShowAsync(HttpContext context, Func<PageTexts, Page> page, int status = StatusCodes.Status200OK)
    {
        var texts = PageTexts.For(Language(context.Request));
        var bytes = Encoding.UTF8.GetBytes(PageLayout.Html(page(texts), settings.Shop, texts.Tag));
        var headers = context.Response.Headers;
        context.Response.StatusCode = status;
        headers.ContentType = "text/html; charset=utf-8";
        headers.CacheControl = "no-store";
        headers.Vary = HeaderNames.AcceptLanguage;
        headers.ContentLanguage = texts.Tag;
        headers.ContentSecurityPolicy = PageLayout.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(bytes);
        }
    }

    /// <summary>Does it and says so; when the store is away, asks to come back, which mail programs do by themselves.</summary>
    public async Task DoneAsync(HttpContext context, Func<Task> change, Func<PageTexts, Page> page)
    {
        try
        {
            await change();
        }
        catch (StoreUnavailableException)
        {
            context.Response.Headers.RetryAfter = "60";
            await ShowAsync(context, t => t.ComeBack(), StatusCodes.Status503ServiceUnavailable);
            return;
        }

        await ShowAsync(context, page);
    }

    public static async Task HealthyAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync("ok\n");
    }

    /// <summary>The link's own language, else the first the browser asks for that we speak, else the business's.</summary>
    private string Language(HttpRequest request)
    {
        var asked = request
            .GetTypedHeaders()
            .AcceptLanguage.Where(l => l.Quality is null or > 0)
            .OrderByDescending(l => l.Quality ?? 1)
            .Select(l => MessageLocales.LanguageOf(l.Value.ToString()));
        return asked.Prepend(request.Query["l"].ToString()).FirstOrDefault(PageTexts.Speaks) ?? MessageLocales.LanguageOf(settings.Locale);
    }
}

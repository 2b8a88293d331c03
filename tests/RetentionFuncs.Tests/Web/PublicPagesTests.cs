using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.ContactPolicy.Confirmations;
using RetentionFuncs.Messages;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;
using RetentionFuncs.Web.PublicPages;
using static RetentionFuncs.Tests.Messages.MessageSamples;

namespace RetentionFuncs.Tests.Web;

public sealed class PublicPagesTests : IAsyncLifetime
{
    private readonly Requests _requests = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private WebApplication _app = null!;

    private static string U => "/u/" + Links.Token(LinkPurpose.Unsubscribe, Touch);

    private static string P => "/p/" + Links.Token(LinkPurpose.Preferences, Touch);

    private static string C => "/c/" + Links.Token(LinkPurpose.Confirm, Touch);

    private static readonly TouchRef Stranger = new(new(new string('c', 26)), new(new string('d', 26)));

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        _ = builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPublicPages(new PublicPageSettings("Birch & Reed", "en", Links, _requests, TimeProvider.System));
        await _app.StartAsync();
        _http.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private static FormUrlEncodedContent OneClick() => new([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string path, HttpContent? content = null)
    {
        using var answer = await _http.PostAsync(path, content ?? OneClick());
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Looking_a_thousand_times_changes_nothing()
    {
        for (var i = 0; i < 500; i++)
        {
            (await _http.GetAsync(i % 2 == 0 ? U : P)).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await _http.SendAsync(new HttpRequestMessage(HttpMethod.Head, i % 2 == 0 ? U : P))).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        _requests.Unsubscribed.ShouldBeEmpty();
        _requests.Changed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Catalogue_144_HEAD_answers_without_body_and_other_methods_are_refused()
    {
        using var head = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Head, U));
        (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();

        foreach (var method in new[] { HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch, HttpMethod.Options })
        {
            (await _http.SendAsync(new HttpRequestMessage(method, U))).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        }

        _requests.Unsubscribed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Catalogue_145_one_click_needs_no_cookie_and_is_not_redirected()
    {
        using var answer = await _http.PostAsync(U + "?l=en", OneClick());

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        _requests.Unsubscribed.ShouldBe([(Touch, UnsubscribeSource.OneClick)]);
    }

    [Fact]
    public async Task One_click_may_come_as_multipart_form_data()
    {
        using var form = new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } };
        (await PostAsync(U, form)).Status.ShouldBe(HttpStatusCode.OK);
        _requests.Unsubscribed.ShouldBe([(Touch, UnsubscribeSource.OneClick)]);
    }

    [Theory]
    [InlineData("unsubscribe=yes", "application/x-www-form-urlencoded")]
    [InlineData("{\"unsubscribe\":true}", "application/json")]
    [InlineData("", "text/plain")]
    public async Task Catalogue_144_the_page_s_button_and_any_other_POST_unsubscribe(string body, string type)
    {
        (await PostAsync(U, new StringContent(body, Encoding.UTF8, type))).Status.ShouldBe(HttpStatusCode.OK);
        _requests.Unsubscribed.ShouldBe([(Touch, UnsubscribeSource.Page)]);
    }

    [Fact]
    public async Task Valid_used_unknown_and_forged_links_get_the_same_answer()
    {
        var forged = U[..^3] + (U.EndsWith("AAA", StringComparison.Ordinal) ? "BBB" : "AAA");
        var foreign = "/u/" + Links.Token(LinkPurpose.Preferences, Touch);
        var unknown = "/u/" + Links.Token(LinkPurpose.Unsubscribe, Stranger);
        var first = await PostAsync(U);

        foreach (var path in new[] { U, unknown, forged, foreign, "/u/", "/u/nonsense", "/u/%2e%2e%2fetc" })
        {
            (await PostAsync(path)).ShouldBe(first);
        }

        var look = await _http.GetStringAsync(U);
        (await _http.GetStringAsync(unknown)).ShouldBe(look);
        (await _http.GetStringAsync(forged)).ShouldBe(look);
        var saved = await PostAsync(P, Form(("mail", "none")));
        (await PostAsync("/p/nonsense", Form(("mail", "none")))).ShouldBe(saved);
        _requests.Unsubscribed.Select(u => u.Touch).ShouldBe([Touch, Touch, Stranger]);
    }

    [Theory]
    [InlineData("{0}.")]
    [InlineData("{0}>")]
    [InlineData("%3C{0}%3E")]
    [InlineData("{0}%0D%0A")]
    [InlineData("{0}&gt;")]
    [InlineData("3D{0}", false)]
    [InlineData("=3D{0}")]
    [InlineData("{0}/")]
    [InlineData("{0}%20")]
    public async Task Catalogue_144_a_mangled_link_still_unsubscribes(string shape, bool works = true)
    {
        var token = Links.Token(LinkPurpose.Unsubscribe, Touch);
        (await PostAsync("/u/" + string.Format(shape, token))).Status.ShouldBe(HttpStatusCode.OK);
        _requests.Unsubscribed.Count.ShouldBe(works ? 1 : 0);
    }

    [Fact]
    public async Task Catalogue_144_a_link_wrapped_over_two_lines_still_unsubscribes()
    {
        var token = Links.Token(LinkPurpose.Unsubscribe, Touch);
        _ = await PostAsync($"/u/{token[..40]}%3D%0D%0A{token[40..]}");
        _ = await PostAsync($"/u/{token[..40]}%0A%20{token[40..]}");
        _requests.Unsubscribed.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Catalogue_146_many_at_once_all_get_the_same_answer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => PostAsync(U)));

        answers.Distinct().Count().ShouldBe(1);
        _requests.Unsubscribed.Count.ShouldBe(500);
    }

    [Fact]
    public async Task Catalogue_142_a_body_that_is_too_long_is_cut_off()
    {
        (await PostAsync(U, new ByteArrayContent(new byte[5_000]))).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        using var chunked = new HttpRequestMessage(HttpMethod.Post, U) { Content = new StreamContent(new MemoryStream(new byte[100_000])) };
        chunked.Headers.TransferEncodingChunked = true;
        (await _http.SendAsync(chunked)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        _requests.Unsubscribed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Catalogue_143_a_store_that_is_away_asks_to_come_back_and_claims_nothing()
    {
        _requests.IsDown = true;
        using var answer = await _http.PostAsync(U, OneClick());

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Nothing was changed");
        (await _http.GetAsync(P)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_forged_link_asks_nothing_of_the_store()
    {
        _requests.IsDown = true;
        (await PostAsync("/u/nonsense")).Status.ShouldBe(HttpStatusCode.OK);
        (await _http.GetAsync("/p/nonsense")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("?l=zh", "en", "退订邮件")]
    [InlineData("?l=en", "zh-CN", "Unsubscribe")]
    [InlineData("", "fr, zh-CN;q=0.8, en;q=0.5", "退订邮件")]
    [InlineData("", "fr", "Unsubscribe")]
    [InlineData("?l=xx", "zh", "退订邮件")]
    [InlineData("", null, "Unsubscribe")]
    public async Task The_page_speaks_the_link_s_language_else_the_browser_s(string query, string? accepts, string title)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, U + query);
        _ = accepts is null || request.Headers.TryAddWithoutValidation("Accept-Language", accepts);
        using var answer = await _http.SendAsync(request);

        (await answer.Content.ReadAsStringAsync()).ShouldContain($"<h1>{title}</h1>");
    }

    [Fact]
    public async Task A_page_has_no_script_loads_nothing_and_is_not_kept()
    {
        using var answer = await _http.GetAsync(P);
        var body = await answer.Content.ReadAsStringAsync();

        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'; style-src 'sha256-");
        answer.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
        body.ShouldNotContain("<script");
        body.ShouldNotContain("http");
        body.ShouldContain("Birch &amp; Reed");
    }

    [Fact]
    public async Task The_preference_page_tells_the_present_state_to_the_link_s_holder()
    {
        _requests.View = new PreferenceView(MailChoice.Paused, new DateOnly(2026, 6, 3));
        (await _http.GetStringAsync(P)).ShouldContain("having a break until 3 June 2026");
        (await _http.GetStringAsync(P + "?l=zh")).ShouldContain("2026年6月3日起恢复");
        (await _http.GetStringAsync("/p/nonsense")).ShouldNotContain("At present");
    }

    [Theory]
    [InlineData("care", "keep", MailChoice.CareOnly, 0, null)]
    [InlineData("pause", "zh-CN", MailChoice.Paused, 90, "zh-CN")]
    [InlineData("none", "", MailChoice.Nothing, 0, null)]
    [InlineData("keep", "en", null, 0, "en")]
    public async Task A_choice_is_passed_on(string mail, string language, MailChoice? choice, int days, string? spoken)
    {
        (await PostAsync(P, Form(("mail", mail), ("language", language)))).Status.ShouldBe(HttpStatusCode.OK);
        _requests.Changed.ShouldBe([(Touch, new PreferenceChange(choice, days, spoken))]);
    }

    [Theory]
    [InlineData("everything", "keep")]
    [InlineData("Everything", "en")]
    [InlineData("none", "fr")]
    public async Task Nobody_is_signed_up_again_by_a_link(string mail, string language)
    {
        (await PostAsync(P, Form(("mail", mail), ("language", language), ("consent", "Granted")))).Status.ShouldBe(
            HttpStatusCode.BadRequest
        );
        _requests.Changed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Leaving_all_as_it_is_changes_nothing()
    {
        (await PostAsync(P, Form(("mail", "keep"), ("language", "keep")))).Status.ShouldBe(HttpStatusCode.OK);
        _requests.Changed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Catalogue_144_a_scanner_that_looks_at_the_confirmation_link_confirms_nothing()
    {
        for (var i = 0; i < 200; i++)
        {
            (await _http.GetStringAsync(C)).ShouldContain("Confirm your subscription");
            (await _http.SendAsync(new HttpRequestMessage(HttpMethod.Head, C))).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await PostAsync(C)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(C, new StringContent(""))).Status.ShouldBe(HttpStatusCode.BadRequest);
        _requests.Confirmed.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_button_confirms_and_every_link_gets_one_answer()
    {
        var first = await PostAsync(C, Form(("confirm", "yes")));
        first.Status.ShouldBe(HttpStatusCode.OK);
        _requests.Confirmed.ShouldBe([(Touch, "127.0.0.1")]);

        var unsubscribing = "/c/" + Links.Token(LinkPurpose.Unsubscribe, Touch);
        foreach (var path in new[] { C, "/c/" + Links.Token(LinkPurpose.Confirm, Stranger), unsubscribing, "/c/nonsense" })
        {
            (await PostAsync(path, Form(("confirm", "yes")))).ShouldBe(first);
        }

        _requests.Confirmed.Count.ShouldBe(3);
        (await _http.GetStringAsync(C + "?l=zh")).ShouldContain("<h1>确认订阅</h1>");
        await PostAsync(U.Replace("/u/", "/c/"), Form(("confirm", "yes")));
        _requests.Confirmed.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_confirmation_token_opens_no_other_page()
    {
        await PostAsync(C.Replace("/c/", "/u/"));
        await PostAsync(C.Replace("/c/", "/p/"), Form(("mail", "none")));
        _requests.Unsubscribed.ShouldBeEmpty();
        _requests.Changed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Topics_are_boxes_that_refuse_and_refused_ones_are_told()
    {
        var names = new Dictionary<string, string> { ["en"] = "News & more", ["zh-CN"] = "新品资讯" };
        _requests.View = new PreferenceView(MailChoice.Everything, null)
        {
            Topics = [new TopicView(new Topic("news", names), false), new TopicView(new Topic("care", names), true)],
        };
        var page = await _http.GetStringAsync(P);
        page.ShouldContain("<input type=\"checkbox\" name=\"stop\" value=\"news\"><span>News &amp; more</span>");
        page.ShouldNotContain("value=\"care\" ");
        page.ShouldContain("You do not want to hear about: News &amp; more.");
        (await _http.GetStringAsync(P + "?l=zh")).ShouldContain("不再接收：新品资讯");
        (await _http.GetStringAsync("/p/nonsense")).ShouldNotContain("name=\"stop\"");

        (await PostAsync(P, Form(("mail", "keep"), ("stop", "news"), ("stop", "care"), ("stop", "Bad Key")))).Status.ShouldBe(
            HttpStatusCode.OK
        );
        _requests.Changed.Single().Change.RefusedTopics.ShouldBe(["news", "care"]);
    }

    [Fact]
    public async Task Coming_back_is_offered_only_where_it_helps_and_is_passed_on_as_a_wish()
    {
        (await _http.GetStringAsync(P)).ShouldNotContain("value=\"again\"");
        _requests.View = new PreferenceView(MailChoice.Nothing, null) { MayComeBack = true };
        (await _http.GetStringAsync(P)).ShouldContain("value=\"again\"");
        var (status, body) = await PostAsync(P, Form(("mail", "again")));
        (status, body.Contains("One more step", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.OK, true));
        var change = _requests.Changed.Single().Change;
        (change.ComeBack, change.Choice).ShouldBe((true, null));
    }

    [Fact]
    public async Task Health_answers()
    {
        (await _http.GetStringAsync("/health")).ShouldBe("ok\n");
    }

    [Fact]
    public async Task A_language_header_that_makes_no_sense_does_no_harm()
    {
        using var raw = new TcpClient();
        await raw.ConnectAsync(IPAddress.Loopback, _http.BaseAddress!.Port);
        await raw.GetStream()
            .WriteAsync(
                Encoding.Latin1.GetBytes($"GET {U} HTTP/1.1\r\nHost: x\r\nAccept-Language: ;;q=zz,,*;q=7, zh-\r\nConnection: close\r\n\r\n")
            );
        (await new StreamReader(raw.GetStream()).ReadToEndAsync()).ShouldContain("200 OK");
    }

    private sealed class Requests : IPublicRequests
    {
        public ConcurrentQueue<(TouchRef Touch, UnsubscribeSource Source)> Unsubscribed { get; } = new();

        public ConcurrentQueue<(TouchRef Touch, PreferenceChange Change)> Changed { get; } = new();

        public PreferenceView? View { get; set; } = new(MailChoice.Everything, null);

        public bool IsDown { get; set; }

        public Task<UnsubscribeAnswer> UnsubscribeAsync(TouchRef touch, UnsubscribeSource source, DateTimeOffset now)
        {
            Check();
            Unsubscribed.Enqueue((touch, source));
            return Task.FromResult(
                touch == Stranger ? UnsubscribeAnswer.NotFound
                : Unsubscribed.Count == 1 ? UnsubscribeAnswer.Done
                : UnsubscribeAnswer.Already
            );
        }

        public ConcurrentQueue<(TouchRef Touch, string? From)> Confirmed { get; } = new();

        public Task<ConfirmAnswer> ConfirmAsync(TouchRef touch, string? networkAddress, DateTimeOffset now)
        {
            Check();
            Confirmed.Enqueue((touch, networkAddress));
            return Task.FromResult(touch == Stranger ? ConfirmAnswer.NotFound : ConfirmAnswer.Confirmed);
        }

        public Task<PreferenceView?> ReadAsync(TouchRef touch)
        {
            Check();
            return Task.FromResult(touch == Touch ? View : null);
        }

        public Task ChangeAsync(TouchRef touch, PreferenceChange change, DateTimeOffset now)
        {
            Check();
            Changed.Enqueue((touch, change));
            return Task.CompletedTask;
        }

        private void Check() => _ = IsDown ? throw new StoreUnavailableException("down") : 0;
    }
}

using System.Net;
using System.Text.Json;
using RetentionFuncs.Queues;
using RetentionFuncs.Web.Access;

namespace RetentionFuncs.Tests.Api;

public abstract partial class ApiContract
{
    private static readonly QueueMessage Odd = new(1, "somebody.something", Purposes.Send, 0);

    [Fact]
    public async Task A_customer_is_explained_at_a_day_in_the_language_asked_for()
    {
        await ApplyShippedAsync();
        await BuyAsync("c/1 Müller");

        var about = new { customer = "c/1 Müller" };
        var told = (await PostAsync(Role.Viewer, "/explain?asOf=2026-02-01", about)).Was(HttpStatusCode.OK).Json();

        told.GetProperty("customerId").GetString().ShouldBe("c/1 Müller");
        told.GetProperty("asOf").GetString().ShouldBe("2026-02-01");
        told.GetProperty("campaigns").GetArrayLength().ShouldBe(5);
        var chinese = await PostAsync(Role.Viewer, "/explain", about, language: "zh-CN,en;q=0.5");
        chinese.Json().GetProperty("standing").GetString()!.ShouldMatch("[一-龥]{2}");
        chinese.Content.ContentLanguage.ShouldBe(["zh-CN"]);
        (await PostAsync(Role.Viewer, "/explain", new { customer = "nobody" }))
            .Was(HttpStatusCode.NotFound)
            .Problem("not-found")
            .ShouldContain("'nobody'");
    }

    [Theory]
    [InlineData("/report?asOf=yesterday", "yesterday")]
    [InlineData("/report?asOf=", "asOf=")]
    [InlineData("/report?asof=2026-02-01&asOf=2026-02-02", "twice")]
    [InlineData("/report?campagin=win-back", "campagin")]
    [InlineData("/report?asOf=1900-01-01", "1970")]
    [InlineData("/campaigns?key=win-back", "key")]
    public async Task A_question_put_wrongly_is_refused_and_not_guessed(string path, string named) =>
        (await GetAsync(Role.Viewer, path)).Was(HttpStatusCode.BadRequest).Problem("bad-request").ShouldContain(named);

    [Fact]
    public async Task The_report_comes_as_a_document_as_text_and_as_a_page()
    {
        await BuyAsync("c1");

        (await GetAsync(Role.Viewer, "/report?asOf=2026-02-01")).Json().GetProperty("asOf").GetString().ShouldBe("2026-02-01");
        (await GetAsync(Role.Viewer, "/report", "text/plain")).Body.ShouldContain("════");
        var page = (await GetAsync(Role.Viewer, "/report", "text/html", "zh")).Was(HttpStatusCode.OK);
        page.Body.ShouldStartWith("<!doctype html>");
        page.Content.ContentType!.MediaType.ShouldBe("text/html");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        (await GetAsync(Role.Viewer, "/report?campaign=nothing")).Was(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_base_is_scored_at_the_end_of_a_day()
    {
        await BuyAsync("c1");

        (await PostAsync(Role.Operator, "/score?asOf=2026-01-04")).Json().GetProperty("customers").GetInt32().ShouldBe(0);
        (await PostAsync(Role.Operator, "/score?asOf=2026-01-05")).Json().GetProperty("customers").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Segments_are_counted_and_an_expression_with_them()
    {
        await BuyAsync("c1");
        await BuyAsync("c2");

        var counts = (await PostAsync(Role.Marketer, "/segments?asOf=2026-01-05", new { })).Was(HttpStatusCode.OK).Json();
        counts.GetProperty("customers").GetInt32().ShouldBe(2);
        counts.GetProperty("stages").GetProperty("new").GetInt32().ShouldBe(2);
        counts.GetProperty("asked").ValueKind.ShouldBe(JsonValueKind.Null);

        var asked = (await PostAsync(Role.Marketer, "/segments?asOf=2026-01-05", new { expression = "orders = 1", list = true }))
            .Json()
            .GetProperty("asked");
        asked.GetProperty("customers").GetInt32().ShouldBe(2);
        asked.GetProperty("ids").EnumerateArray().Select(i => i.GetString()).Order().ShouldBe(["c1", "c2"]);

        (await PostAsync(Role.Marketer, "/segments", new { expression = "order = 1" }))
            .Was(HttpStatusCode.BadRequest)
            .Problem("bad-request")
            .ShouldStartWith("Expression, column 1:");
        (await PostAsync(Role.Viewer, "/segments", new { })).Was(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_dead_letter_is_read_and_replayed_or_dropped_with_a_reason_that_stays_on_file()
    {
        await _home.ParkAsync(Odd, "nobody knows it");
        var id = (await GetAsync(Role.Operator, "/deadletters")).Was(HttpStatusCode.OK).Json()[0].GetProperty("id").GetString()!;
        var path = "/deadletters/" + Uri.EscapeDataString(id);
        (await GetAsync(Role.Operator, path))
            .Was(HttpStatusCode.OK)
            .Json()
            .GetProperty("reason")
            .GetString()!
            .ShouldContain("nobody knows it");

        (await PostAsync(Role.Operator, path + "/drop", new { reason = "  " })).Was(HttpStatusCode.BadRequest);
        (await PostAsync(Role.Operator, path + "/drop", new { })).Was(HttpStatusCode.BadRequest);
        (await PostAsync(Role.Operator, path + "/replay", new { reason = "the customer is back" })).Was(HttpStatusCode.OK);
        (await GetAsync(Role.Operator, path)).Was(HttpStatusCode.NotFound);

        await _home.ParkAsync(Odd with { Seq = 1 }, "again");
        var second = (await GetAsync(Role.Operator, "/deadletters")).Json()[0].GetProperty("id").GetString()!;
        (await PostAsync(Role.Operator, $"/deadletters/{Uri.EscapeDataString(second)}/drop", new { reason = "a test" })).Was(
            HttpStatusCode.OK
        );
        (await GetAsync(Role.Operator, "/deadletters")).Json().GetArrayLength().ShouldBe(0);
        var log = (await GetAsync(Role.Approver, "/operations")).Was(HttpStatusCode.OK).Json();
        var done = log.EnumerateArray().Select(o => (o.GetProperty("what").GetString(), o.GetProperty("why").GetString())).ToArray();
        done.ShouldBe([("drop-dead-letter", "a test"), ("replay-dead-letter", "the customer is back")], ignoreOrder: true);
        log[0].GetProperty("by").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task Whoever_runs_campaigns_may_stop_all_sending_and_only_an_operator_lets_it_go_on()
    {
        (await PostAsync(Role.Marketer, "/kill-switch/on", new { reason = "wrong price in the mail" })).Was(HttpStatusCode.OK);
        (await _home.Product.Campaigns.IsKilledAsync()).ShouldBeTrue();
        (await PostAsync(Role.Marketer, "/kill-switch/off", new { reason = "mended" })).Was(HttpStatusCode.Forbidden);
        var status = (await GetAsync(Role.Viewer, "/status")).Was(HttpStatusCode.OK).Json();
        status.GetProperty("sending").GetProperty("killed").GetBoolean().ShouldBeTrue();
        status.GetProperty("fine").GetBoolean().ShouldBeFalse();

        (await PostAsync(Role.Operator, "/kill-switch/off", new { reason = "mended" })).Was(HttpStatusCode.OK);

        (await _home.Product.Campaigns.IsKilledAsync()).ShouldBeFalse();
        (await GetAsync(Role.Operator, "/operations"))
            .Json()[0]
            .GetProperty("why")
            .GetString()
            .ShouldBeOneOf("mended", "wrong price in the mail");
    }

    [Fact]
    public async Task A_home_tells_what_it_is_and_a_caller_who_they_are()
    {
        var status = (await GetAsync(Role.Viewer, "/status")).Was(HttpStatusCode.OK).Json();
        status.GetProperty("home").GetString().ShouldBeOneOf("embedded", "azure");
        status.GetProperty("business").GetString().ShouldNotBeNullOrWhiteSpace();
        status.GetProperty("version").GetString().ShouldNotBeNullOrWhiteSpace();
        status.GetProperty("campaigns").GetProperty("live").GetInt32().ShouldBe(0);

        (await GetAsync(Role.Salesperson, "/me")).Json().GetProperty("roles").EnumerateArray().Single().GetString().ShouldBe("salesperson");
        (await GetAsync(Role.Salesperson, "/report"))
            .Was(HttpStatusCode.Forbidden)
            .Problem("not-allowed")
            .ShouldContain("viewer, marketer, approver, operator");
        (await GetAsync(Role.Viewer, "/nothing/here")).Was(HttpStatusCode.NotFound).Problem("no-such-address");
    }

    [Fact]
    public async Task Nobody_learns_anything_without_a_name()
    {
        using var nobody = await _home.ClientForAsync(null);
        foreach (var path in new[] { "/status", "/campaigns/win-back", "/nothing/here", "" })
        {
            using var answer = await nobody.GetAsync("/api/v1" + path);

            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            answer.Headers.WwwAuthenticate.Single().Scheme.ShouldBe("Bearer");
        }
    }

    [Fact]
    public async Task The_administrator_may_do_everything()
    {
        (await GetAsync(Role.Administrator, "/operations")).Was(HttpStatusCode.OK);
        (await PostAsync(Role.Administrator, "/score")).Was(HttpStatusCode.OK);
        await _home.ParkAsync(Odd, "odd");
        (await GetAsync(Role.Administrator, "/deadletters?limit=1")).Json().GetArrayLength().ShouldBe(1);
        (await GetAsync(Role.Administrator, "/deadletters?limit=0")).Was(HttpStatusCode.BadRequest);
    }
}

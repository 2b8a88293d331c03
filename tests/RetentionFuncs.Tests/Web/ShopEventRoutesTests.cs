using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using RetentionFuncs.Queues;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Web;
using RetentionFuncs.Web.Access;

namespace RetentionFuncs.Tests.Web;

public sealed class ShopEventRoutesTests : IAsyncLifetime
{
    private const string Changed = """
        {"schema":1,"id":"e1","type":"customer.changed","occurredAt":"2026-03-02T09:00:00+01:00","customer":{"id":"c1","name":"Ada"}}
        """;

    private readonly TripWorld _world = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private WebApplication _app = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        _ = builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Use(
            (context, next) =>
            {
                MachineCallers.Vouch(context);
                return next(context);
            }
        );
        _app.UseRouting();
        _app.MapRetention(new WebHome(_world.Product, new NoLetters()) { ServesMachines = true });
        await _app.StartAsync();
        _http.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task An_event_is_taken_in_with_202_and_applied_by_its_message()
    {
        var (status, answer) = await PostAsync(Changed);
        status.ShouldBe(HttpStatusCode.Accepted);
        answer.GetProperty("accepted").GetInt32().ShouldBe(1);
        answer.GetProperty("events")[0].GetProperty("status").GetString().ShouldBe("accepted");
        await _world.Queue.DeliverDueAsync(_world.Product.Handler);
        (await _world.PartitionAsync("c1")).ShouldNotBeNull();
        (await PostAsync($"[{Changed},{Changed}]")).Answer.GetProperty("repeated").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task What_is_wrong_is_told_for_each_event_in_the_readers_language()
    {
        var odd = Changed.Replace("\"c1\"", "null", StringComparison.Ordinal);
        var (status, answer) = await PostAsync($"{Changed}\n{odd.Replace("e1", "e2", StringComparison.Ordinal)}\n7", "zh-CN");
        status.ShouldBe(HttpStatusCode.Accepted);
        answer
            .GetProperty("events")
            .EnumerateArray()
            .Select(e => e.GetProperty("status").GetString())
            .ShouldBe(["accepted", "setAside", "refused"]);
        var finding = answer.GetProperty("events")[1].GetProperty("findings")[0];
        (finding.GetProperty("path").GetString(), finding.GetProperty("message").GetString()).ShouldBe(("customer.id", "缺失"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("7")]
    public async Task A_body_without_any_event_is_400_with_problem_details(string body)
    {
        var (status, answer) = await PostAsync(body);
        status.ShouldBe(HttpStatusCode.BadRequest);
        answer.GetProperty("status").GetInt32().ShouldBe(400);
        answer.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_body_above_1_MiB_is_413_whether_it_says_so_or_not()
    {
        (await PostAsync(new string(' ', (1024 * 1024) + 1))).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/machine/v1/events")
        {
            Content = new StreamContent(new MemoryStream(new byte[2_000_000])),
        };
        chunked.Headers.TransferEncodingChunked = true;
        (await _http.SendAsync(chunked)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await PostAsync(Changed + new string(' ', (1024 * 1024) - Encoding.UTF8.GetByteCount(Changed)))).Status.ShouldBe(
            HttpStatusCode.Accepted
        );
    }

    [Fact]
    public async Task Only_POST_is_answered() => (await _http.GetAsync("/machine/v1/events")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    private async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(string body, string language = "en")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/machine/v1/events")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var answer = await _http.SendAsync(request);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    private sealed class NoLetters : IDeadLetters
    {
        public ValueTask<IReadOnlyList<DeadLetter>> ListAsync(int limit = 100) => ValueTask.FromResult<IReadOnlyList<DeadLetter>>([]);

        public ValueTask<DeadLetter?> FindAsync(string id) => ValueTask.FromResult<DeadLetter?>(null);

        public ValueTask<bool> ReplayAsync(string id) => ValueTask.FromResult(false);

        public ValueTask<bool> DropAsync(string id) => ValueTask.FromResult(false);
    }
}

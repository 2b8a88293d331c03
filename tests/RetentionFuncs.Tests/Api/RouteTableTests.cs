using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using RetentionFuncs.Queues;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Web;
using RetentionFuncs.Web.Access;

namespace RetentionFuncs.Tests.Api;

/// <summary>Walks every route that a home serves, so that none is ever added without a lock.</summary>
public sealed class RouteTableTests : IAsyncLifetime
{
    private readonly TripWorld _world = new();
    private readonly Dictionary<Role, string> _tokens = [];
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        var users = new LocalUsers(_world.Store, _world.Clock);
        foreach (var role in Enum.GetValues<Role>())
        {
            _tokens[role] = ((AddUserEnding.Added)await users.AddAsync(Roles.NameOf(role), role)).Token;
        }

        (_app, _http) = await ServeAsync(
            new WebHome(_world.Product, new NoDeadLetters()) { Callers = new LocalCallers(users), ServesMachines = true }
        );
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    internal static async Task<(WebApplication App, HttpClient Http)> ServeAsync(WebHome home, Action<HttpContext>? first = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.Use(
            (context, next) =>
            {
                first?.Invoke(context);
                return next(context);
            }
        );
        app.UseRouting();
        app.MapRetention(home);
        await app.StartAsync();
        return (app, new HttpClient { BaseAddress = new Uri(app.Urls.Single()) });
    }

    private IEnumerable<(string Method, string Pattern)> Routes() =>
        from endpoint in ((IEndpointRouteBuilder)_app).DataSources.SelectMany(s => s.Endpoints).Cast<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST", "PUT", "DELETE"]
        select (method, endpoint.RoutePattern.RawText!);

    private async Task<HttpStatusCode> AskAsync(string method, string pattern, string? token)
    {
        var path = Regex.Replace(pattern, @"\{[^}]+\}", "something");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }

    [Fact]
    public async Task Every_route_is_public_by_name_or_turns_strangers_away()
    {
        var locked = Routes().Where(r => !RouteAccess.Public.Contains(r.Pattern)).ToArray();
        locked.Length.ShouldBeGreaterThan(RouteAccess.Api.Count);
        foreach (var (method, pattern) in locked)
        {
            (await AskAsync(method, pattern, null)).ShouldBe(HttpStatusCode.Unauthorized, $"{method} {pattern}");
            (await AskAsync(method, pattern, "rf_" + new string('A', 43))).ShouldBe(HttpStatusCode.Unauthorized, $"{method} {pattern}");
        }
    }

    [Fact]
    public async Task Every_write_turns_a_viewer_away()
    {
        var writes = Routes()
            .Where(r =>
                r.Method is not ("GET" or "HEAD")
                && r.Pattern.StartsWith("/api/v1/", StringComparison.Ordinal)
                && !r.Pattern.Contains("rest")
                && r.Pattern != "/api/v1/explain"
            );
        foreach (var (method, pattern) in writes)
        {
            (await AskAsync(method, pattern, _tokens[Role.Viewer])).ShouldBe(HttpStatusCode.Forbidden, $"{method} {pattern}");
        }
    }

    [Fact]
    public async Task Every_line_of_the_table_is_served_and_keeps_out_whoever_it_does_not_name()
    {
        var served = Routes().ToHashSet();
        foreach (var rule in RouteAccess.Api)
        {
            served.ShouldContain((rule.Method, "/api/v1" + rule.Path));
            served.ShouldContain((rule.Method, "/machine/v1" + rule.Path));
            foreach (var role in Enum.GetValues<Role>())
            {
                var allowed = rule.Roles.Count == 0 || role == Role.Administrator || rule.Roles.Contains(role);
                var status = await AskAsync(rule.Method, "/api/v1" + rule.Path, _tokens[role]);

                (status == HttpStatusCode.Forbidden).ShouldBe(!allowed, $"{rule.Method} {rule.Path} as {role}: {status}");
            }
        }
    }

    [Fact]
    public async Task No_header_opens_the_machines_door()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/machine/v1/status");
        request.Headers.Add("x-functions-key", "key");
        request.Headers.Add("KeyChecked", "true");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens[Role.Administrator]);
        using var answer = await _http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_machine_the_host_vouches_for_works_and_runs_campaigns_at_its_own_door_only()
    {
        var home = new WebHome(_world.Product, new NoDeadLetters()) { ServesMachines = true };
        var (app, http) = await ServeAsync(home, MachineCallers.Vouch);

        (await http.GetAsync("/machine/v1/deadletters")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await http.PostAsync("/machine/v1/campaigns/nothing/launch", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await http.GetStringAsync("/machine/v1/me")).ShouldContain("operator");
        (await http.GetAsync("/machine/v1/me/../../../api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await http.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        http.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public void The_page_lists_every_route_with_its_roles()
    {
        var page = File.ReadAllLines(Path.Combine(RepositoryFolder(), "src", "RetentionFuncs.Web", "Api", "README.md"));
        foreach (var rule in RouteAccess.Api)
        {
            var roles = rule.Roles.Count == 0 ? "any" : string.Join(", ", rule.Roles.Select(Roles.NameOf));

            page.ShouldContain(
                line => line.StartsWith($"| `{rule.Method} {rule.Path}` | {roles} |"),
                $"{rule.Method} {rule.Path} | {roles}"
            );
        }
    }

    private static string RepositoryFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "RetentionFuncs.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [Fact]
    public async Task A_home_that_does_not_say_how_callers_are_known_lets_nobody_in_and_serves_no_machines()
    {
        var (app, http) = await ServeAsync(new WebHome(_world.Product, new NoDeadLetters()));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _tokens[Role.Administrator]);

        (await http.GetAsync("/api/v1/status")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await http.GetAsync("/machine/v1/status")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        http.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_store_that_is_away_is_said_so_with_a_time_to_come_back()
    {
        var away = new TripWorld();
        var (app, http) = await ServeAsync(new WebHome(away.Product, new NoDeadLetters()) { Callers = new StoreAway() });

        using var answer = await http.GetAsync("/api/v1/status");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(10));
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("secret detail");
        http.Dispose();
        await app.DisposeAsync();
    }

    private sealed class StoreAway : ICallerSource
    {
        public ValueTask<Caller?> FindAsync(HttpRequest request) => throw new StoreUnavailableException("secret detail");
    }

    private sealed class NoDeadLetters : IDeadLetters
    {
        public ValueTask<IReadOnlyList<DeadLetter>> ListAsync(int limit = 100) => ValueTask.FromResult<IReadOnlyList<DeadLetter>>([]);

        public ValueTask<DeadLetter?> FindAsync(string id) => ValueTask.FromResult<DeadLetter?>(null);

        public ValueTask<bool> ReplayAsync(string id) => ValueTask.FromResult(false);

        public ValueTask<bool> DropAsync(string id) => ValueTask.FromResult(false);
    }
}

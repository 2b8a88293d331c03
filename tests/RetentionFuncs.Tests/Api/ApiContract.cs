using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Web.Access;

namespace RetentionFuncs.Tests.Api;

/// <summary>What the API promises in every home that serves it.</summary>
public abstract partial class ApiContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Checkout = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private readonly Dictionary<Role, HttpClient> _clients = [];
    private ApiHome _home = null!;

    /// <summary>An empty home whose clock stands on 2026-03-02 or runs; of a shop in euros.</summary>
    protected abstract Task<ApiHome> OpenAsync();

    public async Task InitializeAsync() => _home = await OpenAsync();

    public async Task DisposeAsync()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }

        await _home.DisposeAsync();
    }

    private async Task<HttpClient> As(Role role) =>
        _clients.TryGetValue(role, out var known) ? known : _clients[role] = await _home.ClientForAsync(role);

    private static Dictionary<string, string> Shipped() =>
        ShippedCampaigns.Texts("Linden & Leaf", "hello@linden.shop", "Lindenweg 1, 10115 Berlin").ToDictionary(t => t.File, t => t.Text);

    private async Task<Answer> AskAsync(
        Role role,
        HttpMethod method,
        string path,
        object? body = null,
        string? ifMatch = null,
        string accept = "application/json",
        string language = "en"
    )
    {
        using var request = new HttpRequestMessage(method, "/api/v1" + path);
        request.Headers.Accept.ParseAdd(accept);
        request.Headers.AcceptLanguage.ParseAdd(language);
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        request.Content = body switch
        {
            null => null,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            _ => new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        using var answer = await (await As(role)).SendAsync(request);
        return new Answer(answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Content.Headers, answer.Headers);
    }

    private Task<Answer> GetAsync(Role role, string path, string accept = "application/json", string language = "en") =>
        AskAsync(role, HttpMethod.Get, path, accept: accept, language: language);

    private Task<Answer> PostAsync(Role role, string path, object? body = null, string? ifMatch = null, string language = "en") =>
        AskAsync(role, HttpMethod.Post, path, body, ifMatch, language: language);

    private async Task<Answer> ApplyShippedAsync() =>
        (await PostAsync(Role.Marketer, "/campaigns/apply", new { files = Shipped() })).Was(HttpStatusCode.OK);

    private async Task BuyAsync(string customer)
    {
        EmailAddress.TryParse($"ada{customer.Length}@post.linden.shop", out var email, out _).ShouldBeTrue();
        var consent = new Consent(ConsentState.Granted, ConsentBasis.Express, "checkout", Checkout, Checkout);
        await _home.Product.RecordCustomer.RunAsync(
            new CustomerNews(customer, null, null, null, Contact.Primary, null, "Ada Winter", email, null, "DE", "en", null, null, consent),
            Checkout
        );
        var order = new Order("o-" + customer, Checkout, Checkout, OrderStatus.Placed, new Money(50, "EUR"), 0, [], []);
        await _home.Product.RecordOrders.RunAsync(customer, [order], Checkout);
    }

    protected sealed record Answer(HttpStatusCode Status, string Body, HttpContentHeaders Content, HttpResponseHeaders Headers)
    {
        public Answer Was(HttpStatusCode status)
        {
            Status.ShouldBe(status, Body);
            return this;
        }

        public JsonElement Json()
        {
            using var document = JsonDocument.Parse(Body);
            return document.RootElement.Clone();
        }

        /// <summary>The detail of problem details, which must be whole.</summary>
        public string Problem(string code)
        {
            Content.ContentType!.MediaType.ShouldBe("application/problem+json");
            var problem = Json();
            problem.GetProperty("type").GetString().ShouldBe("urn:retentionfuncs:problem:" + code);
            problem.GetProperty("status").GetInt32().ShouldBe((int)Status);
            problem.GetProperty("title").GetString().ShouldNotBeNullOrWhiteSpace();
            return problem.GetProperty("detail").GetString()!;
        }
    }
}

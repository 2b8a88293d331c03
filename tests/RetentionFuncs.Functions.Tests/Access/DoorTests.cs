using System.Net;
using RetentionFuncs.AzureAdapters.Tests.Azurite;
using RetentionFuncs.Functions.Tests.Api;
using RetentionFuncs.Functions.Tests.Worlds;
using RetentionFuncs.Web.Access;

namespace RetentionFuncs.Functions.Tests.Access;

/// <summary>Who comes in by which door, through the functions.</summary>
public sealed class DoorTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private async Task<HttpStatusCode> StatusAsync(string? authentication, string path, string? principal, string? key)
    {
        await using var world = await FunctionsWorld.StartAsync(
            azurite.ConnectionString,
            settings: new Dictionary<string, string?> { [PlatformCallers.Variable] = authentication }
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (principal is not null)
        {
            request.Headers.Add(PlatformCallers.Header, principal);
        }

        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        using var answer = await world.Http.SendAsync(request);
        return answer.StatusCode;
    }

    [Fact]
    public async Task With_the_platforms_authentication_on_its_word_is_taken() =>
        (await StatusAsync("True", "/api/v1/status", FunctionsApiTests.PrincipalOf(Role.Viewer), null)).ShouldBe(HttpStatusCode.OK);

    [Theory]
    [InlineData(null)]
    [InlineData("False")]
    [InlineData("1")]
    public async Task With_it_off_the_same_header_opens_nothing(string? authentication) =>
        (await StatusAsync(authentication, "/api/v1/status", FunctionsApiTests.PrincipalOf(Role.Administrator), null)).ShouldBe(
            HttpStatusCode.Unauthorized
        );

    [Fact]
    public async Task A_function_key_opens_the_machines_door_and_no_other()
    {
        (await StatusAsync(null, "/machine/v1/status", null, FunctionSite.Key)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(null, "/machine/v1/status", null, "another")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(null, "/api/v1/status", null, FunctionSite.Key)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/machine/v1/../v1/status")]
    [InlineData("/Machine/v1/status")]
    [InlineData("/machine%2fv1/status")]
    public async Task No_spelling_of_the_path_comes_in_without_a_key(string path) =>
        (await StatusAsync(null, path, FunctionsApiTests.PrincipalOf(Role.Administrator), null)).ShouldBeOneOf(
            HttpStatusCode.Unauthorized,
            HttpStatusCode.NotFound
        );

    [Fact]
    public async Task An_unsigned_word_about_deliveries_is_refused_and_writes_nothing()
    {
        await using var world = await FunctionsWorld.StartAsync(azurite.ConnectionString);
        using var answer = await world.Http.PostAsync("/webhooks/sendgrid", new StringContent("[]"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await world.PumpAsync()).ShouldBe(0);
    }
}

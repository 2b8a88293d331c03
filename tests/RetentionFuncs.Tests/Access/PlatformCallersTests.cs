using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RetentionFuncs.Web.Access;

namespace RetentionFuncs.Tests.Access;

public sealed class PlatformCallersTests
{
    private static string Principal(object principal) => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(principal));

    private static string Of(params (string Typ, string Val)[] claims) =>
        Principal(
            new
            {
                auth_typ = "aad",
                name_typ = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
                role_typ = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role",
                claims = claims.Select(c => new { typ = c.Typ, val = c.Val }),
            }
        );

    private static async Task<Caller?> FindAsync(bool isOn, params string[] headers)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers[PlatformCallers.Header] = headers;
        return await new PlatformCallers(isOn).FindAsync(context.Request);
    }

    [Fact]
    public async Task A_principal_has_the_roles_of_either_claim_type_and_the_name_of_its_own()
    {
        var caller = await FindAsync(
            true,
            Of(
                ("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", "ada@linden.shop"),
                ("roles", "Marketer"),
                ("http://schemas.microsoft.com/ws/2008/06/identity/claims/role", "approver"),
                ("groups", "operator"),
                ("roles", "owner")
            )
        );

        caller!.Name.ShouldBe("ada@linden.shop");
        caller.Roles.ShouldBe([Role.Marketer, Role.Approver], ignoreOrder: true);
    }

    [Fact]
    public async Task With_authentication_off_a_perfect_header_lets_nobody_in()
    {
        (await FindAsync(false, Of(("roles", "administrator")))).ShouldBeNull();
    }

    [Theory]
    [InlineData("True", true)]
    [InlineData("true", true)]
    [InlineData("False", false)]
    [InlineData("1", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_the_word_True_of_the_platform_turns_it_on(string? variable, bool isOn) =>
        PlatformCallers.IsOn(variable).ShouldBe(isOn);

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("bnVsbA==")]
    [InlineData("W10=")]
    [InlineData("e30=")]
    public async Task What_is_no_principal_lets_nobody_in(string header) => (await FindAsync(true, header)).ShouldBeNull();

    [Fact]
    public async Task A_principal_that_nobody_authenticated_or_that_comes_twice_lets_nobody_in()
    {
        (await FindAsync(true)).ShouldBeNull();
        (await FindAsync(true, Principal(new { auth_typ = "", claims = Array.Empty<object>() }))).ShouldBeNull();
        (await FindAsync(true, Principal(new { auth_typ = "aad" }))).ShouldBeNull();
        (await FindAsync(true, Of(("roles", "viewer")), Of(("roles", "administrator")))).ShouldBeNull();
    }

    [Fact]
    public async Task Somebody_without_a_role_is_known_and_allowed_nothing()
    {
        var caller = await FindAsync(true, Of(("name", "Ada")));

        caller!.Name.ShouldBe("Ada");
        caller.HasOneOf(Enum.GetValues<Role>()).ShouldBeFalse();
    }

    [Fact]
    public async Task Only_the_hosts_own_code_vouches_for_a_machine()
    {
        var context = new DefaultHttpContext();
        context.Request.Headers["x-functions-key"] = "anything";
        context.Items["KeyChecked"] = true;
        (await MachineCallers.Instance.FindAsync(context.Request)).ShouldBeNull();

        MachineCallers.Vouch(context);

        var machine = await MachineCallers.Instance.FindAsync(context.Request);
        machine!.Roles.ShouldBe([Role.Operator, Role.Marketer], ignoreOrder: true);
    }

    [Fact]
    public async Task Claims_that_are_nothing_do_no_harm()
    {
        var odd = Convert.ToBase64String(
            Encoding.UTF8.GetBytes("""{"auth_typ":"aad","claims":[null,{},{"typ":"roles"},{"val":"viewer"}]}""")
        );

        (await FindAsync(true, odd))!.Roles.ShouldBeEmpty();
    }
}

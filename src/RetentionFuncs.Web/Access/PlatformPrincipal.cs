using System.Text.Json;
using System.Text.Json.Serialization;

namespace RetentionFuncs.Web.Access;

/// <summary>The platform's principal: base64 of JSON with <c>auth_typ</c>, <c>name_typ</c>, <c>role_typ</c> and <c>claims</c> of <c>typ</c> and <c>val</c>.</summary>
internal static partial class PlatformPrincipal
{
    /// <summary>A directory's app roles come under this type, whatever <c>role_typ</c> says.</summary>
    private const string DirectoryRoles = "roles";

    private static readonly string[] Names = ["preferred_username", "name", "appid", "azp"];

    /// <returns>Null for what is not a principal, and for one that nobody authenticated.</returns>
    public static Caller? Read(string? header)
    {
        if (Parse(header) is not { AuthTyp.Length: > 0, Claims: { } claims } principal)
        {
            return null;
        }

        var roles = claims
            .Where(c => c is { Typ: not null, Val: not null } && (c.Typ == DirectoryRoles || c.Typ == principal.RoleTyp))
            .Select(c => Roles.Of(c!.Val!))
            .OfType<Role>()
            .ToHashSet();
        var name = Names.Prepend(principal.NameTyp).Select(type => ValueOf(claims, type)).FirstOrDefault(v => v is not null);
        return new Caller(name ?? "unnamed", roles);
    }

    private static string? ValueOf(IReadOnlyList<Claim?> claims, string? type) =>
        type is null ? null : claims.FirstOrDefault(c => c?.Typ == type && !string.IsNullOrWhiteSpace(c.Val))?.Val;

    private static Principal? Parse(string? header)
    {
        if (string.IsNullOrEmpty(header))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(Convert.FromBase64String(header), PrincipalJson.Default.Principal);
        }
        catch (Exception broken) when (broken is FormatException or JsonException)
        {
            return null;
        }
    }

    internal sealed record Claim([property: JsonPropertyName("typ")] string? Typ, [property: JsonPropertyName("val")] string? Val);

    internal sealed record Principal(
        [property: JsonPropertyName("auth_typ")] string? AuthTyp,
        [property: JsonPropertyName("name_typ")] string? NameTyp,
        [property: JsonPropertyName("role_typ")] string? RoleTyp,
        [property: JsonPropertyName("claims")] IReadOnlyList<Claim?>? Claims
    );

    [JsonSerializable(typeof(Principal))]
    private sealed partial class PrincipalJson : JsonSerializerContext;
}

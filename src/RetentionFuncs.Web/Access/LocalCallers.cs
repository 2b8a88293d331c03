using Microsoft.AspNetCore.Http;

namespace RetentionFuncs.Web.Access;

/// <summary>Local users by their token in <c>Authorization: Bearer</c>; never by a cookie or an address, so no other page can use it.</summary>
public sealed class LocalCallers(LocalUsers users) : ICallerSource
{
    private const string Scheme = "Bearer ";

    public async ValueTask<Caller?> FindAsync(HttpRequest request)
    {
        var given = request.Headers.Authorization;
        return
            given is [{ } header]
            && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && await users.FindAsync(header[Scheme.Length..].Trim()) is { } user
            ? new Caller(user.Name, new HashSet<Role> { user.Role })
            : null;
    }
}

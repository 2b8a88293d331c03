using Microsoft.AspNetCore.Http;

namespace RetentionFuncs.Web.Access;

/// <summary>
/// Callers that App Service authentication has let in. The platform takes the principal's header off what a client sends only while the
/// feature is on; so with the feature off the header is worth nothing, and nobody is let in.
/// </summary>
/// <param name="isOn">Whether the platform itself says that authentication is on (<c>WEBSITE_AUTH_ENABLED</c> is <c>True</c>).</param>
public sealed class PlatformCallers(bool isOn) : ICallerSource
{
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    /// <summary>The variable by which the platform says so.</summary>
    public const string Variable = "WEBSITE_AUTH_ENABLED";

    /// <summary>What the variable's value means; all but <c>True</c> is off.</summary>
    public static bool IsOn(string? variable) => string.Equals(variable, "True", StringComparison.OrdinalIgnoreCase);

    public ValueTask<Caller?> FindAsync(HttpRequest request)
    {
        var given = request.Headers[Header];
        return ValueTask.FromResult(isOn && given.Count == 1 ? PlatformPrincipal.Read(given[0]) : null);
    }
}

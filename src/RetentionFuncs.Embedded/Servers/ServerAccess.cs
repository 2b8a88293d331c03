using System.Net;
using RetentionFuncs.Embedded.Home;

namespace RetentionFuncs.Embedded.Servers;

/// <summary>Where a running home answers, and by what it knows the caller.</summary>
/// <param name="Address">Of the home, without the API's own path; https, or http on this machine.</param>
/// <param name="Token">A person's token, sent as <c>Authorization: Bearer</c>; null sends none.</param>
/// <param name="Key">A machine's function key, sent as <c>x-functions-key</c>; with it everything is asked under <c>/machine/v1</c>.</param>
public sealed record ServerAccess(Uri Address, string? Token, string? Key)
{
    public const string TokenVariable = "RETENTION_TOKEN";
    public const string KeyVariable = "RETENTION_KEY";

    /// <summary>What every path of the API is added to; ends with a slash.</summary>
    public Uri Root => new(new Uri(Address.AbsoluteUri.TrimEnd('/') + "/"), Key is null ? "api/v1/" : "machine/v1/");

    /// <param name="token">As given with the command; else the variable's.</param>
    /// <exception cref="HomeRefusedException">The address is none, or would carry a secret in clear over a network.</exception>
    public static ServerAccess Of(string address, string? token)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new HomeRefusedException(
                new(
                    $"--server {address}: write the home's whole address, such as https://retention.example.com.",
                    $"--server {address}：请写完整地址，例如 https://retention.example.com。"
                )
            );
        }

        if (uri.Scheme == "http" && !IsHere(uri))
        {
            throw new HomeRefusedException(
                new(
                    $"--server {address}: over http anyone on the way could read the token; use https.",
                    $"--server {address}：使用 http 会在途中泄露令牌，请改用 https。"
                )
            );
        }

        return new ServerAccess(uri, Secret(token) ?? Variable(TokenVariable), Variable(KeyVariable));
    }

    private static bool IsHere(Uri uri) => uri.IsLoopback || (IPAddress.TryParse(uri.Host, out var ip) && IPAddress.IsLoopback(ip));

    private static string? Variable(string name) => Secret(Environment.GetEnvironmentVariable(name), name);

    private static string? Secret(string? given, string name = "--token") =>
        given is null or "" ? null
        : given.All(c => c is > ' ' and < '\u007f') ? given
        : throw new HomeRefusedException(
            new(
                $"{name} has characters that no token has, such as a space or a line end; copy it again.",
                $"{name} 含有令牌中不会出现的字符（如空格或换行），请重新复制。"
            )
        );
}

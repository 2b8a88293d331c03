namespace Azure.Data.Tables.Wire;

/// <summary>What a connection string says: where the tables are and with which key to sign.</summary>
internal sealed record TableAccount(Uri Endpoint, string Name, string Key)
{
    private const string DevelopmentName = "devstoreaccount1";
    private const string DevelopmentKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <exception cref="InvalidOperationException">It names no account, key or endpoint.</exception>
    public static TableAccount Of(string connectionString)
    {
        var settings = connectionString
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .ToDictionary(part => part[0], part => part.Length > 1 ? part[1] : "", StringComparer.OrdinalIgnoreCase);
        if (settings.TryGetValue("UseDevelopmentStorage", out var flag) && bool.Parse(flag))
        {
            return new TableAccount(new Uri($"http://127.0.0.1:10002/{DevelopmentName}"), DevelopmentName, DevelopmentKey);
        }

        var (name, key) = (Needed(settings, "AccountName"), Needed(settings, "AccountKey"));
        var endpoint = settings.TryGetValue("TableEndpoint", out var given)
            ? given
            : $"{settings.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{name}.table.{settings.GetValueOrDefault("EndpointSuffix", "core.windows.net")}";
        return new TableAccount(new Uri(endpoint), name, key);
    }

    private static string Needed(Dictionary<string, string> settings, string name) =>
        settings.TryGetValue(name, out var value)
            ? value
            : throw new InvalidOperationException($"The connection string has no {name}; the stand-in signs with an account key only.");
}

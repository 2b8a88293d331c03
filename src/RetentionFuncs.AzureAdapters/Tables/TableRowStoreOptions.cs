namespace RetentionFuncs.AzureAdapters.Tables;

/// <summary>Where the tables are and how long an answer is waited for.</summary>
public sealed record TableRowStoreOptions
{
    /// <summary>A connection string with an account key, or <c>UseDevelopmentStorage=true</c>. Outranks <see cref="Endpoint"/>.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The account's table endpoint, <c>https://NAME.table.core.windows.net</c>; asks for a credential.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Put before every table name, so that several installations share an account; letters and digits, a letter first.</summary>
    public string TablePrefix { get; init; } = "";

    /// <summary>Longest wait for the answer to one read before it is asked again; over zero.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a read without an answer is asked again; 0 to 10. Writes are never repeated.</summary>
    public int ReadRetries { get; init; } = 3;

    /// <summary>Longest wait for the answer to a write; after it the outcome is unknown. Over zero; the service itself gives up after 30 s.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(35);

    /// <summary>How long a caller stands still after a busy answer (429, 5xx) to a write, up to twice as long by chance; 0 or more.</summary>
    public TimeSpan BusyPause { get; init; } = TimeSpan.FromMilliseconds(200);
}

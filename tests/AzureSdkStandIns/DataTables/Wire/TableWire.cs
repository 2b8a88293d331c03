using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Wire;

/// <summary>Requests of the Table service: where they go and what every one of them says.</summary>
internal sealed class TableWire
{
    private const string Json = "application/json;odata=minimalmetadata";
    private readonly HttpPipeline _pipeline;
    private readonly string _version;

    public TableWire(Uri endpoint, HttpPipelinePolicy authentication, TableClientOptions options)
    {
        options ??= new TableClientOptions();
        Endpoint = endpoint.AbsoluteUri.TrimEnd('/');
        _version = options.VersionString;
        var parts = new HttpPipelineOptions(options) { RequestFailedDetailsParser = new TableErrors() };
        parts.PerRetryPolicies.Add(authentication);
        _pipeline = HttpPipelineBuilder.Build(parts);
    }

    public string Endpoint { get; }

    public string Version => _version;

    public string TableAddress(string table) => $"{Endpoint}/{table}";

    public string EntityAddress(string table, string partitionKey, string rowKey) =>
        $"{Endpoint}/{table}(PartitionKey='{Escape(partitionKey)}',RowKey='{Escape(rowKey)}')";

    /// <summary>Sends a request and answers with whatever came back, an error status too.</summary>
    public async Task<Response> SendAsync(
        RequestMethod method,
        string address,
        byte[] body,
        string ifMatch,
        CancellationToken cancellationToken,
        string contentType = "application/json"
    )
    {
        using var request = _pipeline.CreateRequest();
        request.Method = method;
        request.Uri.Reset(new Uri(address));
        request.Headers.SetValue("x-ms-version", _version);
        request.Headers.SetValue("DataServiceVersion", "3.0");
        request.Headers.SetValue("Accept", Json);
        if (ifMatch is not null)
        {
            request.Headers.SetValue("If-Match", ifMatch);
        }

        if (body is not null)
        {
            request.Headers.SetValue("Prefer", "return-no-content");
            request.Headers.SetValue("Content-Type", contentType);
            request.Content = RequestContent.Create(body);
        }

        return await _pipeline.SendRequestAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="RequestFailedException">An error status other than <paramref name="allowed"/>.</exception>
    public static Response Checked(Response response, int? allowed = null) =>
        response.Status is >= 200 and < 300 || response.Status == allowed ? response : throw new RequestFailedException(response);

    private static string Escape(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));
}

using System.Text.Json;
using Azure;
using Azure.Core;

namespace Azure.Data.Tables.Wire;

/// <summary><c>{"odata.error":{"code":"…","message":{"lang":"en-US","value":"…"}}}</c></summary>
internal sealed class TableErrors : RequestFailedDetailsParser
{
    public override bool TryParse(Response response, out ResponseError error, out IDictionary<string, string> data)
    {
        (error, data) = (Read(response.Content), new Dictionary<string, string>());
        return error is not null;
    }

    private static ResponseError Read(BinaryData content)
    {
        try
        {
            var error = JsonDocument.Parse(content).RootElement.GetProperty("odata.error");
            return new ResponseError(error.GetProperty("code").GetString(), error.GetProperty("message").GetProperty("value").GetString());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or NullReferenceException)
        {
            return null;
        }
    }
}

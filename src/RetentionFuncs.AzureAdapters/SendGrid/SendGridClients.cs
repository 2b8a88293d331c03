using SendGrid;

namespace RetentionFuncs.AzureAdapters.SendGrid;

/// <summary>
/// The package's client over an HTTP client of ours. The package's own retries stay off twice over: they are none by default, and it
/// never attaches them to a client it is given.
/// </summary>
internal static class SendGridClients
{
    public static SendGridClient New(HttpClient http, SendGridOptions options)
    {
        var settings = new SendGridClientOptions { ApiKey = options.ApiKey };
        if (string.IsNullOrEmpty(options.Host))
        {
            _ = settings.SetDataResidency(options.Region);
        }
        else
        {
            settings.Host = options.Host;
        }

        return new SendGridClient(http, settings);
    }
}

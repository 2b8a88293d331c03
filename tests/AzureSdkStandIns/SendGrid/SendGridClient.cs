using System.Net.Http.Headers;

namespace SendGrid;

public class SendGridClient : BaseClient
{
    public SendGridClient(HttpClient httpClient, SendGridClientOptions options)
        : base(httpClient, options) { }

    public SendGridClient(SendGridClientOptions options)
        : base(null, options) { }
}

public class SendGridClientOptions : BaseClientOptions
{
    private string apiKey;

    public string ApiKey
    {
        get => apiKey;
        set
        {
            ArgumentNullException.ThrowIfNullOrWhiteSpace(value);
            apiKey = value;
            Auth = new AuthenticationHeaderValue("Bearer", value);
        }
    }

    public SendGridClientOptions SetDataResidency(string region)
    {
        Host = region switch
        {
            "global" => "https://api.sendgrid.com",
            "eu" => "https://api.eu.sendgrid.com",
            null or "" => throw new ArgumentNullException(nameof(region)),
            _ => throw new InvalidOperationException("Region can only be 'global' or 'eu'."),
        };
        return this;
    }
}

public class BaseClientOptions
{
    public Dictionary<string, string> RequestHeaders { get; set; } = [];

    public string Host { get; set; } = "https://api.sendgrid.com";

    public string Version { get; set; } = "v3";

    public string UrlPath { get; set; }

    public AuthenticationHeaderValue Auth { get; set; }

    public bool HttpErrorAsException { get; set; }
}

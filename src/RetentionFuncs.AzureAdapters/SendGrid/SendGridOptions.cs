using RetentionFuncs.Messages.Submissions;

namespace RetentionFuncs.AzureAdapters.SendGrid;

/// <summary>The SendGrid account that messages are handed to; the settings are <c>SendGrid:ApiKey</c> and so on.</summary>
public sealed record SendGridOptions
{
    /// <summary>Needs Mail Send, and for <see cref="EmailLogs"/> the right to read the logs.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Another address than the region's, e.g. <c>http://127.0.0.1:5090</c>; empty: the region's.</summary>
    public string? Host { get; init; }

    /// <summary><c>global</c> or <c>eu</c>: where a subuser's data lives.</summary>
    public string Region { get; init; } = "global";

    /// <summary>Messages are checked by SendGrid and not sent; no delivery event ever comes.</summary>
    public bool Sandbox { get; init; }

    /// <summary>Whether unknown outcomes are looked up in the account's Email Logs (kept 30 days).</summary>
    public bool EmailLogs { get; init; }

    /// <summary>For one whole exchange.</summary>
    public TimeSpan Timeout { get; init; } = SubmissionHttp.DefaultTimeout;

    /// <summary>The key never stands in a log.</summary>
    public override string ToString() => $"SendGrid at {(string.IsNullOrEmpty(Host) ? Region : Host)}{(Sandbox ? " (sandbox)" : "")}";

    /// <exception cref="InvalidOperationException">A setting is missing or wrong; says which.</exception>
    public void Check()
    {
        if (ApiKey.Length == 0 || !ApiKey.All(c => c is > ' ' and < '\u007f'))
        {
            throw new InvalidOperationException("SendGrid:ApiKey is missing, or has characters that no key has; copy it again.");
        }

        if (Region is not ("global" or "eu"))
        {
            throw new InvalidOperationException($"SendGrid:Region is '{Region}'; it must be 'global' or 'eu'.");
        }

        if (!string.IsNullOrEmpty(Host) && !(Uri.TryCreate(Host, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            throw new InvalidOperationException($"SendGrid:Host is '{Host}'; it must be an absolute http or https address.");
        }

        if (Timeout <= TimeSpan.Zero)
        {
            throw new InvalidOperationException($"SendGrid:Timeout is {Timeout}; it must be more than nothing.");
        }
    }
}

using Microsoft.Extensions.Configuration;
using RetentionFuncs.AzureAdapters.SendGrid;
using RetentionFuncs.Identity;
using RetentionFuncs.Messages;
using RetentionFuncs.Settings;
using RetentionFuncs.Web.Access;
using RetentionFuncs.Web.Webhooks;

namespace RetentionFuncs.Functions.Home;

/// <summary>What the app's settings say, read once at start.</summary>
/// <param name="Storage">A table service address, reached with the app's identity, or a connection string for the emulator.</param>
/// <param name="ServiceBus">A namespace, reached with the app's identity, or a connection string for the emulator.</param>
/// <param name="ClientId">Of the user-assigned identity; null: the system's own.</param>
/// <param name="Webhooks">Whose signature is taken; closed without a key.</param>
/// <param name="PlatformAuthenticates">Whether the platform checks people's tokens; if not, the API is closed to people.</param>
/// <param name="TraceShare">Share of traces kept, 0 to 1.</param>
public sealed record HomeOptions(
    StorageTarget Storage,
    ServiceBusTarget ServiceBus,
    string? ClientId,
    SendGridOptions SendGrid,
    WebhookOptions Webhooks,
    SendLimits Limits,
    BusinessSettings Business,
    InstanceSecret Secret,
    bool PlatformAuthenticates,
    double TraceShare
)
{
    private const int SecretBytes = 32;

    /// <exception cref="SettingsRefusedException">A setting is missing or unreadable; names all of them at once.</exception>
    public static HomeOptions Read(IConfiguration configuration)
    {
        var read = new SettingsReader(configuration);
        var storage = new StorageTarget(
            read.Address(FunctionSettings.TableServiceUri),
            read.Text(FunctionSettings.StorageConnectionString),
            read.Text(FunctionSettings.StorageTablePrefix) ?? ""
        );
        if (storage is { Address: null, Connection: null })
        {
            read.Complain(FunctionSettings.TableServiceUri, "is missing; it holds the address of the table service.");
        }

        var bus = new ServiceBusTarget(read.Text(FunctionSettings.BusNamespace), read.Text(FunctionSettings.BusConnectionString));
        if (bus is { Namespace: null, Connection: null })
        {
            read.Complain(FunctionSettings.BusNamespace, "is missing; it holds the host name of the Service Bus namespace.");
        }

        var mail = new SendGridOptions
        {
            ApiKey = read.Required(FunctionSettings.SendGridApiKey, "the provider's API key"),
            Host = read.Address(FunctionSettings.SendGridHost)?.ToString().TrimEnd('/'),
            Region = read.OneOf(FunctionSettings.SendGridRegion, "global", "eu"),
            Sandbox = read.Flag(FunctionSettings.SendGridSandbox, true),
            EmailLogs = read.Flag(FunctionSettings.SendGridEmailLogs, false),
        };
        var webhooks = WebhooksOf(read) with
        {
            ShopifySecrets = ShopSecretsOf(read, FunctionSettings.ShopifyWebhookSecret),
            WooCommerceSecrets = ShopSecretsOf(read, FunctionSettings.WooCommerceWebhookSecret),
        };
        var limits = LimitsOf(read);
        var business = BusinessOf(read);
        var secret = SecretOf(read);
        var traceShare = read.Number(FunctionSettings.TraceShare, 1, 0, 1);
        return read.Problems.Count > 0
            ? throw new SettingsRefusedException(read.Problems)
            : new HomeOptions(
                storage,
                bus,
                read.Text(FunctionSettings.IdentityClientId),
                mail,
                webhooks,
                limits,
                business!,
                secret!,
                PlatformCallers.IsOn(read.Text(PlatformCallers.Variable)),
                traceShare
            );
    }

    private static WebhookOptions WebhooksOf(SettingsReader read)
    {
        try
        {
            // A vault keeps no empty secret: 'none' stands for one that is still to come.
            return read.Text(FunctionSettings.SendGridWebhookKey) is { } keys && keys != "none"
                ? WebhookOptions.Of(keys)
                : WebhookOptions.Closed;
        }
        catch (FormatException e)
        {
            read.Complain(FunctionSettings.SendGridWebhookKey, e.Message + ".");
            return WebhookOptions.Closed;
        }
    }

    private static IReadOnlyList<ShopSecret> ShopSecretsOf(SettingsReader read, string setting)
    {
        try
        {
            return read.Text(setting) is { } secrets && secrets != "none" ? ShopSecret.ParseAll(secrets) : [];
        }
        catch (FormatException e)
        {
            read.Complain(setting, e.Message + ".");
            return [];
        }
    }

    /// <summary>The account's rate, shared out over as many instances as there may be at most (design S15).</summary>
    private static SendLimits LimitsOf(SettingsReader read) =>
        SendLimits.Default.Divided(
            read.Number(FunctionSettings.SendingPerSecond, 10, 0.01, 100_000),
            (int)read.Number(FunctionSettings.SendingMaxInstances, 40, 1, 1000)
        );

    private static BusinessSettings? BusinessOf(SettingsReader read)
    {
        var text = read.Required(FunctionSettings.Business, "the business's settings, the text of a retention.yaml");
        if (text.Length == 0)
        {
            return null;
        }

        var reading = SettingsFile.Parse(text);
        foreach (var finding in reading.Findings.Where(f => f.IsError))
        {
            read.Complain(FunctionSettings.Business, finding.Describe("en"));
        }

        return reading.Settings;
    }

    private static InstanceSecret? SecretOf(SettingsReader read)
    {
        var text = read.Required(FunctionSettings.InstanceSecret, $"{SecretBytes} random bytes in base64");
        var bytes = new byte[SecretBytes * 4];
        if (text.Length == 0)
        {
            return null;
        }

        if (Convert.TryFromBase64String(text, bytes, out var length) && length >= SecretBytes)
        {
            return new InstanceSecret(bytes.AsSpan(0, length));
        }

        read.Complain(FunctionSettings.InstanceSecret, $"is not {SecretBytes} or more random bytes in base64.");
        return null;
    }
}

/// <param name="Connection">For the emulator; the tables are made at the first use then, since in Azure the deployment makes them.</param>
public sealed record StorageTarget(Uri? Address, string? Connection, string TablePrefix);

public sealed record ServiceBusTarget(string? Namespace, string? Connection);

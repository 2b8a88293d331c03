namespace RetentionFuncs.Functions;

/// <summary>One setting of the app, as its environment names it (<c>__</c> where the configuration has <c>:</c>).</summary>
/// <param name="Meaning">One sentence for the settings table of infra/README.md.</param>
/// <param name="Default">What holds when it is missing; null when the app does not start without it.</param>
/// <param name="ReadBy">Who reads it.</param>
public sealed record FunctionSetting(string Name, string Meaning, string? Default, SettingReader ReadBy)
{
    /// <summary>As <c>IConfiguration</c> names it.</summary>
    public string Key => Name.Replace("__", ":", StringComparison.Ordinal);

    /// <summary>Stands in the vault, and in the environment only as a reference.</summary>
    public bool IsSecret { get; init; }

    /// <summary>For <c>func start</c> only; never set in Azure.</summary>
    public bool IsLocal { get; init; }
}

public enum SettingReader
{
    /// <summary>Program.cs.</summary>
    Program,

    /// <summary>The Functions host, as <c>%Name%</c> in a timer's attribute.</summary>
    Schedule,
}

/// <summary>
/// Every setting that this app reads. The template, the sample for local runs and the table in infra/README.md are held against this
/// list by tests; what the host alone reads (AzureWebJobsStorage and so on) stands in the table's second part.
/// </summary>
public static class FunctionSettings
{
    /// <summary>Prefix of the bus connection: the triggers' <c>Connection</c>.</summary>
    public const string BusConnection = "ServiceBus";

    public const string TableServiceUri = "Storage__tableServiceUri";
    public const string StorageConnectionString = "Storage__ConnectionString";
    public const string StorageTablePrefix = "Storage__TablePrefix";
    public const string BusNamespace = "ServiceBus__fullyQualifiedNamespace";
    public const string BusConnectionString = "ServiceBus";
    public const string IdentityClientId = "AZURE_CLIENT_ID";
    public const string SendGridApiKey = "SendGrid__ApiKey";
    public const string SendGridWebhookKey = "SendGrid__WebhookKey";
    public const string ShopifyWebhookSecret = "Shopify__WebhookSecret";
    public const string WooCommerceWebhookSecret = "WooCommerce__WebhookSecret";
    public const string SendGridSandbox = "SendGrid__Sandbox";
    public const string SendGridRegion = "SendGrid__Region";
    public const string SendGridHost = "SendGrid__Host";
    public const string SendGridEmailLogs = "SendGrid__EmailLogs";
    public const string SendingPerSecond = "Sending__PerSecond";
    public const string SendingMaxInstances = "Sending__MaxInstances";
    public const string Business = "Business__Settings";
    public const string InstanceSecret = "Business__InstanceSecret";
    public const string TraceShare = "Telemetry__TraceShare";

    /// <summary>Flat names: the host resolves <c>%Name%</c>, and one without a separator reads alike everywhere.</summary>
    public const string ReviewDueSchedule = "ReviewDueSchedule";
    public const string DecideWaitingSchedule = "DecideWaitingSchedule";
    public const string SweepOpenWorkSchedule = "SweepOpenWorkSchedule";
    public const string ReconcileUnknownsSchedule = "ReconcileUnknownsSchedule";
    public const string RefitScoresSchedule = "RefitScoresSchedule";
    public const string AuditTouchpointsSchedule = "AuditTouchpointsSchedule";
    public const string BuildReportSchedule = "BuildReportSchedule";
    public const string ObserveHomeSchedule = "ObserveHomeSchedule";

    public static IReadOnlyList<FunctionSetting> All { get; } =
    [
        Of(TableServiceUri, "The account's table endpoint; asked with the app's identity."),
        Of(StorageConnectionString, "Instead of the endpoint, for Azurite: `UseDevelopmentStorage=true`.", "") with
        {
            IsLocal = true,
        },
        Of(StorageTablePrefix, "Letters put before every table's name, so that several trials share one emulator.", "") with
        {
            IsLocal = true,
        },
        Of(BusNamespace, "The Service Bus namespace, `NAME.servicebus.windows.net`; asked with the app's identity."),
        Of(BusConnectionString, "Instead of the namespace, for the emulator: its connection string.", "") with
        {
            IsLocal = true,
        },
        Of(IdentityClientId, "Client id of the identity to use; empty: the one of the machine or the developer.", ""),
        Of(SendGridApiKey, "Key with the right to send mail (and to read Email Logs, if that is on).") with
        {
            IsSecret = true,
        },
        Of(SendGridWebhookKey, "Public key of the signed event webhook, base64; empty: every call to the webhook is refused.", "") with
        {
            IsSecret = true,
        },
        Of(
            ShopifyWebhookSecret,
            "What Shopify signs its webhooks with; several parted by spaces; empty: the address does not exist.",
            ""
        ) with
        {
            IsSecret = true,
        },
        Of(
            WooCommerceWebhookSecret,
            "What WooCommerce signs its webhooks with; several parted by spaces; empty: the address does not exist.",
            ""
        ) with
        {
            IsSecret = true,
        },
        Of(SendGridSandbox, "SendGrid checks every message and sends none.", "true"),
        Of(SendGridRegion, "`global` or `eu`: where the account keeps its data.", "global"),
        Of(SendGridHost, "Another address than the region's, for tests; empty: the region's.", ""),
        Of(SendGridEmailLogs, "Whether unknown outcomes are looked up in the account's Email Logs.", "false"),
        Of(SendingPerSecond, "Messages a second that the account may take, all instances together; over 0.", "10"),
        Of(SendingMaxInstances, "Instances that share that rate, 1 or more; as many as the plan allows.", "40"),
        Of(Business, "The text of retention.yaml."),
        Of(InstanceSecret, "Base64 of 32 random bytes; every customer's key is made with it, so it never changes.") with
        {
            IsSecret = true,
        },
        Of(TraceShare, "Share of traces kept, 0 to 1; metrics are always whole.", "1"),
        Timer(ReviewDueSchedule, "Reviews that fall due."),
        Timer(DecideWaitingSchedule, "Journeys that wait for their next step."),
        Timer(SweepOpenWorkSchedule, "Requeues, expires and closes what is open."),
        Timer(ReconcileUnknownsSchedule, "Asks the provider's log about unknown outcomes."),
        Timer(RefitScoresSchedule, "The weekly refit; the timer asks daily whether it is time."),
        Timer(AuditTouchpointsSchedule, "The weekly full pass over the indexes."),
        Timer(BuildReportSchedule, "The report of the day."),
        Timer(ObserveHomeSchedule, "The gauges: backlog, breaker, budgets, model age."),
    ];

    private static FunctionSetting Of(string name, string meaning, string? fallback = null) =>
        new(name, meaning, fallback, SettingReader.Program);

    private static FunctionSetting Timer(string name, string meaning) => new(name, meaning, null, SettingReader.Schedule);
}

using RetentionFuncs.Embedded.Keeping;
using RetentionFuncs.Embedded.Outbox;
using RetentionFuncs.Embedded.Queue;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Findings;
using RetentionFuncs.HandOffs;
using RetentionFuncs.Identity;
using RetentionFuncs.Imports.Uploads;
using RetentionFuncs.Keeping;
using RetentionFuncs.Messages;
using RetentionFuncs.Settings;
using RetentionFuncs.Web.Webhooks;

namespace RetentionFuncs.Embedded.Home;

/// <summary>One data folder, opened: database, queue, sender and the product over them.</summary>
public sealed class EmbeddedHome : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly IDisposable? _sender;
    private readonly SmsGatewaySender? _gateway;
    private readonly EpochGuard? _guard;

    private EmbeddedHome(HomeFolder folder, SqliteDatabase database, BusinessSettings settings, HomeOptions options)
    {
        (Folder, _database) = (folder, database);
        var ids = new RandomIdSource();
        var clock = options.Clock;
        Queue = new SqliteQueue(database, clock, ids);
        MailRoute = MailRoute.Of(settings.Mail, options);
        var sender = MailRoute.Sender(folder, clock);
        (Sender, _sender) = (sender, sender as IDisposable);
        _gateway =
            settings.SmsGateway is { } gateway && !options.Throwaway
                ? new SmsGatewaySender(gateway, HomeSettings.SmsSecret(), clock)
                : null;
        // Files on this disk need no rate; a provider's rate is its own setting.
        Governor = new SendGovernor(MailRoute.Leaves ? options.Limits : SendLimits.Default with { PerSecond = 100_000, Burst = 100_000 });
        Product = new RetentionProduct(
            new NotingRowStore(new SqliteRowStore(database), new KeptKeys(folder)),
            Queue,
            options.WrapSender?.Invoke(sender) ?? sender,
            Governor,
            settings,
            SecretFile.ReadOrMake(folder.Secret),
            ids,
            clock,
            new ProductOptions
            {
                SmsGateway = _gateway,
                ProviderLog = sender is OutboxSender ? new OutboxLog(folder.Outbox) : null,
                KeptMessages = new OutboxTexts(folder.Outbox),
                PersonalPlaces = [new DeadLetterTraces(Queue.Parked), new FolderTraces(folder)],
                Compact = database.CompactAsync,
                // One program does everything here: timers and messages must not wait long for a file.
                Uploads = UploadOptions.Default with
                {
                    SliceTime = TimeSpan.FromSeconds(20),
                    TempFolder = folder.In("spool"),
                },
            }
        );
        Webhooks = options.Webhooks;
        SentRecord = sender is OutboxSender ? new OutboxSent(folder.Outbox) : null;
        _guard = options.Throwaway ? null : EpochGuard.Of(folder, database);
    }

    /// <summary>The bare way out, past gates and governor: for messages to the home's own people.</summary>
    internal IMessageSender Sender { get; }

    public HomeFolder Folder { get; }

    public RetentionProduct Product { get; }

    public SqliteQueue Queue { get; }

    public SendGovernor Governor { get; }

    /// <summary>The way messages leave.</summary>
    public MailRoute MailRoute { get; }

    /// <summary>Whose word about deliveries <c>serve</c> takes.</summary>
    public WebhookOptions Webhooks { get; }

    public SqliteDatabase Database => _database;

    /// <summary>Opens an initialised folder.</summary>
    /// <exception cref="HomeRefusedException">Not initialised, or its settings have errors.</exception>
    /// <exception cref="DatabaseRefusedException">In use, damaged, or of a newer program.</exception>
    public static async Task<EmbeddedHome> OpenAsync(HomeFolder folder, HomeOptions options)
    {
        if (!folder.IsInitialised)
        {
            throw new HomeRefusedException(
                new(
                    $"{folder.Path} is not a data folder yet. Run 'retention init' first.",
                    $"{folder.Path} 还不是数据文件夹，请先运行 retention init。"
                )
            );
        }

        var reading = SettingsFile.Read(folder.Settings);
        if (reading.Settings is not { } settings)
        {
            throw new HomeRefusedException(ListOf(reading.Findings));
        }

        var database = SqliteDatabase.Open(folder.Path, new SqliteOptions { Durable = !options.Throwaway && options.Durable });
        try
        {
            var home = new EmbeddedHome(folder, database, settings, options);
            if (home._guard is { } guard)
            {
                await OlderState.NoticeAsync(home, guard, options.Restored);
            }

            return home;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Something is about to be sent, or was: from now on an older copy of the database is known as such.</summary>
    public ValueTask MoveMarkAsync() => _guard?.MoveAsync(Product.Clock.GetUtcNow()) ?? ValueTask.CompletedTask;

    /// <summary>What the sender has on record of its own; null when it has nothing that can be read here.</summary>
    public ISentRecord? SentRecord { get; }

    public void Dispose()
    {
        _guard?.Close(Product.Clock.GetUtcNow());
        _sender?.Dispose();
        _gateway?.Dispose();
        _database.Dispose();
    }

    private static Phrase ListOf(IEnumerable<LintFinding> findings)
    {
        var errors = findings.Where(f => f.IsError).ToArray();
        return new(string.Join('\n', errors.Select(e => e.Describe("en"))), string.Join('\n', errors.Select(e => e.Describe("zh"))));
    }
}

/// <summary>How a folder is opened.</summary>
public sealed record HomeOptions(TimeProvider Clock)
{
    /// <summary>A provider instead of the outbox folder.</summary>
    public HttpSenderOptions? Http { get; init; }

    /// <summary>Of the mail server that the settings name.</summary>
    public string? SmtpPassword { get; init; }

    /// <summary>Tests accept the certificate of their own mail server by this.</summary>
    internal System.Net.Security.RemoteCertificateValidationCallback? AcceptCertificate { get; init; }

    /// <summary>A folder that is deleted after the run: nothing is flushed to the disk, and messages are taken and forgotten.</summary>
    public bool Throwaway { get; init; }

    /// <summary>False in tests that live through hundreds of days: a power cut may then damage the file.</summary>
    internal bool Durable { get; init; } = true;

    public SendLimits Limits { get; init; } = SendLimits.Default;

    /// <summary>The provider's webhook keys; closed without.</summary>
    public WebhookOptions Webhooks { get; init; } = WebhookOptions.Closed;

    /// <summary>Set when a backup was put into the folder just now: why, for people.</summary>
    internal Phrase? Restored { get; init; }

    /// <summary>Puts something around the sender; the demo listens to what leaves.</summary>
    public Func<IMessageSender, IMessageSender>? WrapSender { get; init; }
}

/// <summary>Accepts everything and keeps nothing.</summary>
internal sealed class ForgettingSender : IMessageSender
{
    public ValueTask<SendResult> SendAsync(OutboundMessage message) => ValueTask.FromResult<SendResult>(new SendResult.Accepted(null));
}

/// <summary>The folder cannot be used as it is, and why.</summary>
public sealed class HomeRefusedException(Phrase reason) : Exception(reason.En)
{
    public Phrase Reason { get; } = reason;
}

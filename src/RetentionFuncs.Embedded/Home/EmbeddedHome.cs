using RetentionFuncs.Embedded.Outbox;
using RetentionFuncs.Embedded.Queue;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Findings;
using RetentionFuncs.Identity;
using RetentionFuncs.Imports.Uploads;
using RetentionFuncs.Messages;
using RetentionFuncs.Settings;
using RetentionFuncs.Web.Webhooks;

namespace RetentionFuncs.Embedded.Home;

/// <summary>One data folder, opened: database, queue, sender and the product over them.</summary>
public sealed class EmbeddedHome : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly IDisposable? _sender;

    private EmbeddedHome(HomeFolder folder, SqliteDatabase database, BusinessSettings settings, HomeOptions options)
    {
        (Folder, _database) = (folder, database);
        var ids = new RandomIdSource();
        var clock = options.Clock;
        Queue = new SqliteQueue(database, clock, ids);
        IMessageSender sender =
            options.Http is { } http ? new HttpMessageSender(http, clock)
            : options.Throwaway ? new ForgettingSender()
            : new OutboxSender(folder.Outbox, clock);
        _sender = sender as IDisposable;
        // Files on this disk need no rate; a provider's rate is its own setting.
        Governor = new SendGovernor(
            options.Http is null ? SendLimits.Default with { PerSecond = 100_000, Burst = 100_000 } : options.Limits
        );
        Product = new RetentionProduct(
            new SqliteRowStore(database),
            Queue,
            options.WrapSender?.Invoke(sender) ?? sender,
            Governor,
            settings,
            SecretFile.ReadOrMake(folder.Secret),
            ids,
            clock,
            new ProductOptions
            {
                ProviderLog = sender is OutboxSender ? new OutboxLog(folder.Outbox) : null,
                // One program does everything here: timers and messages must not wait long for a file.
                Uploads = UploadOptions.Default with
                {
                    SliceTime = TimeSpan.FromSeconds(20),
                    TempFolder = folder.In("spool"),
                },
            }
        );
        Webhooks = options.Webhooks;
    }

    public HomeFolder Folder { get; }

    public RetentionProduct Product { get; }

    public SqliteQueue Queue { get; }

    public SendGovernor Governor { get; }

    /// <summary>Whose word about deliveries <c>serve</c> takes.</summary>
    public WebhookOptions Webhooks { get; }

    public SqliteDatabase Database => _database;

    /// <summary>Opens an initialised folder.</summary>
    /// <exception cref="HomeRefusedException">Not initialised, or its settings have errors.</exception>
    /// <exception cref="DatabaseRefusedException">In use, damaged, or of a newer program.</exception>
    public static Task<EmbeddedHome> OpenAsync(HomeFolder folder, HomeOptions options)
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

        var database = SqliteDatabase.Open(folder.Path, new SqliteOptions { Durable = !options.Throwaway });
        try
        {
            return Task.FromResult(new EmbeddedHome(folder, database, settings, options));
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _sender?.Dispose();
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

    /// <summary>A folder that is deleted after the run: nothing is flushed to the disk, and messages are taken and forgotten.</summary>
    public bool Throwaway { get; init; }

    public SendLimits Limits { get; init; } = SendLimits.Default;

    /// <summary>The provider's webhook keys; closed without.</summary>
    public WebhookOptions Webhooks { get; init; } = WebhookOptions.Closed;

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

using System.Globalization;
using RetentionFuncs.Findings;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Embedded.Stores;

/// <summary>
/// The open <c>retention.db</c> of one data folder, for the row store and the queue to share. One connection; one thread writes;
/// every answered write is on the disk (WAL, synchronous FULL).
/// </summary>
public sealed class SqliteDatabase : IDisposable
{
    private readonly DataFolder _folder;
    private bool _closed;

    private SqliteDatabase(DataFolder folder, FileHold hold, SqliteHandle handle, SqliteOptions options)
    {
        (_folder, Hold) = (folder, hold);
        InstanceId = handle.Ask("SELECT value FROM meta WHERE name = 'instance_id'");
        Epoch = handle.AskInteger("SELECT value FROM meta WHERE name = 'epoch'");
        Mark = handle.AskInteger("SELECT value FROM meta WHERE name = 'mark'");
        MarkAt = handle.Ask("SELECT value FROM meta WHERE name = 'mark_at'") is { Length: > 0 } at ? InstantOf(at) : null;
        Committer = new GroupCommitter(handle, options);
    }

    /// <summary>Full path of the folder.</summary>
    public string Folder => _folder.Path;

    public FileHold Hold { get; }

    /// <summary>26 characters given to the file when it was made; a copy of the file carries the same.</summary>
    public string InstanceId { get; }

    /// <summary>Counts restores; a second place that knows a higher one has seen a later state than this file.</summary>
    public long Epoch { get; private set; }

    /// <summary>Grows with everything that sends; 0 before the first.</summary>
    public long Mark { get; private set; }

    /// <summary>The moment the mark last moved, by the product's clock.</summary>
    public DateTimeOffset? MarkAt { get; private set; }

    /// <summary>What is allowed but unwise about where the folder lies.</summary>
    public IReadOnlyList<Phrase> Warnings => _folder.Warnings;

    internal GroupCommitter Committer { get; }

    /// <summary>Opens the folder, and makes it and the file when they are missing.</summary>
    /// <exception cref="DatabaseRefusedException">In use, not writable, foreign, damaged, or written by a newer program.</exception>
    public static SqliteDatabase Open(string folder, SqliteOptions? options = null, IIdSource? ids = null) =>
        Open(folder, options ?? new SqliteOptions(), ids ?? new RandomIdSource(), SqliteHandle.LibraryVersion);

    internal static SqliteDatabase Open(string folder, SqliteOptions options, IIdSource ids, string sqliteVersion)
    {
        var hold = SqliteVersionGate.Decide(sqliteVersion);
        var held = DataFolder.Hold(folder);
        try
        {
            return new SqliteDatabase(held, hold, DatabaseFile.Open(held, hold, options, ids), options);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Sets the epoch, which only grows; after a restore it is set above the one the second place knows.</summary>
    /// <exception cref="StoreUnavailableException">Not known to be kept.</exception>
    public async ValueTask BeginEpochAsync(long epoch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(epoch, Epoch);
        Epoch = await WriteAsync(handle =>
        {
            handle
                .Prepare("REPLACE INTO meta (name, value) VALUES ('epoch', ?1)")
                .Bind(1, epoch.ToString(CultureInfo.InvariantCulture))
                .Run();
            return epoch;
        });
    }

    /// <summary>Moves the mark on.</summary>
    /// <exception cref="StoreUnavailableException">Not known to be kept.</exception>
    public async ValueTask MoveMarkAsync(DateTimeOffset now)
    {
        var next = Mark + 1;
        await WriteAsync(handle =>
        {
            handle
                .Prepare("REPLACE INTO meta (name, value) VALUES ('mark', ?1), ('mark_at', ?2)")
                .Bind(1, next.ToString(CultureInfo.InvariantCulture))
                .Bind(2, now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture))
                .Run();
            return true;
        });
        (Mark, MarkAt) = (next, now.ToUniversalTime());
    }

    private static DateTimeOffset InstantOf(string moment) => DateTimeOffset.ParseExact(moment, "O", CultureInfo.InvariantCulture);

    /// <summary>Writes a whole and consistent copy beside the running work; all else waits until it is done.</summary>
    /// <param name="path">A file that does not exist yet.</param>
    /// <exception cref="StoreUnavailableException">The copy could not be written, or the file exists.</exception>
    public async ValueTask BackUpAsync(string path)
    {
        await ReadAsync(handle =>
        {
            handle.Prepare("VACUUM INTO ?1").Bind(1, path).Run();
            return true;
        });
        DataFolder.Close(path);
    }

    /// <summary>
    /// Writes the file anew without what was deleted, and empties the WAL: nothing of a deleted row is left in either. Everybody waits
    /// meanwhile, some seconds a gigabyte; as much free space as the file is large is needed.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The old file stands as it was.</exception>
    public async ValueTask CompactAsync() =>
        await ReadAsync(handle =>
        {
            // A copy of a large file must not be made in memory.
            handle.Execute("PRAGMA temp_store = DEFAULT; VACUUM; PRAGMA temp_store = MEMORY");
            handle.Ask("PRAGMA wal_checkpoint(TRUNCATE)");
            return true;
        });

    /// <summary>Reads the whole file for damage; empty when there is none, else up to 100 findings.</summary>
    public ValueTask<IReadOnlyList<string>> FindDamageAsync() =>
        ReadAsync<IReadOnlyList<string>>(handle =>
        {
            var findings = new List<string>();
            for (var check = handle.Prepare("PRAGMA integrity_check"); check.Step(); )
            {
                findings.Add(check.Text(0));
            }

            return findings is ["ok"] ? [] : findings;
        });

    /// <summary>Keeps what was accepted, closes the file and lets the folder go.</summary>
    public void Dispose()
    {
        if (!_closed)
        {
            _closed = true;
            Committer.Close();
            _folder.Dispose();
        }
    }

    internal Task<T> WriteAsync<T>(Func<SqliteHandle, T> apply, Func<string, Exception>? lost = null)
    {
        var work = new WriteWork<T>(apply, lost ?? (reason => new StoreUnavailableException(reason)));
        Committer.Post(work);
        return work.Answer;
    }

    internal ValueTask<T> ReadAsync<T>(Func<SqliteHandle, T> read) => Committer.ReadAsync<PlainRead<T>, T>(new PlainRead<T>(read));

    private readonly struct PlainRead<T>(Func<SqliteHandle, T> read) : IShortRead<T>
    {
        public T Run(SqliteHandle handle) => read(handle);
    }
}

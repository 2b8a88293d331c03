using RetentionFuncs.Storage;

namespace RetentionFuncs.Embedded.Stores;

/// <summary>
/// The one thread that writes. It takes what waits, commits it as one transaction with one flush, and answers everyone afterwards.
/// A read that finds the connection idle runs at once on its caller's thread; else it waits for the pause between two groups, so that
/// no one sees what is not yet on the disk.
/// </summary>
internal sealed class GroupCommitter
{
    private readonly Lock _connection = new();
    private readonly object _door = new();
    private readonly Queue<WriteWork> _writes = new();
    private readonly Queue<WriteWork> _claims = new();
    private readonly List<WriteWork> _group = [];
    private readonly VersionSource _versions = new();
    private readonly SqliteHandle _handle;
    private readonly SqliteOptions _options;
    private readonly Thread _thread;
    private List<PendingRead> _reads = [];
    private List<PendingRead> _turn = [];
    private string? _fault;
    private bool _closing;

    public GroupCommitter(SqliteHandle handle, SqliteOptions options)
    {
        _handle = handle;
        _options = options;
        _thread = new Thread(Loop) { IsBackground = true, Name = "retention.db" };
        _thread.Start();
    }

    public static StoreUnavailableException Unavailable(Exception fault) => new($"retention.db could not be read: {fault.Message}", fault);

    public void Post(WriteWork work)
    {
        lock (_door)
        {
            ObjectDisposedException.ThrowIf(_closing, typeof(SqliteDatabase));
            (work.IsClaim ? _claims : _writes).Enqueue(work);
            Monitor.Pulse(_door);
        }
    }

    public ValueTask<T> ReadAsync<TRead, T>(TRead read)
        where TRead : struct, IShortRead<T>
    {
        if (!_connection.TryEnter())
        {
            return new ValueTask<T>(Wait<TRead, T>(read));
        }

        try
        {
            ObjectDisposedException.ThrowIf(_closing, typeof(SqliteDatabase));
            return new ValueTask<T>(read.Run(_handle));
        }
        catch (SqliteFaultException fault)
        {
            throw Unavailable(fault);
        }
        finally
        {
            _connection.Exit();
        }
    }

    /// <summary>Commits what was accepted and closes the file.</summary>
    public void Close()
    {
        lock (_door)
        {
            _closing = true;
            Monitor.Pulse(_door);
        }

        _thread.Join();
        lock (_connection)
        {
            _handle.Dispose();
        }
    }

    private Task<T> Wait<TRead, T>(TRead read)
        where TRead : struct, IShortRead<T>
    {
        var pending = new PendingRead<TRead, T>(read);
        lock (_door)
        {
            ObjectDisposedException.ThrowIf(_closing, typeof(SqliteDatabase));
            _reads.Add(pending);
            Monitor.Pulse(_door);
        }

        return pending.Task;
    }

    private void Loop()
    {
        while (TakeTurn())
        {
            lock (_connection)
            {
                foreach (var read in _turn)
                {
                    read.Run(_handle);
                }
            }

            _turn.ForEach(r => r.Answer());
            _turn.Clear();
            if (_group.Count > 0)
            {
                Commit(_group);
                _group.Clear();
            }
        }
    }

    private bool TakeTurn()
    {
        lock (_door)
        {
            while (_reads.Count + _writes.Count + _claims.Count == 0)
            {
                if (_closing)
                {
                    return false;
                }

                Monitor.Wait(_door);
            }

            (_turn, _reads) = (_reads, _turn);
            Take(_claims, _options.ClaimsPerGroup);
            Take(_writes, _options.GroupSize);
            return true;
        }
    }

    private void Take(Queue<WriteWork> from, int upTo)
    {
        while (_group.Count < upTo && from.TryDequeue(out var work))
        {
            _group.Add(work);
        }
    }

    private void Commit(List<WriteWork> group)
    {
        var (failed, mayBeKept) = TryCommit(group);
        if (failed is null)
        {
            group.ForEach(w => w.Kept());
        }
        else if (mayBeKept || group.Count == 1 || _fault is not null)
        {
            group.ForEach(w => w.Lost(failed));
        }
        else
        {
            // Nothing was kept and one of them may be to blame, so that each is tried by itself.
            group.ForEach(w => Commit([w]));
        }
    }

    private (string? Failed, bool MayBeKept) TryCommit(List<WriteWork> group)
    {
        if (_fault is not null)
        {
            return (_fault, false);
        }

        var committing = false;
        lock (_connection)
        {
            try
            {
                _handle.Prepare("BEGIN IMMEDIATE").Run();
                foreach (var work in group)
                {
                    work.Apply(_handle, _versions);
                }

                committing = true;
                _handle.Prepare("COMMIT").Run();
                return (null, true);
            }
            catch (Exception fault)
            {
                Undo(fault);
                return ($"retention.db did not confirm the write: {fault.Message}", committing);
            }
        }
    }

    private void Undo(Exception cause)
    {
        try
        {
            _versions.Undone();
            if (_handle.InTransaction)
            {
                _handle.Prepare("ROLLBACK").Run();
            }
        }
        catch (SqliteFaultException fault)
        {
            _fault = $"retention.db takes no more writes until restarted: {fault.Message}";
        }

        if (cause is SqliteFaultException { IsFatal: true })
        {
            _fault = $"retention.db takes no more writes until restarted: {cause.Message}";
        }
    }
}

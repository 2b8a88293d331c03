namespace RetentionFuncs.Embedded.Stores;

/// <summary>One transaction that shares its flush with others. It checks all it expects before it changes anything.</summary>
internal abstract class WriteWork
{
    /// <summary>At most <see cref="SqliteOptions.ClaimsPerGroup"/> of these share a flush.</summary>
    public virtual bool IsClaim => false;

    /// <summary>Runs inside the group's transaction; may run twice when the group had to be taken apart.</summary>
    public abstract void Apply(SqliteHandle handle, VersionSource versions);

    /// <summary>The group is on the disk: answer the caller.</summary>
    public abstract void Kept();

    /// <summary>The group is not known to be on the disk: answer the caller.</summary>
    public abstract void Lost(string reason);
}

/// <summary>A write of the queue or of the file's own facts: an answer, or a thrown reason.</summary>
internal sealed class WriteWork<T>(Func<SqliteHandle, T> apply, Func<string, Exception> lost) : WriteWork
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Answer => _answer.Task;

    public override void Apply(SqliteHandle handle, VersionSource versions) => _result = apply(handle);

    public override void Kept() => _answer.SetResult(_result);

    public override void Lost(string reason) => _answer.SetException(lost(reason));
}

/// <summary>A short read; a struct, so that one that need not wait allocates nothing of its own.</summary>
internal interface IShortRead<out T>
{
    T Run(SqliteHandle handle);
}

internal abstract class PendingRead
{
    public abstract void Run(SqliteHandle handle);

    public abstract void Answer();

    public abstract void Refuse(Exception reason);
}

/// <summary>A read that found the connection busy and waits for its turn between two groups.</summary>
internal sealed class PendingRead<TRead, T>(TRead read) : PendingRead
    where TRead : struct, IShortRead<T>
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;
    private Exception? _fault;

    public Task<T> Task => _answer.Task;

    public override void Run(SqliteHandle handle)
    {
        try
        {
            _result = read.Run(handle);
        }
        catch (Exception fault)
        {
            _fault = fault;
        }
    }

    public override void Answer()
    {
        if (_fault is null)
        {
            _answer.SetResult(_result);
        }
        else
        {
            _answer.SetException(GroupCommitter.Unavailable(_fault));
        }
    }

    public override void Refuse(Exception reason) => _answer.SetException(reason);
}

using System.Buffers;
using System.Globalization;
using System.Text;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Embedded.Stores;

/// <summary>One commit of the row store, encoded on its caller's thread.</summary>
internal sealed class CommitWork : WriteWork
{
    private const int KeptBufferBytes = 256 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    private readonly TaskCompletionSource<CommitResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StoreTable _table;
    private readonly byte[] _text;
    private readonly int _partitionEnd;
    private readonly RowEdit[] _edits;
    private CommitResult? _result;

    public CommitWork(PartitionId partition, IReadOnlyList<RowWrite> writes, bool isClaim)
    {
        IsClaim = isClaim;
        _table = partition.Table;
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(4096);
        buffer.ResetWrittenCount();
        Encoding.UTF8.GetBytes(partition.Key, buffer);
        _partitionEnd = buffer.WrittenCount;
        _edits = new RowEdit[writes.Count];
        for (var i = 0; i < _edits.Length; i++)
        {
            _edits[i] = Encode(writes[i], buffer);
        }

        _text = buffer.WrittenSpan.ToArray();
        _buffer = buffer.Capacity > KeptBufferBytes ? null : buffer;
    }

    public override bool IsClaim { get; }

    public Task<CommitResult> Answer => _answer.Task;

    public override void Apply(SqliteHandle handle, VersionSource versions)
    {
        var statements = handle.Rows(_table);
        _result = (CommitResult?)FirstConflict(statements) ?? Write(handle, statements, versions);
    }

    public override void Kept() => _answer.SetResult(_result!);

    public override void Lost(string reason) => _answer.SetResult(new CommitResult.Unknown(reason));

    private static RowEdit Encode(RowWrite write, ArrayBufferWriter<byte> buffer)
    {
        var start = buffer.WrittenCount;
        Encoding.UTF8.GetBytes(write.Key, buffer);
        var keyEnd = buffer.WrittenCount;
        if (write.Properties is { } bag)
        {
            BagJson.Write(buffer, bag);
        }

        return new RowEdit(write.Key, start, keyEnd, buffer.WrittenCount, write.Expect.Kind, VersionOf(write.Expect));
    }

    // A token that is none of ours never matches.
    private static long VersionOf(Expectation expect) =>
        expect.Kind == ExpectationKind.Version && long.TryParse(expect.Version.Token, CultureInfo.InvariantCulture, out var version)
            ? version
            : -1;

    private CommitResult.Conflict? FirstConflict(RowStatements statements)
    {
        foreach (ref readonly var edit in _edits.AsSpan())
        {
            if (edit.Kind == ExpectationKind.Any)
            {
                continue;
            }

            var found = -1L;
            var statement = statements.Version.Bind(1, Partition).Bind(2, KeyOf(edit));
            if (statement.Step())
            {
                found = statement.Integer(0);
                statement.Reset();
            }

            if (edit.Kind == ExpectationKind.Absent ? found != -1 : found == -1 || found != edit.Version)
            {
                return new CommitResult.Conflict(edit.Key);
            }
        }

        return null;
    }

    private CommitResult.Applied Write(SqliteHandle handle, RowStatements statements, VersionSource versions)
    {
        var given = new RowVersion[_edits.Length];
        for (var i = 0; i < _edits.Length; i++)
        {
            ref readonly var edit = ref _edits[i];
            if (edit.BodyEnd == edit.KeyEnd)
            {
                statements.Delete.Bind(1, Partition).Bind(2, KeyOf(edit)).Run();
                continue;
            }

            var version = versions.Next(handle);
            statements.Put.Bind(1, Partition).Bind(2, KeyOf(edit)).Bind(3, version).Bind(4, _text.AsSpan(edit.KeyEnd..edit.BodyEnd)).Run();
            given[i] = new RowVersion(version.ToString(CultureInfo.InvariantCulture));
        }

        return new CommitResult.Applied(given);
    }

    private ReadOnlySpan<byte> Partition => _text.AsSpan(0, _partitionEnd);

    private ReadOnlySpan<byte> KeyOf(in RowEdit edit) => _text.AsSpan(edit.Start..edit.KeyEnd);

    /// <summary>Where one row lies in the encoded text; no body means a delete, since even an empty bag is written as <c>{}</c>.</summary>
    private readonly record struct RowEdit(string Key, int Start, int KeyEnd, int BodyEnd, ExpectationKind Kind, long Version);
}

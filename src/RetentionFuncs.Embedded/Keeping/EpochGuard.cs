using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Embedded.Keeping;

/// <summary>
/// Notices when the database is an older state put back. A mark in the database grows before and after everything that sends, and a file
/// beside it follows: the database first, so that a crash between the two is no alarm. A database whose mark is lower than the file's,
/// or whose file is gone or speaks of another one, is one that has forgotten something.
/// </summary>
internal sealed class EpochGuard(SqliteDatabase database, IReadOnlyList<EpochFile> places)
{
    /// <summary>A folder outside the data folder for a second copy, so that even a whole folder put back is noticed.</summary>
    public const string StateVariable = "RETENTION_STATE_DIR";

    private const string FileName = "retention.epoch";
    private bool _moved;

    public static EpochGuard Of(HomeFolder folder, SqliteDatabase database)
    {
        var places = new List<EpochFile> { new(folder.In(FileName)) };
        if (Environment.GetEnvironmentVariable(StateVariable) is { Length: > 0 } state)
        {
            Directory.CreateDirectory(state);
            places.Add(new EpochFile(Path.Combine(state, $"{database.InstanceId}.epoch")));
        }

        return new EpochGuard(database, places);
    }

    /// <summary>Why the database counts as an older state; null when it is the newest one known.</summary>
    public Phrase? Objection()
    {
        var notes = places.Select(p => (p.Path, Note: p.Read())).ToArray();
        foreach (var (path, note) in notes)
        {
            if (note is not null && Objection(path, note) is { } objection)
            {
                return objection;
            }
        }

        return database.Mark > 0 && notes.All(n => n.Note is null)
            ? new(
                $"the file {places[0].Path}, which is kept beside a database that has sent, is missing",
                $"缺少应与数据库同在的文件 {places[0].Path}，而该数据库曾发送过信息"
            )
            : null;
    }

    private Phrase? Objection(string path, EpochNote note) =>
        note.Instance != database.InstanceId
            ? new($"{path} speaks of another database than the one that lies here", $"{path} 记录的不是当前这个数据库")
        : note.Epoch > database.Epoch || (note.Epoch == database.Epoch && note.Mark > database.Mark)
            ? new(
                $"the database is an older state: it knows of mark {database.Epoch}.{database.Mark}, {path} of {note.Epoch}.{note.Mark} ({note.At:yyyy-MM-dd HH:mm} UTC)",
                $"数据库是旧状态：其标记为 {database.Epoch}.{database.Mark}，而 {path} 记录为 {note.Epoch}.{note.Mark}（{note.At:yyyy-MM-dd HH:mm} UTC）"
            )
        : null;

    /// <summary>Above every epoch that any place knows.</summary>
    public long NextEpoch => Math.Max(database.Epoch, places.Max(p => p.Read()?.Epoch ?? 0)) + 1;

    /// <summary>The moment the database last spoke for; null before its first mark.</summary>
    public DateTimeOffset? LastMarkAt => database.MarkAt;

    /// <summary>Something is about to be sent, or was.</summary>
    /// <exception cref="Storage.StoreUnavailableException">Not known to be kept: send nothing.</exception>
    /// <exception cref="IOException">Not known to be kept: send nothing.</exception>
    public async ValueTask MoveAsync(DateTimeOffset now)
    {
        await database.MoveMarkAsync(now);
        var note = new EpochNote(database.InstanceId, database.Epoch, database.Mark, now.ToUniversalTime());
        foreach (var place in places)
        {
            place.Write(note);
        }

        _moved = true;
    }

    /// <summary>At the end of a program that sent: a copy taken while it ran is older than this.</summary>
    public void Close(DateTimeOffset now)
    {
        if (_moved)
        {
            MoveAsync(now).AsTask().GetAwaiter().GetResult();
        }
    }
}

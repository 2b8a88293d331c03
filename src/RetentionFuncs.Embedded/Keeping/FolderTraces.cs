using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Findings;
using RetentionFuncs.Keeping;

namespace RetentionFuncs.Embedded.Keeping;

/// <summary>
/// What a data folder holds of people beside the database. A written message becomes a stub under its own name, which names nobody and
/// still proves that it was written; rows and lines about the person are cut out of tables; what a program cannot cut is named.
/// </summary>
internal sealed class FolderTraces(HomeFolder folder) : IPersonalPlace
{
    /// <summary>Larger files are named, not read.</summary>
    private const long MostBytes = 512L * 1024 * 1024;

    private static readonly string[] Tables = [".csv", ".tsv", ".partial", ".refused", ".rows"];
    private static readonly string[] Lines = [".jsonl", ".ndjson", ".log", ".txt"];

    public Phrase Name { get; } = new("files of the data folder", "数据文件夹中的文件");

    public ValueTask<PlaceErasure> EraseAsync(PersonTraces person)
    {
        var (erased, left) = (0, new List<string>());
        foreach (var file in Files())
        {
            try
            {
                erased += Erase(file, person, left);
            }
            catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
            {
                // Gone meanwhile, and with it whom it named.
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                left.Add($"{Path.GetRelativePath(folder.Path, file)} ({fault.Message})");
            }
        }

        return ValueTask.FromResult(new PlaceErasure(erased, left));
    }

    private IEnumerable<string> Files() =>
        Directory.Exists(folder.Path)
            ? Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Where(f => !IsOfTheProgram(f)).ToArray()
            : [];

    private bool IsOfTheProgram(string file)
    {
        var name = Path.GetRelativePath(folder.Path, file);
        return name.StartsWith("retention.", StringComparison.Ordinal)
            || string.Equals(file, folder.Secret, StringComparison.Ordinal)
            || name.StartsWith("campaigns" + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    private int Erase(string file, PersonTraces person, List<string> left)
    {
        var name = Path.GetFileName(file);
        if (name.StartsWith("before-upgrade-", StringComparison.Ordinal))
        {
            // A whole database of the time before; the one in use has proven itself since.
            File.Delete(file);
            return 1;
        }

        if (name.StartsWith(person.Customer.Value + ".", StringComparison.Ordinal) && person.IsWhole)
        {
            return Stub(file);
        }

        if (new FileInfo(file).Length > MostBytes)
        {
            left.Add(Path.GetRelativePath(folder.Path, file));
            return 0;
        }

        return EraseIn(file, person, left);
    }

    private int EraseIn(string file, PersonTraces person, List<string> left)
    {
        var (bytes, kind) = (File.ReadAllBytes(file), Path.GetExtension(file));
        if (Tables.Contains(kind) || Lines.Contains(kind))
        {
            var isTable = Tables.Contains(kind);
            var (kept, cut) = RecordCutting.Without(bytes, isTable, record => IsAbout(record, person, isTable));
            if (cut > 0)
            {
                Replace(file, kept);
            }

            return cut;
        }

        if (!TextForms.Of(bytes).Any(text => person.IsInText(text)))
        {
            return 0;
        }

        if (kind is ".eml" or ".part")
        {
            return Stub(file);
        }

        left.Add(Path.GetRelativePath(folder.Path, file));
        return 0;
    }

    private static bool IsAbout(ReadOnlyMemory<byte> record, PersonTraces person, bool isTable) =>
        TextForms
            .Of(record.Span)
            .Any(text =>
                isTable ? TextForms.CellsOf(text).Any(cell => person.IsIn(cell, names: true)) : person.IsInText(text, names: true)
            );

    /// <summary>The name of a message's file holds keys only; that it exists is the proof that it was written.</summary>
    private static int Stub(string file)
    {
        if (new FileInfo(file).Length == StubText.Length)
        {
            return 0;
        }

        Replace(file, StubText.ToArray());
        return 1;
    }

    private static ReadOnlySpan<byte> StubText => "Subject: (erased)\r\n\r\n"u8;

    private static void Replace(string file, byte[] bytes)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.None);
        stream.SetLength(bytes.Length);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }
}

using System.Text.Json;
using RetentionFuncs.Embedded.Outbox;
using RetentionFuncs.Embedded.Stores;

namespace RetentionFuncs.Embedded.Keeping;

/// <summary>What a place beside the database knows of it.</summary>
/// <param name="Instance">Of which database file.</param>
/// <param name="Epoch">How often it was restored, plus one.</param>
/// <param name="Mark">Grows with everything that sends; a database that knows a lower one is an older state.</param>
/// <param name="At">By the product's clock.</param>
internal sealed record EpochNote(string Instance, long Epoch, long Mark, DateTimeOffset At);

/// <summary>The second place: a small file that is never copied with the database. Written whole or not at all.</summary>
internal sealed class EpochFile(string path)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string Path => path;

    /// <summary>Null when there is none; one that cannot be read counts as none.</summary>
    public EpochNote? Read()
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<EpochNote>(File.ReadAllText(path), Form) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <exception cref="IOException">Not known to be written.</exception>
    public void Write(EpochNote note)
    {
        var draft = path + ".new";
        using (var file = DataFolder.NewFile(draft, FileMode.Create))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(note, Form));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
        FolderSync.Flush(System.IO.Path.GetDirectoryName(path)!);
    }
}

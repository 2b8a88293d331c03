using System.Globalization;
using System.Text.Json;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Imports.Uploads;

/// <summary>One slice of applying an upload: holds the head as this process knows it, and saves how far it has come.</summary>
/// <param name="seq">Number of the message that will follow this slice.</param>
/// <param name="until">When the slice should end.</param>
internal sealed class UploadSlice(ImportGround ground, UploadHeads heads, HeldUpload held, int seq, DateTimeOffset until)
{
    /// <summary>Refused groups in one row: well within a megabyte.</summary>
    private const int PerRow = 200;

    private HeldUpload _held = held;

    public Upload Upload => _held.Upload;

    /// <summary>Whether somebody else has changed the upload: given it up, or gone on with it.</summary>
    public bool IsLost { get; private set; }

    public async ValueTask<ImportSlice> ToImportAsync()
    {
        var refused = new List<RefusedGroup>();
        await foreach (var row in ground.Store.ReadAllAsync(Upload.PartitionOf(Upload.Id), RowRange.Prefix(Prefix)))
        {
            refused.AddRange(JsonSerializer.Deserialize<RefusedGroup[]>(row.Properties.Text("groups"), JsonSerializerOptions.Web) ?? []);
        }

        var name = Path.GetFileNameWithoutExtension(Upload.File) + ".refused.csv";
        return new ImportSlice(Upload.Position, refused, () => ground.Time.GetUtcNow() >= until, SaveAsync, name);
    }

    /// <returns>Always true when written; false when somebody else was there.</returns>
    public ValueTask<bool> EndAsync(Func<Upload, Upload> end) => WriteAsync(end(Upload), []);

    private string Prefix => string.Create(CultureInfo.InvariantCulture, $"s|{Upload.Round:0000}|");

    private ValueTask<bool> SaveAsync(ImportPosition position, IReadOnlyList<RefusedGroup> refused) =>
        WriteAsync(
            Upload with
            {
                Position = position,
            },
            [
                .. refused
                    .Chunk(PerRow)
                    .Select(
                        (groups, i) =>
                            new RowWrite(
                                string.Create(CultureInfo.InvariantCulture, $"{Prefix}{position.After}|{i:000}"),
                                Expectation.Any,
                                new PropertyBag().Set("groups", JsonSerializer.Serialize(groups, JsonSerializerOptions.Web))
                            )
                    ),
            ]
        );

    private async ValueTask<bool> WriteAsync(Upload next, IReadOnlyList<RowWrite> beside)
    {
        var changed = next with { Seq = Math.Max(next.Seq, seq), ChangedAt = ground.Time.GetUtcNow() };
        var written = await heads.TryWriteAsync(_held, changed, beside);
        IsLost = written is null;
        _held = written ?? _held;
        return !IsLost;
    }
}

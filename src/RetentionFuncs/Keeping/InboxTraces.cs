using System.Text;
using RetentionFuncs.Findings;
using RetentionFuncs.Imports.Uploads;
using RetentionFuncs.ShopEvents;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Keeping;

/// <summary>
/// What came in and waits: evidence, the shop's events word for word, uploaded files. An uploaded file that names the person is given up
/// whole when its import has ended; one still being taken in refuses the person's rows by itself and is gone within days.
/// </summary>
internal sealed class InboxTraces(IRowStore store, ReceiveUpload uploads) : IPersonalPlace
{
    private readonly UploadHeads _heads = new(store);
    private readonly UploadBlocks _blocks = new(store);

    public Phrase Name { get; } = new("what waits in the inbox", "待处理的收件");

    public async ValueTask<PlaceErasure> EraseAsync(PersonTraces person)
    {
        var erased = 0;
        if (person.IsWhole)
        {
            erased += await store.EraseRowsAsync(new PartitionId(StoreTable.Inbox, $"evidence|{person.Customer}"));
        }

        foreach (var shard in Shards.All)
        {
            erased += await store.EraseRowsAsync(
                InboxPlace.PartitionOf(shard),
                RowRange.All,
                row => person.IsInText(WaitingEvent.Read(new InboxPlace(shard, row.Key), row.Properties).Json)
            );
        }

        var left = new List<string>();
        await foreach (var line in _heads.ListAsync())
        {
            erased += await EraseUploadAsync(line.Key, person, left);
        }

        return new PlaceErasure(erased, left);
    }

    private async ValueTask<int> EraseUploadAsync(string id, PersonTraces person, List<string> left)
    {
        if (await uploads.FindAsync(id) is not { } upload || !await HoldsAsync(upload, person))
        {
            return 0;
        }

        if (upload.State is UploadState.Receiving or UploadState.Applying)
        {
            left.Add(upload.File);
            return 0;
        }

        await uploads.AbandonAsync(id);
        return 1;
    }

    private async ValueTask<bool> HoldsAsync(Upload upload, PersonTraces person)
    {
        foreach (
            var (what, bytes) in ((string, long)[])
                [
                    (UploadBlocks.Content, upload.Received),
                    (UploadBlocks.Report, upload.ReportBytes),
                    (UploadBlocks.RefusedRows, upload.RefusedBytes),
                ]
        )
        {
            if (await HoldsAsync(upload.Id, what, bytes, person))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Line by line over the seams of the blocks; a cell is what stands between delimiters and quotes.</summary>
    private async ValueTask<bool> HoldsAsync(string id, string what, long bytes, PersonTraces person)
    {
        var carried = Array.Empty<byte>();
        await foreach (var block in _blocks.ReadAsync(id, what, bytes))
        {
            byte[] joined = [.. carried, .. block];
            var end = joined.AsSpan().LastIndexOf((byte)'\n') + 1;
            if (HoldsIn(joined.AsSpan(0, end), person))
            {
                return true;
            }

            carried = joined[end..];
        }

        return HoldsIn(carried, person);
    }

    private static bool HoldsIn(ReadOnlySpan<byte> bytes, PersonTraces person) =>
        TextForms.Of(bytes).Any(text => text.Split('\n').Any(line => TextForms.CellsOf(line).Any(cell => person.IsIn(cell))));
}

using RetentionFuncs.Storage;

namespace RetentionFuncs.Campaigns;

/// <summary>
/// Changes heads only as they were read, so that two people, or a person and a file, never undo each other unseen. All heads stand in
/// one partition, so several change together or not at all.
/// </summary>
internal sealed class CampaignHeads(IRowStore store, CampaignBook book)
{
    /// <summary>As it stands now, past every cache.</summary>
    public async ValueTask<(CampaignHead Head, RowVersion Version)?> ReadAsync(string key) =>
        await store.ReadRowAsync(CampaignBook.Heads, key) is { } row ? (CampaignRows.ReadHead(row), row.Version) : null;

    /// <param name="change">Called again on a fresh look when somebody else was there first; may return the head as it is.</param>
    /// <returns>Null when there is no such campaign.</returns>
    /// <exception cref="StoreUnavailableException">Not known to be written.</exception>
    public async ValueTask<CampaignHead?> ChangeAsync(string key, Func<CampaignHead, CampaignHead> change) =>
        (
            await ContendedCommit.UntilAppliedAsync<Changed>(async () =>
            {
                if (await ReadAsync(key) is not var (known, version))
                {
                    return new Changed(null);
                }

                var head = change(known);
                return head == known || await TryPutAsync([(head, Expectation.At(version))]) ? new Changed(head) : null;
            })
        ).Head;

    /// <summary>False when one of them was not as expected, or the answer was lost: look again.</summary>
    public async ValueTask<bool> TryPutAsync(IReadOnlyList<(CampaignHead Head, Expectation Expect)> heads)
    {
        var writes = heads.Select(h => new RowWrite(h.Head.Key, h.Expect, CampaignRows.ToBag(h.Head))).ToArray();
        var applied = await store.CommitAsync(CampaignBook.Heads, writes) is CommitResult.Applied;
        book.Forget();
        return applied;
    }

    private sealed record Changed(CampaignHead? Head);
}

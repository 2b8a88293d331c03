using RetentionFuncs.Identity;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Campaigns;

/// <summary>
/// What many customers of a campaign share: the messages of its budget. A process leases a few at a time from one conditional row,
/// draws from them in memory, and gives back what it did not use when a page of its work ends. A crash loses at most what was leased
/// then; nothing is ever granted twice.
/// </summary>
public sealed class CampaignBudget(IRowStore store, IIdSource ids, TimeProvider clock)
{
    private readonly Turns _turns = new();
    private readonly BudgetLeases _leases = new(store, ids, clock);

    private sealed record Granted(bool Yes);

    /// <summary>Whether one more message is left; a campaign without a budget always has one.</summary>
    public async ValueTask<bool> HasLeftAsync(Campaign campaign) =>
        campaign.MessageBudget is not { } budget || _leases.Holds(campaign.Key) || await SpentAsync(campaign.Key) < budget;

    /// <summary>Messages taken or leased so far.</summary>
    public ValueTask<long> SpentAsync(string campaign) => _leases.SpentAsync(campaign);

    /// <summary>Takes one message, for a treated and a control contact alike.</summary>
    public async ValueTask<bool> TakeAsync(Campaign campaign) =>
        campaign.MessageBudget is not { } budget
        || (await _turns.RunAsync(async () => new Granted(await _leases.TakeAsync(campaign.Key, budget)))).Yes;

    /// <summary>Puts back one that was taken for something that surely did not happen.</summary>
    public async ValueTask PutBackAsync(Campaign campaign)
    {
        if (campaign.MessageBudget is not null)
        {
            await _turns.RunAsync(async () =>
            {
                await _leases.PutBackAsync(campaign.Key);
                return true;
            });
        }
    }

    /// <summary>Gives back everything leased and not used: the end of a page.</summary>
    public async ValueTask GiveBackAsync() =>
        await _turns.RunAsync(async () =>
        {
            await _leases.GiveBackAsync();
            return true;
        });
}

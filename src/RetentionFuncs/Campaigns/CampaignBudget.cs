using RetentionFuncs.Storage;

namespace RetentionFuncs.Campaigns;

/// <summary>
/// Counters of a campaign that many customers share: messages taken from its budget, and places in its backlog. Conditional
/// commits on one row each; a crash after taking loses a place, never gives one twice.
/// </summary>
public sealed class CampaignBudget(IRowStore store)
{
    private sealed record Taken(bool Granted, DateOnly Day);

    /// <summary>Whether one more message is left; a campaign without a budget always has one.</summary>
    public async ValueTask<bool> HasLeftAsync(Campaign campaign) =>
        campaign.MessageBudget is not { } budget || await SpentAsync(campaign.Key) < budget;

    public async ValueTask<long> SpentAsync(string campaign) =>
        (await store.ReadRowAsync(CampaignBook.VersionsOf(campaign), "budget"))?.Properties.IntegerOr("spent", 0) ?? 0;

    /// <summary>Takes one message, for a treated and a control contact alike.</summary>
    public async ValueTask<bool> TakeAsync(Campaign campaign) =>
        campaign.MessageBudget is not { } budget
        || (
            await ChangeAsync(
                campaign.Key,
                "budget",
                bag =>
                {
                    var spent = bag.IntegerOr("spent", 0);
                    return spent >= budget ? (null, new Taken(false, default)) : (bag.Set("spent", spent + 1), new Taken(true, default));
                }
            )
        ).Granted;

    /// <summary>The next day, from <paramref name="today"/> on, on which the backlog has a place; the place is taken.</summary>
    public async ValueTask<DateOnly> BacklogDayAsync(Campaign campaign, DateOnly today) =>
        (
            await ChangeAsync(
                campaign.Key,
                "backlog",
                bag =>
                {
                    var (day, count) = (bag.DayOrNull("day") ?? today, bag.IntegerOr("count", 0));
                    (day, count) =
                        day < today ? (today, 0)
                        : count >= campaign.BacklogPerDay ? (day.AddDays(1), 0)
                        : (day, count);
                    return (bag.Set("day", day).Set("count", count + 1), new Taken(true, day));
                }
            )
        ).Day;

    private ValueTask<Taken> ChangeAsync(string campaign, string rowKey, Func<PropertyBag, (PropertyBag?, Taken)> change) =>
        ContendedCommit.UntilAppliedAsync(async () =>
        {
            var partition = CampaignBook.VersionsOf(campaign);
            var row = await store.ReadRowAsync(partition, rowKey);
            var (bag, answer) = change(row?.Properties.Copy() ?? new PropertyBag());
            if (bag is null)
            {
                return answer;
            }

            var expect = row is null ? Expectation.Absent : Expectation.At(row.Version);
            return await store.CommitAsync(partition, [new RowWrite(rowKey, expect, bag)]) is CommitResult.Applied ? answer : null;
        });
}

using RetentionFuncs.Storage;

namespace RetentionFuncs.Campaigns;

/// <summary>
/// Counters of a campaign that many customers share: messages taken from its budget, and places in its backlog. Conditional commits on
/// one row each, in turns within a process; a crash after taking loses a place, never gives one twice.
/// </summary>
public sealed class CampaignBudget(IRowStore store)
{
    /// <summary>Backlog places taken at a time; what a process does not use of them is lost, which only lets fewer in.</summary>
    private const int PlacesAtOnce = 10;

    private readonly Turns _turns = new();
    private readonly Dictionary<string, Places> _places = new(StringComparer.Ordinal);

    private sealed record Taken(bool Granted);

    private sealed record Places(DateOnly Day, int Left);

    /// <summary>Whether one more message is left; a campaign without a budget always has one.</summary>
    public async ValueTask<bool> HasLeftAsync(Campaign campaign) =>
        campaign.MessageBudget is not { } budget || await SpentAsync(campaign.Key) < budget;

    public async ValueTask<long> SpentAsync(string campaign) =>
        (await store.ReadRowAsync(CampaignBook.VersionsOf(campaign), "budget"))?.Properties.IntegerOr("spent", 0) ?? 0;

    /// <summary>Takes one message, for a treated and a control contact alike.</summary>
    public async ValueTask<bool> TakeAsync(Campaign campaign) =>
        campaign.MessageBudget is not { } budget
        || (await _turns.RunAsync(() => ChangeAsync(campaign.Key, "budget", bag => Take(bag, budget)))).Granted;

    /// <summary>The next day, from <paramref name="today"/> on, on which the backlog has a place; the place is taken.</summary>
    public async ValueTask<DateOnly> BacklogDayAsync(Campaign campaign, DateOnly today) =>
        await _turns.RunAsync(async () =>
        {
            if (!_places.TryGetValue(campaign.Key, out var places) || places.Left == 0 || places.Day < today)
            {
                places = await ChangeAsync(campaign.Key, "backlog", bag => NextPlaces(bag, campaign.BacklogPerDay, today));
            }

            _places[campaign.Key] = places with { Left = places.Left - 1 };
            return places.Day;
        });

    private static (PropertyBag?, Taken) Take(PropertyBag bag, int budget)
    {
        var spent = bag.IntegerOr("spent", 0);
        return spent >= budget ? (null, new Taken(false)) : (bag.Set("spent", spent + 1), new Taken(true));
    }

    private static (PropertyBag?, Places) NextPlaces(PropertyBag bag, int perDay, DateOnly today)
    {
        var (day, count) = (bag.DayOrNull("day") ?? today, (int)bag.IntegerOr("count", 0));
        (day, count) =
            day < today ? (today, 0)
            : count >= perDay ? (day.AddDays(1), 0)
            : (day, count);
        var taken = Math.Min(PlacesAtOnce, perDay - count);
        return (bag.Set("day", day).Set("count", count + taken), new Places(day, taken));
    }

    private ValueTask<T> ChangeAsync<T>(string campaign, string rowKey, Func<PropertyBag, (PropertyBag?, T)> change)
        where T : class =>
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

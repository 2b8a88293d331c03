using RetentionFuncs.Storage;

namespace RetentionFuncs.Campaigns;

/// <summary>
/// Places in campaigns' backlogs, so many a day, leased a few at a time; what is not used is given back while its day is still the one
/// being filled, and else only lets fewer in. One caller at a time.
/// </summary>
internal sealed class BacklogPlaces(IRowStore store)
{
    private const int PlacesAtOnce = 10;
    private const string Row = "backlog";

    private readonly Dictionary<string, Places> _held = new(StringComparer.Ordinal);

    private sealed record Places(DateOnly Day, int Left);

    public async ValueTask<DateOnly> TakeAsync(Campaign campaign, DateOnly today)
    {
        if (!_held.TryGetValue(campaign.Key, out var places) || places.Left == 0 || places.Day < today)
        {
            places = await ChangeAsync(campaign.Key, bag => Next(bag, campaign.BacklogPerDay, today));
        }

        _held[campaign.Key] = places with { Left = places.Left - 1 };
        return places.Day;
    }

    public async ValueTask GiveBackAsync()
    {
        foreach (var (campaign, places) in _held.Where(h => h.Value.Left > 0).ToArray())
        {
            _held.Remove(campaign);

            // Not tried again after a lost answer: giving back twice would let too many in.
            await TryAsync(
                campaign,
                bag =>
                    bag.DayOrNull("day") == places.Day
                        ? (bag.Set("count", Math.Max(0, bag.IntegerOr("count", 0) - places.Left)), places)
                        : (null, places)
            );
        }
    }

    private static (PropertyBag?, Places) Next(PropertyBag bag, int perDay, DateOnly today)
    {
        var (day, count) = (bag.DayOrNull("day") ?? today, (int)bag.IntegerOr("count", 0));
        (day, count) =
            day < today ? (today, 0)
            : count >= perDay ? (day.AddDays(1), 0)
            : (day, count);
        var taken = Math.Min(PlacesAtOnce, perDay - count);
        return (bag.Set("day", day).Set("count", count + taken), new Places(day, taken));
    }

    private ValueTask<Places> ChangeAsync(string campaign, Func<PropertyBag, (PropertyBag?, Places)> change) =>
        ContendedCommit.UntilAppliedAsync(() => TryAsync(campaign, change));

    private async ValueTask<Places?> TryAsync(string campaign, Func<PropertyBag, (PropertyBag?, Places)> change)
    {
        var partition = CampaignBook.VersionsOf(campaign);
        var row = await store.ReadRowAsync(partition, Row);
        var (bag, answer) = change(row?.Properties.Copy() ?? new PropertyBag());
        if (bag is null)
        {
            return answer;
        }

        var expect = row is null ? Expectation.Absent : Expectation.At(row.Version);
        return await store.CommitAsync(partition, [new RowWrite(Row, expect, bag)]) is CommitResult.Applied ? answer : null;
    }
}

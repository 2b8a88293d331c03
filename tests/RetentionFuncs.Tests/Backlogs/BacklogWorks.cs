using RetentionFuncs.Campaigns;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Backlogs;

/// <summary>A shop whose customers fell silent before the campaign began; none has a tier, so net spend is what they are worth.</summary>
internal static class BacklogWorks
{
    /// <summary>From the most valuable on: the order of their spend has nothing to do with that of their names or keys.</summary>
    public static string[] ByWorth(int count) => [.. Enumerable.Range(0, count).OrderByDescending(SpendOf).Select(i => $"c{i}")];

    public static async Task SlippedAsync(this TripWorld world, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await world.CustomerAsync($"c{i}");
            await world.OrderAsync($"c{i}", "2025-10-01", SpendOf(i));
        }
    }

    public static Campaign Backlog(int perDay, string audience = "everyone", decimal control = 0) =>
        CampaignWorks.WinBack(control) with
        {
            Audience = audience,
            BacklogPerDay = perDay,
        };

    /// <summary>Who entered on which day, by the campaign.</summary>
    public static async Task<SortedDictionary<string, DateOnly>> EnteredAsync(this TripWorld world, int count, string campaign = "win-back")
    {
        var entered = new SortedDictionary<string, DateOnly>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            foreach (var entry in JourneyEntry.AllOf(await world.PartitionAsync($"c{i}"), campaign))
            {
                entered.Add($"c{i}", world.Product.Calendar.DayOf(entry.EnteredAt.ShouldNotBeNull()));
            }
        }

        return entered;
    }

    public static IEnumerable<string> On(this SortedDictionary<string, DateOnly> entered, string day) =>
        entered.Where(e => e.Value == DateOnly.Parse(day, null)).Select(e => e.Key);

    private static int SpendOf(int i) => 100 + (i * 37 % 101);
}

using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;

namespace RetentionFuncs.Reviews;

/// <summary>The entries of one campaign that a review moves on: those that wait and are due, and a new one for each occasion it answers.</summary>
internal static class DueEntries
{
    public static IReadOnlyList<JourneyEntry> Of(
        CustomerPartition partition,
        LiveCampaign live,
        IReadOnlyList<Occasion> occasions,
        HashSet<string> due,
        DateOnly today
    )
    {
        var going = JourneyEntry
            .AllOf(partition, live.Head.Key)
            .Where(e => due.Contains(e.Reference) && e.StepDueOn <= today)
            .Where(e => e.Status is EntryStatus.Held or EntryStatus.Active)
            .ToList();
        if (live.Head.Status is CampaignStatus.Live or CampaignStatus.Paused)
        {
            going.AddRange(
                occasions
                    .Where(o => o.IsFor(live.Version.Campaign) && JourneyEntry.Find(partition, live.Head.Key, o.Name) is null)
                    .Select(o => NewEntry(live, o, today))
            );
        }

        return going;
    }

    private static JourneyEntry NewEntry(LiveCampaign live, Occasion occasion, DateOnly today) =>
        new(
            live.Head.Key,
            occasion.Name,
            live.Version.Hash,
            EntryStatus.Held,
            null,
            occasion.Day,
            occasion.Admitted,
            null,
            0,
            occasion.Contact?.Value,
            live.Version.Campaign.Steps[0].Id,
            occasion.Admitted ? today
                : occasion.Day > today.AddDays(-1) ? occasion.Day
                : today,
            null
        );
}

using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Messages;
using RetentionFuncs.Settings;

namespace RetentionFuncs.Simulation.Worlds;

/// <summary>What a simulated shop does and for how long.</summary>
/// <param name="ActiveDays">Days in which things happen; after them the world is left to come to rest.</param>
/// <param name="Cap">So low that it is often reached.</param>
public sealed record ShopPlan(int ActiveDays, int RestDays, FrequencyCap Cap)
{
    /// <summary>Weeks of a shop that writes every other day: planning, waiting and timers are most of its life.</summary>
    public static ShopPlan Weeks { get; } = new(SimShop.ActiveDays, SimShop.RestDays, SimShop.Settings.Cap);

    /// <summary>The day on which a shop writes to everybody twelve times: claiming, sending, settling and evidence are most of its life.</summary>
    public static ShopPlan Rush { get; } =
        new(2, SimShop.RestDays, new FrequencyCap(12, 3))
        {
            IsRush = true,
            PageRows = 200,
            EventsAtOnce = 40,
            ActsNow = 0.02,
        };

    /// <summary>Most rows of a page; small values exercise the loops over pages.</summary>
    public int PageRows { get; private init; } = 40;

    /// <summary>At most so many events in one post of the provider.</summary>
    public int EventsAtOnce { get; private init; } = 20;

    /// <summary>How likely somebody does something in the second in which their message is taken up, 0 to 1.</summary>
    public double ActsNow { get; private init; } = 0.04;

    private bool IsRush { get; init; }

    public BusinessSettings Settings { get; } = SimShop.Settings with { Cap = Cap };

    internal IReadOnlyList<CampaignVersion> Campaigns(DateOnly start) =>
        IsRush
            ?
            [
                SimShop.OnDates("news", MessagePurpose.Promotion, 6, 2, start, 1),
                SimShop.OnDates("tips", MessagePurpose.Care, 4, 2, start, 1),
                SimShop.OnDates("recall", MessagePurpose.Service, 2, 3, start, 1),
                .. SimShop.Campaigns(start).Where(v => v.Campaign.Key == "thanks"),
            ]
            : SimShop.Campaigns(start);
}

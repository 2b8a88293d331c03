using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Identity;
using RetentionFuncs.Operations;
using RetentionFuncs.Queues;
using RetentionFuncs.Scoring;
using RetentionFuncs.Settings;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Wiring;

/// <summary>What every verb of one product stands on.</summary>
internal sealed record ProductGround(
    IRowStore Store,
    IWorkQueue Queue,
    BusinessSettings Settings,
    InstanceSecret Secret,
    IIdSource Ids,
    TimeProvider Clock,
    ProductOptions Options
)
{
    public BusinessCalendar Calendar { get; } = new(Settings.Zone);

    public CampaignBook Campaigns { get; } = new(Store, Clock);

    public ScoringBook Scoring { get; } = new(Store, Settings.LapseRule, Clock);

    public NoteOperation Note { get; } = new(Store, Ids, Clock);
}

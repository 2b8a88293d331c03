using RetentionFuncs.Deliveries;
using RetentionFuncs.Simulation.Histories;

namespace RetentionFuncs.Simulation.Plants;

/// <summary>Faults in what becomes of the provider's events.</summary>
internal static class EvidencePlants
{
    public static IReadOnlyList<Plant> All { get; } =
    [
        new OtherEvents("evidence-dropped", Rule.EvidenceCounts, "the webhook says thanks and drops what it got", _ => null),
        new OtherEvents(
            "evidence-of-other-attempt",
            Rule.EvidenceCounts,
            "events are filed under an attempt that was never made",
            e => e with { AttemptId = e.AttemptId[..^1] + "7" }
        ),
        new OtherEvents(
            "bounce-is-soft",
            Rule.NoIsNo,
            "a hard bounce is taken for a soft one",
            e => e.Bounce is null ? e : e with { Bounce = BounceKind.Soft }
        )
        {
            FoundBy = FoundBy.Second,
        },
        new OtherEvents(
            "complaint-is-a-click",
            Rule.NoIsNo,
            "a complaint is counted and not obeyed",
            e => e.Kind == DeliveryEventKind.Complained ? e with { Kind = DeliveryEventKind.Clicked } : e
        )
        {
            FoundBy = FoundBy.Second,
        },
        new OtherEvents(
            "unsubscribed-at-provider",
            Rule.NoIsNo,
            "who unsubscribes at the provider is told of and not obeyed",
            e => e.Kind == DeliveryEventKind.Unsubscribed ? e with { Kind = DeliveryEventKind.Opened } : e
        )
        {
            FoundBy = FoundBy.Second,
        },
    ];

    private sealed record OtherEvents(string Name, Rule Breaks, string What, Func<DeliveryEvent, DeliveryEvent?> Bend)
        : Plant(Name, Breaks, What)
    {
        public override DeliveryEvent? Around(DeliveryEvent told) => Bend(told);
    }
}

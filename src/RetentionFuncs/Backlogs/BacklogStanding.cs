using RetentionFuncs.Campaigns;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Backlogs;

/// <summary>How a campaign's backlog stands.</summary>
/// <param name="Day">The day it speaks for: the last on which places were given, the one asked for or the campaign's first, whichever is latest.</param>
/// <param name="Slipped">Customers past the trigger at the launch; null of campaigns launched before it was counted.</param>
/// <param name="InAudience">Those of them whom the audience wanted then, or once a first refit told tiers; likewise.</param>
/// <param name="GivenThatDay">Places used on <paramref name="Day"/>, by control too.</param>
/// <param name="Given">Places used since the launch.</param>
/// <param name="ThroughOn">About when all who wait have had their turn; null when nobody waits, or the campaign ends before.</param>
/// <param name="EndsOn">Set when it ends before all have had their turn.</param>
public sealed record BacklogStanding(
    DateOnly Day,
    int PerDay,
    int? Slipped,
    int? InAudience,
    int GivenThatDay,
    int Given,
    int Waiting,
    DateOnly? ThroughOn,
    DateOnly? EndsOn
)
{
    public static BacklogStanding Of(LiveCampaign live, BacklogState state, int waiting, DateOnly asOf)
    {
        var (at, day) = StateOn(live, state, asOf);
        var through = waiting == 0 ? null : TurnOn(live, state, waiting, asOf);
        var endsBefore = through is not null && live.Version.Campaign.End <= through;
        return new BacklogStanding(
            day,
            live.Version.Campaign.BacklogPerDay,
            live.Head.Backlog?.Slipped,
            live.Head.Backlog is { } found ? Math.Max(found.InAudience, at.GivenBefore + at.Given + waiting) : null,
            at.Given,
            at.GivenBefore + at.Given,
            waiting,
            endsBefore ? null : through,
            endsBefore ? live.Version.Campaign.End : null
        );
    }

    /// <summary>About when the turn of the customer at that place of the line comes, 1 the first; null when there are no places.</summary>
    public static DateOnly? TurnOn(LiveCampaign live, BacklogState state, int place, DateOnly asOf)
    {
        var (at, day) = StateOn(live, state, asOf);
        var perDay = live.Version.Campaign.BacklogPerDay;
        var left = at.IsThrough ? 0 : Math.Max(0, perDay - at.Given);
        return perDay == 0 ? null
            : place <= left ? day
            : day.AddDays((place - left + perDay - 1) / perDay);
    }

    private static (BacklogState State, DateOnly Day) StateOn(LiveCampaign live, BacklogState state, DateOnly asOf)
    {
        var first = live.Head.StartOn > asOf ? live.Head.StartOn.Value : asOf;
        var at = state.On(first);
        return (at, at.Day);
    }
}

/// <summary>Reads how a backlog stands; who waits is counted, row by row.</summary>
public sealed class ReadBacklog(IRowStore store)
{
    /// <returns>Null of a campaign without a backlog, not launched, or stopped: nobody waits.</returns>
    public async ValueTask<BacklogStanding?> RunAsync(LiveCampaign live, DateOnly asOf) =>
        live is { Version.Campaign.KeepsBacklog: true, Head: { LaunchedAt: not null, Status: not CampaignStatus.Stopped } }
            ? BacklogStanding.Of(live, await StateAsync(live), await new WaitingLine(store, live.Head.Key).CountAsync(), asOf)
            : null;

    public async ValueTask<BacklogState> StateAsync(LiveCampaign live) => (await new BacklogDesk(store, live.Head.Key).ReadAsync()).State;
}

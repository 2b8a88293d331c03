using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Reviews;
using RetentionFuncs.Segments;

namespace RetentionFuncs.Backlogs;

/// <summary>Whether a customer who slipped too early to be news waits for a place: the audience is asked first, so a place is never kept for somebody it does not want.</summary>
internal static class JoinBacklog
{
    /// <param name="partition">The verdict is noted in its ledger; the caller commits it after the line.</param>
    /// <param name="facts">As of today.</param>
    /// <returns>Null for who is not in the audience, or has had a turn for this crossing already.</returns>
    public static WaitingCustomer? Of(
        CustomerPartition partition,
        LiveCampaign live,
        AudienceExpression audience,
        Occasion crossed,
        AudienceFacts? facts,
        DateTimeOffset now
    )
    {
        if (facts is null || !audience.Matches(facts) || HadTurn(partition, live.Head.Key, crossed.Name))
        {
            return null;
        }

        DecisionLedger.Record(
            partition,
            new LedgerLine(
                live.Head.Key,
                crossed.Name,
                live.Version.Campaign.Steps[0].Id,
                now,
                "Hold",
                Gate.Live,
                GateReason.InBacklog,
                Occasion.NameOf(crossed.Day),
                null,
                null,
                live.Version.Hash
            )
        );
        return new WaitingCustomer(partition.Key, crossed.Name, crossed.Day, BacklogRank.Of(facts), now);
    }

    private static bool HadTurn(CustomerPartition partition, string campaign, string occasion) =>
        JourneyEntry.Find(partition, campaign, occasion) is not null
        || DecisionLedger.Of(partition).Any(l => l.Campaign == campaign && l.Occasion == occasion && l.Verdict == "Skip");
}

using RetentionFuncs.Campaigns;
using RetentionFuncs.Reports;

namespace RetentionFuncs.Embedded.Demo;

/// <summary>What a campaign of the demo is truly worth, computed from the hidden behaviour of exactly those who entered.</summary>
internal sealed class DemoTruth(DemoRun run, IReadOnlyDictionary<string, Campaign> campaigns)
{
    /// <summary>The true uplift of the entries whose window has closed, as a proportion; null without any.</summary>
    public double? Of(string campaign, IReadOnlyList<EntryOutcome> entries)
    {
        var closed = entries.Where(e => e.WindowClosed).ToArray();
        return closed.Length == 0 ? null : run.Behaviour.TruthFor(closed.Select(e => EntryOf(campaigns[campaign], e)));
    }

    /// <summary>The messages by plan, in either arm: until the first order nothing but the plan decides what is sent.</summary>
    private DemoEntry EntryOf(Campaign campaign, EntryOutcome entry)
    {
        var id = run.IdOf(entry.Customer);
        var others = run.Contacts.TryGetValue(id, out var known) ? known.Where(c => c.Campaign != campaign.Key).ToList() : [];
        return new DemoEntry(id, entry.EnteredOn, campaign.AttributionDays, PlanOf(campaign, entry.EnteredOn)) { EitherWay = others };
    }

    private static List<DemoContact> PlanOf(Campaign campaign, DateOnly enteredOn)
    {
        var (plan, day) = (new List<DemoContact>(), enteredOn);
        foreach (var step in campaign.Steps)
        {
            if (step is JourneyStep.Wait wait)
            {
                day = day.AddDays(wait.Days);
            }
            else if (step is JourneyStep.Message message)
            {
                plan.Add(new DemoContact(day, DemoMessages.KindOf(campaign.Key, message)) { Campaign = campaign.Key });
            }
        }

        return plan;
    }
}

using System.Globalization;
using RetentionFuncs.Customers;

namespace RetentionFuncs.Campaigns;

/// <summary>
/// The parts that the hash of a version runs over, in a fixed order. Names stand before values and counts before lists, so no two
/// versions share a form. Pinned by a golden vector: a change would make every campaign a new version.
/// </summary>
internal static class CanonicalForm
{
    private const string Algorithm = "rfc1";

    public static IEnumerable<string> Of(CampaignVersion version) =>
        [
            Algorithm,
            .. Of(version.Campaign),
            .. Of(version.Sender),
            "templates",
            Text(version.Templates.Count),
            .. version.Templates.OrderBy(t => t.Key, StringComparer.Ordinal).SelectMany(t => Of(t.Value)),
        ];

    private static IEnumerable<string> Of(Campaign campaign) =>
        [
            "campaign",
            campaign.Key,
            .. Of("title", campaign.Titles),
            "job",
            CampaignWords.WordOf(CampaignWords.Jobs, campaign.Job),
            "audience",
            campaign.Audience,
            .. Of(campaign.Trigger),
            "steps",
            Text(campaign.Steps.Count),
            .. campaign.Steps.SelectMany(Of),
            "exit_on_order",
            campaign.ExitOnOrder ? "true" : "false",
            "sender",
            campaign.Sender,
            "attribution",
            Text(campaign.AttributionDays),
            "control",
            campaign.ControlShare is { } share ? Text(share) : "auto",
            "priority",
            Text(campaign.Priority),
            "start",
            campaign.Start is { } start ? Text(start) : "",
            "end",
            campaign.End is { } end ? Text(end) : "",
            "budget",
            campaign.MessageBudget is { } budget ? Text(budget) : "",
            "backlog",
            Text(campaign.BacklogPerDay),
            // No topic adds nothing, so that versions from before there were topics keep their hash.
            .. campaign.Topic is { } topic ? (string[])["topic", topic] : [],
            // None adds nothing, so that versions from before there were tags keep their hash.
            .. campaign.Utm is { } utm ? (string[])["utm", utm.Source ?? "", utm.Medium ?? "", utm.Campaign ?? ""] : [],
        ];

    private static IEnumerable<string> Of(CampaignTrigger trigger) =>
        trigger switch
        {
            CampaignTrigger.StageEntered entered => ["stage", CampaignWords.WordOf(CampaignWords.Stages, entered.Stage)],
            CampaignTrigger.DaysAfterOrder after => ["days_after_order", Text(after.Days)],
            CampaignTrigger.Replenish before => ["replenish", Text(before.DaysBefore)],
            CampaignTrigger.TierMoved moved =>
            [
                "tier",
                CampaignWords.WordOf(CampaignWords.TierDirections, moved.Direction),
                moved.To is { } to ? CampaignWords.WordOf(CampaignWords.Tiers, to) : "any",
            ],
            CampaignTrigger.ConsentRequested => ["consent_requested"],
            CampaignTrigger.DateList list => ["dates", Text(list.Dates.Count), .. list.Dates.Select(Text)],
            _ => ["birthday"],
        };

    private static IEnumerable<string> Of(JourneyStep step) =>
        step switch
        {
            JourneyStep.Wait wait => ["wait", wait.Id, Text(wait.Days)],
            JourneyStep.Message message =>
            [
                "message",
                message.Id,
                message.Template,
                message.To,
                CampaignWords.WordOf(CampaignWords.Purposes, message.Purpose),
                message.ValidForDays is { } days ? Text(days) : "",
                .. message.Offer is { } offer
                    ? (string[])["offer", Text(offer.Percent), Text(offer.ValidDays), Text(offer.MinimumOrder)]
                    : [],
                // E-mail adds nothing, so that versions from before there were channels keep their hash.
                .. message.Channel == Channel.Email
                    ? (string[])[]
                    : ["channel", CampaignWords.WordOf(CampaignWords.Channels, message.Channel)],
            ],
            _ => throw new ArgumentOutOfRangeException(nameof(step), step, "A step of an unknown kind."),
        };

    private static IEnumerable<string> Of(SenderProfile sender) =>
        ["sender", sender.Key, .. Of("from_name", sender.FromNames), sender.FromAddress, sender.ReplyTo, sender.PostalAddress];

    private static IEnumerable<string> Of(MessageTemplate template) =>
        [
            "template",
            template.Key,
            Text(template.Locales.Count),
            .. template
                .Locales.OrderBy(l => l.Key, StringComparer.Ordinal)
                .SelectMany(l => (string[])[l.Key, l.Value.Subject, l.Value.Text, l.Value.Html]),
        ];

    private static IEnumerable<string> Of(string name, IReadOnlyDictionary<string, string> texts) =>
        [name, Text(texts.Count), .. texts.OrderBy(t => t.Key, StringComparer.Ordinal).SelectMany(t => (string[])[t.Key, t.Value])];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;
using RetentionFuncs.Customers;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Campaigns;

/// <summary>Writes a version as YAML files in the order a person reads them.</summary>
internal static class CampaignFileWriter
{
    /// <returns>Path relative to the campaign folder, and the text.</returns>
    /// <exception cref="ArgumentException">A key is none.</exception>
    public static IEnumerable<(string File, string Text)> TextsOf(CampaignVersion version)
    {
        yield return (FileOf("", version.Campaign.Key), TextOf(version.Campaign));
        yield return (FileOf("senders/", version.Sender.Key), TextOf(version.Sender));
        foreach (var template in version.Templates.Values.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            yield return (FileOf("templates/", template.Key), TextOf(template));
        }
    }

    public static string TextOf(SenderProfile sender)
    {
        var text = Begin();
        Write(text, "from_name", sender.FromNames);
        text.Append("from_address: ").Append(YamlQuoting.Inline(sender.FromAddress)).Append('\n');
        text.Append("reply_to: ").Append(YamlQuoting.Inline(sender.ReplyTo)).Append('\n');
        return text.Append("postal_address: ").Append(YamlQuoting.Block(sender.PostalAddress, 2)).Append('\n').ToString();
    }

    private static string TextOf(MessageTemplate template)
    {
        var text = Begin().Append("locales:\n");
        foreach (var (locale, parts) in template.Locales.OrderBy(l => l.Key, StringComparer.Ordinal))
        {
            text.Append("  ").Append(Key(locale)).Append(":\n");
            if (!parts.IsTextOnly)
            {
                text.Append("    subject: ").Append(YamlQuoting.Inline(parts.Subject)).Append('\n');
            }

            text.Append("    text: ").Append(YamlQuoting.Block(parts.Text, 6)).Append('\n');
            if (!parts.IsTextOnly)
            {
                text.Append("    html: ").Append(YamlQuoting.Block(parts.Html, 6)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string TextOf(Campaign campaign)
    {
        var text = Begin();
        Write(text, "title", campaign.Titles);
        Line(text, $"job: {CampaignWords.WordOf(CampaignWords.Jobs, campaign.Job)}");
        Line(text, $"audience: {YamlQuoting.Inline(campaign.Audience)}");
        Line(text, $"trigger: {TextOf(campaign.Trigger)}");
        Optional(text, "topic", campaign.Topic is { } topic ? YamlQuoting.Inline(topic) : null);
        text.Append("steps:\n");
        foreach (var step in campaign.Steps)
        {
            Write(text, step);
        }

        Line(text, $"exit_on_order: {(campaign.ExitOnOrder ? "true" : "false")}");
        Line(text, $"sender: {YamlQuoting.Inline(campaign.Sender)}");
        Line(text, $"attribution: {Days(campaign.AttributionDays)}");
        Line(text, $"control: {(campaign.ControlShare is { } share ? Number(share * 100) + "%" : "auto")}");
        Line(text, $"priority: {campaign.Priority}");
        Optional(text, "start", campaign.Start is { } start ? Date(start) : null);
        Optional(text, "end", campaign.End is { } end ? Date(end) : null);
        Optional(text, "budget", campaign.MessageBudget is { } budget ? FormattableString.Invariant($"{{messages: {budget}}}") : null);
        Optional(text, "backlog", campaign.BacklogPerDay > 0 ? FormattableString.Invariant($"{campaign.BacklogPerDay} per day") : null);
        Optional(text, "utm", campaign.Utm is { } utm ? TextOf(utm) : null);
        return text.ToString();
    }

    private static string TextOf(Messages.UtmTags utm) =>
        "{"
        + string.Join(
            ", ",
            new[] { ("source", utm.Source), ("medium", utm.Medium), ("campaign", utm.Campaign) }
                .Where(t => t.Item2 is not null)
                .Select(t => $"{t.Item1}: {YamlQuoting.Quoted(t.Item2!)}")
        )
        + "}";

    private static string TextOf(CampaignTrigger trigger) =>
        trigger switch
        {
            CampaignTrigger.StageEntered entered => $"{{stage: {CampaignWords.WordOf(CampaignWords.Stages, entered.Stage)}}}",
            CampaignTrigger.DaysAfterOrder after => FormattableString.Invariant($"{{days_after_order: {after.Days}}}"),
            CampaignTrigger.Replenish before => $"{{replenish: {Days(before.DaysBefore)} before}}",
            CampaignTrigger.TierMoved moved => TextOf(moved),
            CampaignTrigger.ConsentRequested => "consent_requested",
            CampaignTrigger.DateList list => $"{{dates: [{string.Join(", ", list.Dates.Select(Date))}]}}",
            _ => "birthday",
        };

    private static string TextOf(CampaignTrigger.TierMoved moved)
    {
        var to = moved.To is { } tier ? $", to: {CampaignWords.WordOf(CampaignWords.Tiers, tier)}" : "";
        return $"{{tier: {CampaignWords.WordOf(CampaignWords.TierDirections, moved.Direction)}{to}}}";
    }

    private static void Write(StringBuilder text, JourneyStep step)
    {
        if (step is JourneyStep.Wait wait)
        {
            Line(text, $"  - wait: {{id: {YamlQuoting.Inline(wait.Id)}, for: {Days(wait.Days)}}}");
            return;
        }

        var message = (JourneyStep.Message)step;
        text.Append("  - message:\n");
        Line(text, $"      id: {YamlQuoting.Inline(message.Id)}");
        Line(text, $"      template: {YamlQuoting.Inline(message.Template)}");
        Line(text, $"      to: {YamlQuoting.Inline(message.To)}");
        Line(text, $"      purpose: {CampaignWords.WordOf(CampaignWords.Purposes, message.Purpose)}");
        Optional(
            text,
            "      channel",
            message.Channel == Channel.Email ? null : CampaignWords.WordOf(CampaignWords.Channels, message.Channel)
        );
        Optional(text, "      valid_for", message.ValidForDays is { } days ? Days(days) : null);
        if (message.Offer is { } offer)
        {
            var minimum = offer.MinimumOrder > 0 ? $", minimum_order: {Number(offer.MinimumOrder)}" : "";
            Line(text, $"      offer: {{percent: {Number(offer.Percent)}, valid_for: {Days(offer.ValidDays)}{minimum}}}");
        }
    }

    private static void Write(StringBuilder text, string key, IReadOnlyDictionary<string, string> byLocale)
    {
        text.Append(key).Append(":\n");
        foreach (var (locale, value) in byLocale.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            text.Append("  ").Append(Key(locale)).Append(": ").Append(YamlQuoting.Inline(value)).Append('\n');
        }
    }

    private static string FileOf(string room, string key) =>
        CampaignKeys.IsKey(key)
            ? $"{room}{key}.yaml"
            : throw new ArgumentException($"'{key}' is not a key. {CampaignKeys.Hint.En}", nameof(key));

    private static StringBuilder Begin() => new(FormattableString.Invariant($"schema: {CampaignWords.Schema}\n"));

    private static void Line(StringBuilder text, FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');

    private static void Optional(StringBuilder text, string key, string? value)
    {
        if (value is not null)
        {
            text.Append(key).Append(": ").Append(value).Append('\n');
        }
    }

    private static string Key(string locale) => YamlQuoting.Inline(locale);

    private static string Days(int days) => FormattableString.Invariant($"{days} {(days == 1 ? "day" : "days")}");

    private static string Number(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    private static string Date(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

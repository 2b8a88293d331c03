using RetentionFuncs.Findings;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Campaigns;

/// <summary>Reads <c>trigger:</c>, which is a word, or a map with one key (a tier has a second).</summary>
internal static class TriggerReader
{
    private static readonly string[] Kinds = ["stage", "days_after_order", "replenish", "birthday", "consent_requested", "dates", "tier"];

    public static CampaignTrigger? Read(DraftFile file)
    {
        if (file.Fields.Node("trigger", required: true) is not { } node)
        {
            return null;
        }

        if (node is YamlText word)
        {
            return word.Value switch
            {
                "birthday" => new CampaignTrigger.BirthdayCame(),
                "consent_requested" => new CampaignTrigger.ConsentRequested(),
                _ => Unknown(file.Findings, word),
            };
        }

        if (node is YamlMap moves && moves.Find("tier") is not null)
        {
            return Tier(new YamlFields(moves, file.Findings));
        }

        if (node is not YamlMap { Entries: [{ Key: var kind }] } map)
        {
            file.Findings.Error(
                node.Line,
                node.Column,
                new Phrase("A trigger is exactly one thing.", "触发条件只能有一个。"),
                new Phrase(
                    "Write one of {stage: lapsing}, {days_after_order: 14}, {replenish: 7 days before}, birthday, consent_requested, {dates: [2026-09-25]}, {tier: up, to: key}.",
                    "请写其中之一：{stage: lapsing}、{days_after_order: 14}、{replenish: 7 days before}、birthday、consent_requested、{dates: [2026-09-25]}、{tier: up, to: key}。"
                )
            );
            return null;
        }

        var fields = new YamlFields(map, file.Findings);
        return kind.Value switch
        {
            "stage" => fields.Choice("stage", CampaignWords.Stages, required: true) is { } stage
                ? new CampaignTrigger.StageEntered(stage)
                : null,
            "days_after_order" => fields.Value("days_after_order", YamlScalars.Whole(1, 1095), required: true) is { } days
                ? new CampaignTrigger.DaysAfterOrder(days)
                : null,
            "replenish" => fields.Value("replenish", YamlScalars.DaysBefore(365), required: true) is { } before
                ? new CampaignTrigger.Replenish(before)
                : null,
            "dates" => Dates(fields, file.Findings),
            _ => Unknown(file.Findings, kind),
        };
    }

    private static CampaignTrigger.TierMoved? Tier(YamlFields fields)
    {
        var direction = fields.Choice("tier", CampaignWords.TierDirections, required: true);
        var to = fields.Choice("to", CampaignWords.Tiers);
        fields.Done();
        return direction is { } moved ? new CampaignTrigger.TierMoved(moved, to) : null;
    }

    private static CampaignTrigger.DateList? Dates(YamlFields fields, FindingList findings)
    {
        if (fields.List("dates", required: true) is not { } list)
        {
            return null;
        }

        var dates = new SortedSet<DateOnly>();
        foreach (var item in list.Items)
        {
            if (item is not YamlText text)
            {
                findings.Error(item.Line, item.Column, new Phrase("A date is one text.", "日期应该是一段文字。"));
            }
            else if (fields.Value("dates", text, YamlScalars.Date) is { } day && !dates.Add(day))
            {
                findings.Error(text.Line, text.Column, new Phrase($"{text.Value} stands here twice.", $"{text.Value} 重复了。"));
            }
        }

        if (list.Items.Count == 0)
        {
            findings.Error(list.Line, list.Column, new Phrase("The list of dates is empty.", "日期列表是空的。"));
        }

        return dates.Count > 0 ? new CampaignTrigger.DateList([.. dates]) : null;
    }

    private static CampaignTrigger? Unknown(FindingList findings, YamlText word)
    {
        findings.Error(
            word.Line,
            word.Column,
            new Phrase($"The trigger '{word.Value}' is not known.", $"没有“{word.Value}”这种触发条件。"),
            NearestName.Hint(word.Value, Kinds)
        );
        return null;
    }
}

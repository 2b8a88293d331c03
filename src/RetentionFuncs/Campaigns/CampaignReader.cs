using RetentionFuncs.Findings;
using RetentionFuncs.Segments;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Campaigns;

/// <summary>A campaign that could be read, with the places of its parts for later findings.</summary>
internal sealed record DraftCampaign(Campaign Campaign, AudienceExpression Audience, IReadOnlyList<DraftStep> Steps, DraftFile File)
{
    public YamlNode At(string key) => File.Fields.Node(key) ?? File.Fields.Map;
}

/// <summary>Reads <c>campaigns/&lt;key&gt;.yaml</c>.</summary>
internal static class CampaignReader
{
    /// <summary>Null when the file holds an error; warnings do not stop it.</summary>
    public static DraftCampaign? Read(DraftFile file)
    {
        var fields = file.Fields;
        var titles = file.ByLocale("title");
        var job = fields.Choice("job", CampaignWords.Jobs, required: true);
        var audience = Audience(file);
        var trigger = TriggerReader.Read(file);
        var topic = file.KeyIn(fields, "topic", required: false);
        var exitOnOrder = fields.Value("exit_on_order", YamlScalars.TrueOrFalse) ?? trigger is not CampaignTrigger.ConsentRequested;
        var sender = file.KeyIn(fields, "sender");
        var attribution = fields.Value("attribution", YamlScalars.Days(1, 730)) ?? CampaignWords.DefaultAttributionDays;
        var control = Control(fields);
        var priority = fields.Value("priority", YamlScalars.Whole(0, 100)) ?? CampaignWords.DefaultPriority;
        var start = fields.Value("start", YamlScalars.Date);
        var end = fields.Value("end", YamlScalars.Date);
        var budget = fields.Fields("budget") is { } map ? Budget(new YamlFields(map, file.Findings)) : null;
        var backlog = fields.Value("backlog", YamlScalars.PerDay(0, 1_000_000)) ?? 0;
        var utm = Settings.LinkSettingsReader.Utm(fields, file.Findings);
        var steps = new StepReader(file).Read();
        fields.Done();
        if (file.Findings.HasErrors || job is null || audience is null || trigger is null || sender is null)
        {
            return null;
        }

        var campaign = new Campaign(
            file.Key,
            titles,
            job.Value,
            audience.ToString(),
            trigger,
            [.. steps.Select(s => s.Step)],
            exitOnOrder,
            sender,
            attribution,
            control,
            priority,
            start,
            end,
            budget,
            backlog
        )
        {
            Topic = topic,
            Utm = utm,
        };
        return new DraftCampaign(campaign, audience, steps, file);
    }

    private static AudienceExpression? Audience(DraftFile file)
    {
        if (file.Fields.Text("audience", required: true) is not { } text)
        {
            return null;
        }

        if (AudienceExpression.TryParse(text.Value, out var expression, out var errors))
        {
            return expression;
        }

        foreach (var error in errors)
        {
            var (line, column) = text.PlaceOf(error.Column - 1);
            file.Findings.Error(
                line,
                column,
                new Phrase(
                    $"In the audience, column {error.Column}: {error.Message.En}",
                    $"受众条件第 {error.Column} 列：{error.Message.Zh}"
                ),
                error.Hint
            );
        }

        return null;
    }

    /// <summary>As a share; null for <c>auto</c>, which is also what a missing line means.</summary>
    private static decimal? Control(YamlFields fields)
    {
        if (fields.Text("control") is not { Value: not "auto" } text)
        {
            return null;
        }

        var percent = YamlScalars.Percent(0, 50, endsIncluded: true);
        return fields.Value(
                "control",
                text,
                percent with
                {
                    Expected = new Phrase($"auto, or {percent.Expected.En}", $" auto，或{percent.Expected.Zh}"),
                }
            ) / 100;
    }

    private static int? Budget(YamlFields fields)
    {
        var messages = fields.Value("messages", YamlScalars.Whole(1, int.MaxValue), required: true);
        fields.Done();
        return messages;
    }
}

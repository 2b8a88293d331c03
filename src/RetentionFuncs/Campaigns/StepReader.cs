using RetentionFuncs.Customers;
using RetentionFuncs.Findings;
using RetentionFuncs.Offers;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Campaigns;

/// <summary>A step together with where it stands in its file.</summary>
internal sealed record DraftStep(JourneyStep Step, YamlNode At);

/// <summary>Reads <c>steps:</c>, a list of messages and waits.</summary>
internal sealed class StepReader(DraftFile file)
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly List<DraftStep> _steps = [];

    public IReadOnlyList<DraftStep> Read()
    {
        if (file.Fields.List("steps", required: true) is not { } list)
        {
            return [];
        }

        foreach (var item in list.Items)
        {
            if (item is YamlMap { Entries: [var entry] } && Step(entry.Key, entry.Value) is { } step)
            {
                _steps.Add(new DraftStep(step, entry.Value));
            }
            else if (item is not YamlMap { Entries.Count: 1 })
            {
                file.Findings.Error(
                    item.Line,
                    item.Column,
                    new Phrase("A step is one message or one wait.", "每一步要么是一条消息，要么是一次等待。"),
                    new Phrase("Write '- message: {…}' or '- wait: 7 days'.", "请写“- message: {…}”或“- wait: 7 days”。")
                );
            }
        }

        if (!_steps.Exists(s => s.Step is JourneyStep.Message) && !file.Findings.HasErrors)
        {
            file.Findings.Error(list.Line, list.Column, new Phrase("The journey has no message.", "流程里没有任何消息。"));
        }

        return _steps;
    }

    private JourneyStep? Step(YamlText kind, YamlNode body)
    {
        switch (kind.Value)
        {
            case "message" when body is YamlMap map:
                return Message(new YamlFields(map, file.Findings));
            case "wait" when body is YamlMap map:
                return Wait(new YamlFields(map, file.Findings));
            case "wait" when body is YamlText text:
                return new YamlFields(new YamlMap(text.Line, text.Column, []), file.Findings).Value("wait", text, WaitDays) is { } days
                    ? new JourneyStep.Wait(OwnId(), days)
                    : null;
            case "message":
                file.Findings.Error(
                    body.Line,
                    body.Column,
                    new Phrase("'message' needs 'key: value' lines.", "message 下面应该是“键: 值”。")
                );
                return null;
            case "wait":
                file.Findings.Error(
                    body.Line,
                    body.Column,
                    new Phrase("'wait' needs a duration such as 7 days.", "wait 需要时长，例如 7 days。")
                );
                return null;
            default:
                file.Findings.Error(
                    kind.Line,
                    kind.Column,
                    new Phrase($"The step '{kind.Value}' is not known.", $"没有“{kind.Value}”这种步骤。"),
                    NearestName.Hint(kind.Value, ["message", "wait"])
                );
                return null;
        }
    }

    private static YamlScalar<int> WaitDays { get; } = YamlScalars.Days(1, 730);

    private JourneyStep.Wait? Wait(YamlFields fields)
    {
        var id = fields.Has("id") ? Id(fields) : OwnId();
        var days = fields.Value("for", WaitDays, required: true);
        fields.Done();
        return id is not null && days is not null ? new JourneyStep.Wait(id, days.Value) : null;
    }

    private JourneyStep.Message? Message(YamlFields fields)
    {
        var id = Id(fields);
        var template = file.KeyIn(fields, "template");
        var to = Recipient(fields);
        var purpose = fields.Choice("purpose", CampaignWords.Purposes, required: true);
        var validFor = fields.Value("valid_for", YamlScalars.Days(1, 365));
        var channel = fields.Choice("channel", CampaignWords.Channels) ?? Channel.Email;
        var offer = fields.Fields("offer") is { } map ? Offer(new YamlFields(map, file.Findings)) : null;
        fields.Done();
        if (offer is not null && purpose is MessagePurpose.Care or MessagePurpose.Service && fields.Node("offer") is { } at)
        {
            file.Findings.Error(
                at.Line,
                at.Column,
                new Phrase(
                    "A message with an offer is a promotion, whatever it is called.",
                    "带优惠的消息就是促销，不能标成 care 或 service。"
                ),
                new Phrase("Set purpose: promotion, or take the offer out.", "请写 purpose: promotion，或去掉优惠。")
            );
        }

        return id is not null && template is not null && to is not null && purpose is not null
            ? new JourneyStep.Message(id, template, to, purpose.Value, validFor, offer) { Channel = channel }
            : null;
    }

    private PercentOffer? Offer(YamlFields fields)
    {
        var percent = fields.Value("percent", YamlScalars.Percent(0, 100, endsIncluded: false), required: true);
        var validFor = fields.Value("valid_for", YamlScalars.Days(1, 365), required: true);
        var minimum = fields.Value("minimum_order", YamlScalars.Number(0, 1_000_000)) ?? 0;
        fields.Done();
        return percent is not null && validFor is not null ? new PercentOffer(percent.Value, validFor.Value, minimum) : null;
    }

    private string? Recipient(YamlFields fields)
    {
        if (fields.Text("to") is not { } text)
        {
            return CampaignWords.Recipients[0];
        }

        if (CampaignWords.Recipients.Contains(text.Value, StringComparer.Ordinal))
        {
            return text.Value;
        }

        file.Findings.Error(
            text.Line,
            text.Column,
            new Phrase($"'to' cannot be '{text.Value}'.", $"to 不能是“{text.Value}”。"),
            NearestName.Hint(text.Value, [.. CampaignWords.Recipients])
        );
        return null;
    }

    private string? Id(YamlFields fields)
    {
        if (file.KeyIn(fields, "id") is not { } id)
        {
            return null;
        }

        var at = fields.Node("id")!;
        if (_lines.TryAdd(id, at.Line))
        {
            return id;
        }

        file.Findings.Error(
            at.Line,
            at.Column,
            new Phrase($"The step id '{id}' is taken by line {_lines[id]}.", $"步骤 id “{id}”在第 {_lines[id]} 行已经用过。"),
            new Phrase("Every step has its own id, and keeps it for good.", "每一步都要有自己的 id，而且以后不能改。")
        );
        return null;
    }

    /// <summary>A wait may go without id: it is never part of a touchpoint. Named after the step before it.</summary>
    private string OwnId()
    {
        var stem = _steps.Count == 0 ? "wait" : $"wait-after-{_steps[^1].Step.Id}";
        stem = stem.Length > 60 ? stem[..60].TrimEnd('-') : stem;
        var id = stem;
        for (var n = 2; !_lines.TryAdd(id, 0); n++)
        {
            id = FormattableString.Invariant($"{stem}-{n}");
        }

        return id;
    }
}

using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Findings;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Settings;

/// <summary>Reads <c>cap:</c> and <c>quiet_hours:</c>, how often and when a customer may be written to.</summary>
internal static class ContactSettings
{
    public static FrequencyCap Cap(YamlFields fields)
    {
        var messages = fields.Value("messages", YamlScalars.Whole(1, 1000), required: true) ?? 1;
        var days = fields.Value("days", YamlScalars.Whole(1, 365), required: true) ?? 1;
        fields.Done();
        return new FrequencyCap(messages, days);
    }

    public static QuietHours Quiet(YamlFields fields, FindingList findings)
    {
        if (!fields.Has("quiet_hours"))
        {
            return QuietHours.Default;
        }

        if (fields.Map.Find("quiet_hours") is YamlText { Value: "none" })
        {
            return new QuietHours(TimeOnly.MinValue, TimeOnly.MinValue);
        }

        if (fields.Fields("quiet_hours", required: true) is not { } map)
        {
            return QuietHours.Default;
        }

        var quiet = new YamlFields(map, findings);
        var from = quiet.Value("from", YamlScalars.TimeOfDay, required: true);
        var to = quiet.Value("to", YamlScalars.TimeOfDay, required: true);
        quiet.Done();
        if (from is not null && from == to)
        {
            findings.Error(
                map.Line,
                map.Column,
                new Phrase("Quiet hours begin and end at the same time.", "免打扰的开始和结束时间相同。"),
                new Phrase("Write quiet_hours: none if there are none.", "如果不需要免打扰，请写 quiet_hours: none。")
            );
        }

        return from is not null && to is not null ? new QuietHours(from.Value, to.Value) : QuietHours.Default;
    }
}

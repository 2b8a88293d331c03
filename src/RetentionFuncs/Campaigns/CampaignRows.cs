using RetentionFuncs.Storage;

namespace RetentionFuncs.Campaigns;

/// <summary>Heads and versions as rows.</summary>
internal static class CampaignRows
{
    public static CampaignHead ReadHead(StoredRow row) =>
        new(
            row.Key,
            row.Properties.Choice<CampaignStatus>("status"),
            row.Properties.Text("version"),
            row.Properties.Instant("appliedAt"),
            row.Properties.InstantOrNull("launchedAt"),
            row.Properties.DayOrNull("startOn"),
            row.Properties.Amount("controlShare"),
            (int)row.Properties.IntegerOr("audienceAtLaunch", 0)
        )
        {
            Backlog = row.Properties.Has("backlogPerDay")
                ? new BacklogAtLaunch(
                    (int)row.Properties.Integer("slippedAtLaunch"),
                    (int)row.Properties.Integer("slippedInAudience"),
                    (int)row.Properties.Integer("backlogPerDay")
                )
                : null,
        };

    public static PropertyBag ToBag(CampaignHead head)
    {
        var bag = new PropertyBag()
            .Set("status", head.Status)
            .Set("version", head.Version)
            .Set("appliedAt", head.AppliedAt)
            .Set("launchedAt", head.LaunchedAt)
            .Set("startOn", head.StartOn)
            .Set("controlShare", head.ControlShare)
            .Set("audienceAtLaunch", head.AudienceAtLaunch);
        return head.Backlog is { } backlog
            ? bag.Set("slippedAtLaunch", backlog.Slipped).Set("slippedInAudience", backlog.InAudience).Set("backlogPerDay", backlog.PerDay)
            : bag;
    }

    /// <summary>A version's document is cut into parts, because one property holds at most 64 KiB (32 Ki characters).</summary>
    public static PropertyBag ToBag(CampaignVersion version)
    {
        var json = CampaignVersionCodec.Write(version);
        var bag = new PropertyBag().Set("parts", (json.Length + PartLength - 1) / PartLength);
        for (var i = 0; i * PartLength < json.Length; i++)
        {
            bag.Set("part" + i, json.Substring(i * PartLength, Math.Min(PartLength, json.Length - (i * PartLength))));
        }

        return bag;
    }

    public static CampaignVersion ReadVersion(PropertyBag bag) =>
        CampaignVersionCodec.Read(string.Concat(Enumerable.Range(0, (int)bag.Integer("parts")).Select(i => bag.Text("part" + i))));

    private const int PartLength = 30_000;
}

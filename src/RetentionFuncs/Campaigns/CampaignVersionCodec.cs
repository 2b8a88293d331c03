using System.Text.Json;

namespace RetentionFuncs.Campaigns;

public static class CampaignVersionCodec
{
    public static string Write(CampaignVersion version) => JsonSerializer.Serialize(version);

    public static CampaignVersion Read(string json) => JsonSerializer.Deserialize<CampaignVersion>(json)!;
}

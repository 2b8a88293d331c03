using RetentionFuncs.Customers;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Campaigns;

/// <summary>The words of campaign files for closed lists; reading and writing use the same table.</summary>
internal static class CampaignWords
{
    /// <summary>The newest shape of campaign, template and sender files.</summary>
    public const int Schema = 1;

    public const int DefaultAttributionDays = 30;
    public const int DefaultPriority = 50;

    public static IReadOnlyList<KeyValuePair<string, CampaignJob>> Jobs { get; } =
    [KeyValuePair.Create("keep", CampaignJob.PreventLoss), KeyValuePair.Create("win-back", CampaignJob.WinBack)];

    public static IReadOnlyList<KeyValuePair<string, MessagePurpose>> Purposes { get; } =
    [
        KeyValuePair.Create("promotion", MessagePurpose.Promotion),
        KeyValuePair.Create("care", MessagePurpose.Care),
        KeyValuePair.Create("service", MessagePurpose.Service),
    ];

    public static IReadOnlyList<KeyValuePair<string, Channel>> Channels { get; } =
    [KeyValuePair.Create("email", Channel.Email), KeyValuePair.Create("sms", Channel.Sms), KeyValuePair.Create("phone", Channel.Phone)];

    /// <summary>The stages a customer can slip into; nobody slips into new or active.</summary>
    public static IReadOnlyList<KeyValuePair<string, LapseStage>> Stages { get; } =
    [
        KeyValuePair.Create("cooling", LapseStage.Cooling),
        KeyValuePair.Create("lapsing", LapseStage.Lapsing),
        KeyValuePair.Create("lapsed", LapseStage.Lapsed),
        KeyValuePair.Create("lost", LapseStage.Lost),
    ];

    public static IReadOnlyList<KeyValuePair<string, TierDirection>> TierDirections { get; } =
    [
        KeyValuePair.Create("up", TierDirection.Up),
        KeyValuePair.Create("down", TierDirection.Down),
        KeyValuePair.Create("near", TierDirection.Near),
    ];

    public static IReadOnlyList<KeyValuePair<string, ValueTier>> Tiers { get; } =
    [.. Enum.GetValues<ValueTier>().Reverse().Select(t => KeyValuePair.Create(t.Word(), t))];

    public static IReadOnlyList<string> Recipients { get; } = [Contact.Primary, "buyer", "decision", "technical", "user", "finance"];

    public static string WordOf<T>(IReadOnlyList<KeyValuePair<string, T>> words, T value) =>
        words.First(w => EqualityComparer<T>.Default.Equals(w.Value, value)).Key;
}

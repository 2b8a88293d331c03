using System.Globalization;
using RetentionFuncs.Customers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.HandOffs;

/// <summary>One list that was taken out of the tray. Its references never change, so that it can be written again.</summary>
/// <param name="Id">Channel, day and a number of that day: <c>phone-2026-03-02-01</c>.</param>
/// <param name="Count">References in it; 0 while it is being made.</param>
public sealed record HandOffBatch(string Id, Channel Channel, DateTimeOffset At, bool IsClosed, int Count)
{
    public static string Word(Channel channel) => channel == Channel.Sms ? "sms" : "phone";

    /// <summary>Null: both; else the one named. Null when the word is none.</summary>
    public static Channel[]? ChannelsOf(string? word) =>
        word switch
        {
            null => [Channel.Phone, Channel.Sms],
            "phone" => [Channel.Phone],
            "sms" => [Channel.Sms],
            _ => null,
        };

    public static string NameOf(Channel channel, DateOnly day, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Word(channel)}-{day:yyyy-MM-dd}-{number:00}");

    internal static HandOffBatch Read(string id, PropertyBag bag) =>
        new(id, bag.Choice<Channel>("channel"), bag.Instant("at"), bag.Flag("closed"), (int)bag.Integer("count"));

    internal PropertyBag ToBag() => new PropertyBag().Set("channel", Channel).Set("at", At).Set("closed", IsClosed).Set("count", Count);
}

using RetentionFuncs.Customers;
using RetentionFuncs.Messages;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.HandOffs;

/// <summary>What a list tells of one contact to make. Personal, so it lies in the customer's partition; lists elsewhere hold references.</summary>
/// <param name="Words">The text message, or what the caller says.</param>
/// <param name="At">When it was handed off.</param>
public sealed record HandOffCard(string AttemptId, Channel Channel, string Words, HandOffBrief Brief, DateTimeOffset At)
{
    private const string Prefix = "x-handoff|";

    public static string RowKey(TouchId touch) => Prefix + touch.Value;

    public static HandOffCard Read(PropertyBag bag) =>
        new(
            bag.Text("attemptId"),
            bag.Choice<Channel>("channel"),
            bag.Text("words"),
            new HandOffBrief(
                bag.Text("whyNow"),
                bag.TextOrNull("mayOffer"),
                bag.TextOrNull("code"),
                bag.Has("offerEndsOn") ? bag.Day("offerEndsOn") : null
            ),
            bag.Instant("at")
        );

    public PropertyBag ToBag() =>
        new PropertyBag()
            .Set("attemptId", AttemptId)
            .Set("channel", Channel)
            .Set("words", Words)
            .Set("whyNow", Brief.WhyNow)
            .Set("mayOffer", Brief.MayOffer)
            .Set("code", Brief.Code)
            .Set("offerEndsOn", Brief.OfferEndsOn)
            .Set("at", At);
}

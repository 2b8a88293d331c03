using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Offers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Touchpoints;

/// <summary>Touchpoints as rows of the customer's partition.</summary>
public static class TouchpointRows
{
    public static string RowKey(TouchId id) => CustomerPartition.TouchPrefix + id.Value;

    public static Touchpoint? TouchpointBy(this CustomerPartition partition, TouchId id) =>
        partition.Find(RowKey(id)) is { } bag ? Read(partition.Key, id, bag) : null;

    public static IEnumerable<Touchpoint> Touchpoints(this CustomerPartition partition) =>
        partition
            .WithPrefix(CustomerPartition.TouchPrefix)
            .Select(row => Read(partition.Key, new TouchId(row.Key[CustomerPartition.TouchPrefix.Length..]), row.Value));

    /// <summary>Those in one of these states; the others are not even read.</summary>
    public static IEnumerable<Touchpoint> Touchpoints(this CustomerPartition partition, params TouchpointState[] states)
    {
        var names = Array.ConvertAll(states, s => s.ToString());
        return partition
            .WithPrefix(CustomerPartition.TouchPrefix)
            .Where(row => names.Contains(row.Value.Text("state"), StringComparer.Ordinal))
            .Select(row => Read(partition.Key, new TouchId(row.Key[CustomerPartition.TouchPrefix.Length..]), row.Value));
    }

    /// <summary>Of somebody who was erased only what settles the message is written.</summary>
    public static void PutTouchpoint(this CustomerPartition partition, Touchpoint touch) =>
        partition.Put(RowKey(touch.Id), partition.IsErasedContact(touch.Contact) ? Bare(ToBag(touch)) : ToBag(touch));

    /// <summary>A message's record without what tells of the person: texts of others, the coupon, what it was about.</summary>
    internal static PropertyBag Bare(PropertyBag bag)
    {
        var bare = bag.Copy().Set("occasion", "erased");
        foreach (
            var name in (ReadOnlySpan<string>)
                ["reason", "providerMessageId", "trace", "coupon", "couponPercent", "couponEndsOn", "couponMinimum"]
        )
        {
            bare.Set(name, (string?)null);
        }

        return bare;
    }

    private static PropertyBag ToBag(Touchpoint t)
    {
        var bag = new PropertyBag()
            .Set("state", t.State)
            .Set("reason", t.Reason)
            .Set("campaign", t.Campaign)
            .Set("step", t.Step)
            .Set("occasion", t.Occasion)
            .Set("version", t.Version)
            .Set("contact", t.Contact.Value)
            .Set("purpose", t.Purpose)
            .Set("plannedAt", t.PlannedAt)
            .Set("dueAt", t.DueAt)
            .Set("expiresAt", t.ExpiresAt)
            .Set("seq", t.Seq)
            .Set("queuedAt", t.QueuedAt)
            .Set("attempts", t.Attempts)
            .Set("attemptId", t.AttemptId)
            .Set("address", t.Address?.Value)
            .Set("claimedAt", t.ClaimedAt)
            .Set("settledAt", t.SettledAt)
            .Set("providerMessageId", t.ProviderMessageId)
            .Set("deliveredAt", t.DeliveredAt)
            .Set("bouncedAt", t.BouncedAt)
            .Set("droppedAt", t.DroppedAt)
            .Set("complainedAt", t.ComplainedAt)
            .Set("unconfirmed", t.Unconfirmed)
            .Set("trace", t.Trace)
            .Set("notFoundAt", t.NotFoundAt);
        bag = t.Channel == Channel.Email ? bag : bag.Set("channel", t.Channel);
        bag = t.Outcome is not { } outcome ? bag : bag.Set("outcome", outcome).Set("outcomeAt", t.OutcomeAt);
        bag = t.LogLooks == 0 ? bag : bag.Set("logLooks", t.LogLooks);
        return t.Coupon is not { } coupon
            ? bag
            : bag.Set("coupon", coupon.Code)
                .Set("couponPercent", coupon.Percent)
                .Set("couponEndsOn", coupon.EndsOn)
                .Set("couponMinimum", coupon.MinimumOrder);
    }

    private static Touchpoint Read(CustomerKey customer, TouchId id, PropertyBag bag) =>
        new(
            id,
            customer,
            new ContactKey(bag.Text("contact")),
            bag.Text("campaign"),
            bag.Text("version"),
            bag.Text("step"),
            bag.Text("occasion"),
            bag.Choice<MessagePurpose>("purpose"),
            bag.Instant("plannedAt"),
            bag.Instant("dueAt"),
            bag.Instant("expiresAt"),
            bag.Has("coupon")
                ? new Coupon(bag.Text("coupon"), bag.Amount("couponPercent"), bag.Day("couponEndsOn"), bag.Amount("couponMinimum"))
                : null,
            bag.Choice<TouchpointState>("state"),
            (int)bag.Integer("seq")
        )
        {
            QueuedAt = bag.Instant("queuedAt"),
            Attempts = (int)bag.Integer("attempts"),
            AttemptId = bag.TextOrNull("attemptId"),
            Address = bag.TextOrNull("address") is { } address ? new AddressKey(address) : null,
            ClaimedAt = bag.InstantOrNull("claimedAt"),
            SettledAt = bag.InstantOrNull("settledAt"),
            ProviderMessageId = bag.TextOrNull("providerMessageId"),
            Reason = bag.TextOrNull("reason"),
            DeliveredAt = bag.InstantOrNull("deliveredAt"),
            BouncedAt = bag.InstantOrNull("bouncedAt"),
            DroppedAt = bag.InstantOrNull("droppedAt"),
            ComplainedAt = bag.InstantOrNull("complainedAt"),
            Unconfirmed = bag.Flag("unconfirmed"),
            LogLooks = (int)bag.IntegerOr("logLooks", 0),
            NotFoundAt = bag.InstantOrNull("notFoundAt"),
            Trace = bag.TextOrNull("trace"),
            Outcome = bag.Has("outcome") ? bag.Choice<TouchOutcome>("outcome") : null,
            OutcomeAt = bag.InstantOrNull("outcomeAt"),
            Channel = bag.Has("channel") ? bag.Choice<Channel>("channel") : Channel.Email,
        };
}

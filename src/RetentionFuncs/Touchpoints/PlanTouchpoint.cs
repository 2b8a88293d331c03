using RetentionFuncs.Campaigns;
using RetentionFuncs.Identity;
using RetentionFuncs.Offers;

namespace RetentionFuncs.Touchpoints;

/// <summary>Makes the record of a contact before anything is done about it; the same intent always makes the same id and the same code.</summary>
public static class PlanTouchpoint
{
    public static Touchpoint New(DecisionContext context, string version, string occasion, DateTimeOffset dueAt, InstanceSecret secret)
    {
        var reference = new TouchRef(context.Customer.Key, context.Touch);
        var coupon = context.Step.Offer is { } offer ? CouponFor(offer, reference, context, dueAt, secret) : null;
        return new Touchpoint(
            context.Touch,
            context.Customer.Key,
            context.Contact!.Key,
            context.Campaign.Key,
            version,
            context.Step.Id,
            occasion,
            context.Step.Purpose,
            context.Now,
            dueAt,
            context.ExpiresAt,
            coupon,
            TouchpointState.Planned,
            1
        )
        {
            Channel = context.Step.Channel,
        };
    }

    private static Coupon CouponFor(
        PercentOffer offer,
        TouchRef reference,
        DecisionContext context,
        DateTimeOffset dueAt,
        InstanceSecret secret
    ) =>
        new(
            CouponCodes.Of(secret, reference),
            offer.Percent,
            context.Calendar.DayOf(dueAt).AddDays(offer.ValidDays - 1),
            offer.MinimumOrder
        );
}

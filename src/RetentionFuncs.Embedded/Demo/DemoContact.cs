namespace RetentionFuncs.Embedded.Demo;

/// <summary>One message that went out to a customer.</summary>
/// <param name="On">The day it was sent, in the business's zone; it works from that day's orders on.</param>
/// <param name="Coupon">The code it carried, or null.</param>
public sealed record DemoContact(DateOnly On, DemoMessage Message, DemoCoupon? Coupon = null)
{
    /// <summary>Key of the campaign that sent it.</summary>
    public string Campaign { get; init; } = "";
}

/// <param name="EndsOn">The last day it is accepted.</param>
public sealed record DemoCoupon(string Code, decimal Percent, DateOnly EndsOn);

/// <summary>The kinds of message the generated customers answer to.</summary>
public enum DemoMessage
{
    /// <summary>Care without an offer, at the beginning of a win-back.</summary>
    CheckIn,

    /// <summary>The win-back's later step with a coupon.</summary>
    Offer,

    /// <summary>Some time after the first order.</summary>
    SecondOrder,

    Birthday,

    /// <summary>Anything else, such as a holiday greeting.</summary>
    Greeting,
}

/// <summary>The hidden answers: what a message adds to the chance of an order on each day it works.</summary>
internal static class DemoLift
{
    /// <param name="Daily">Added chance a day for a customer of responsiveness one.</param>
    /// <param name="Days">How many days it works, the day of sending included.</param>
    public readonly record struct Strength(double Daily, int Days);

    public static Strength Of(DemoMessage message) =>
        message switch
        {
            DemoMessage.CheckIn => new(0.0055, 10),
            DemoMessage.Offer => new(0.0095, 10),
            DemoMessage.SecondOrder => new(0.0035, 14),
            DemoMessage.Birthday => new(0.0045, 10),
            _ => new(0.0015, 7),
        };

    /// <summary>The chance of an order on that day: base and every message at work, each a chance of its own.</summary>
    public static double Chance(DemoCustomer customer, double baseChance, IReadOnlyList<DemoContact> contacts, DateOnly day)
    {
        var none = 1 - baseChance;
        foreach (var contact in contacts)
        {
            var strength = Of(contact.Message);
            var age = day.DayNumber - contact.On.DayNumber;
            if (age >= 0 && age < strength.Days && !customer.Bounces && !customer.Traits.IsBulk && day > customer.FirstDay)
            {
                none *= 1 - Math.Min(0.5, strength.Daily * customer.Traits.Responsiveness);
            }
        }

        return 1 - none;
    }
}

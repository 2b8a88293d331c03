using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.ContactPolicy.Laws;
using RetentionFuncs.Customers;

namespace RetentionFuncs.Touchpoints;

/// <summary>When marketing first went to a contact, asked only where a law sets a term for the first message.</summary>
internal static class MarketingBefore
{
    /// <returns>The business's day; null when none went, or when the contact's law does not ask.</returns>
    public static DateOnly? Of(CustomerPartition partition, Contact contact, Channel channel, BusinessCalendar calendar) =>
        ContactLaws.Of(contact.Country).FirstMessageMonths is null
            ? null
            : partition
                .Touchpoints()
                .Where(t => t.Contact == contact.Key && t.Channel == channel && t.Purpose != MessagePurpose.Service)
                .Where(t => t is { State: TouchpointState.Sent, ClaimedAt: not null })
                .Select(t => (DateOnly?)calendar.DayOf(t.ClaimedAt!.Value))
                .Min();
}

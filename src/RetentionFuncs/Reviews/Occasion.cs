using System.Globalization;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Reviews;

/// <summary>Something happened that a campaign may answer: the trigger, and the name that makes it happen once (design S1).</summary>
/// <param name="Name">Purchase day that began the silence, order key, order key and product, local year, calendar date, request, or day of a tier move with the tier.</param>
/// <param name="Day">The day it fell on.</param>
/// <param name="Contact">The contact it is about, or null for the customer.</param>
/// <param name="Admitted">Its turn has come in the backlog of <paramref name="OnlyFor"/>.</param>
public sealed record Occasion(
    CampaignTrigger Trigger,
    string Name,
    DateOnly Day,
    ContactKey? Contact = null,
    bool Admitted = false,
    string? OnlyFor = null
)
{
    /// <summary>Campaigns that have it waiting in their backlog and are not asked now.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    public bool IsFor(Campaign campaign) =>
        campaign.Trigger switch
        {
            _ when Except.Contains(campaign.Key) => false,
            _ when OnlyFor is { } only => campaign.Key == only,
            CampaignTrigger.TierMoved wanted => Trigger is CampaignTrigger.TierMoved moved
                && wanted.Direction == moved.Direction
                && (wanted.To is null || wanted.To == moved.To),
            CampaignTrigger.DateList list => Trigger is CampaignTrigger.DateList && list.Dates.Contains(Day),
            var trigger => trigger == Trigger,
        };

    public static Occasion StageEntered(LapseStage stage, DateOnly lastPurchase, DateOnly crossing) =>
        new(new CampaignTrigger.StageEntered(stage), NameOf(lastPurchase), crossing);

    public static Occasion TierMoved(TierMove move) =>
        new(new CampaignTrigger.TierMoved(move.Direction, move.To), $"{NameOf(move.On)}.{move.To.Word()}", move.On);

    public static Occasion AfterOrder(int days, OrderKey order, DateOnly day) =>
        new(new CampaignTrigger.DaysAfterOrder(days), order.Value, day);

    /// <param name="sku">Key of the product.</param>
    public static Occasion Replenish(int daysBefore, OrderKey order, OrderKey sku, DateOnly day) =>
        new(new CampaignTrigger.Replenish(daysBefore), $"{order}.{sku}", day);

    /// <summary>A second contact of the same account has its own name, so that two birthdays of one year stay two.</summary>
    public static Occasion BirthdayOf(Contact contact, DateOnly local, DateOnly day)
    {
        var year = local.Year.ToString(CultureInfo.InvariantCulture);
        return new(
            new CampaignTrigger.BirthdayCame(),
            contact.Is(Customers.Contact.Primary) ? year : year + "." + contact.Key.Value,
            day,
            contact.Key
        );
    }

    public static Occasion ConsentRequested(string request, Contact contact, DateOnly day) =>
        new(new CampaignTrigger.ConsentRequested(), request, day, contact.Key);

    public static Occasion Date(DateOnly day) => new(new CampaignTrigger.DateList([day]), NameOf(day), day);

    public static string NameOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The local birthday whose business day is <paramref name="day"/>, or null when the row is a spare one.</summary>
    public static DateOnly? LocalBirthday(CustomerKey key, Contact contact, DateOnly day, BusinessCalendar calendar)
    {
        if (contact.Birthday is not { } birthday)
        {
            return null;
        }

        for (var year = day.Year - 1; year <= day.Year + 1; year++)
        {
            if (Birthdays.RowFor(key, contact, birthday.In(year), calendar).Day == day)
            {
                return birthday.In(year);
            }
        }

        return null;
    }
}

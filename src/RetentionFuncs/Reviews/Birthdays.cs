using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;

namespace RetentionFuncs.Reviews;

/// <summary>When a contact's birthday comes next, in the contact's zone, as a review on the business's calendar.</summary>
public static class Birthdays
{
    /// <summary>The row of the first birthday whose local day has not ended at <paramref name="now"/>.</summary>
    public static DueRow NextRow(CustomerKey customer, Contact contact, Birthday birthday, BusinessCalendar calendar, DateTimeOffset now)
    {
        var year = calendar.LocalOf(now, contact.Zone).Date.Year;
        var day = birthday.In(year);
        if (calendar.EndOf(day, contact.Zone) <= now)
        {
            day = birthday.In(year + 1);
        }

        return RowFor(customer, contact, day, calendar);
    }

    /// <summary>The business day on which that local birthday begins.</summary>
    public static DueRow RowFor(CustomerKey customer, Contact contact, DateOnly local, BusinessCalendar calendar) =>
        new(calendar.DayOf(calendar.StartOf(local, contact.Zone)), DueKind.Birthday, customer, contact.Key.Value);
}

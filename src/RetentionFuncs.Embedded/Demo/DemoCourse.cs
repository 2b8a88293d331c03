namespace RetentionFuncs.Embedded.Demo;

/// <summary>
/// A customer's purchase days. Active customers buy with their own daily chance; after a purchase they may drop out (as in BG/NBD, the
/// first one included); those away come back on their own with a small chance of theirs. History and run share these draws.
/// </summary>
/// <param name="IsAway">Whether the customer had dropped out after the last of the days.</param>
internal sealed record DemoCourse(IReadOnlyList<DateOnly> Days, bool IsAway)
{
    public static DemoCourse Of(DemoCustomer customer, DemoDraws draws, DateOnly until)
    {
        var days = new List<DateOnly>();
        var away = false;
        for (var day = customer.FirstDay; day <= until; day = day.AddDays(1))
        {
            if (draws.Uniform(customer.Index, day.DayNumber, DemoDraw.Buys) < BaseChance(customer, day, away))
            {
                days.Add(day);
                away = DropsOut(customer, draws, day);
            }
        }

        return new DemoCourse(days, away);
    }

    /// <summary>The chance of an order on that day without any message; one on the day of the first purchase, none before.</summary>
    public static double BaseChance(DemoCustomer customer, DateOnly day, bool away) =>
        day < customer.FirstDay ? 0
        : day == customer.FirstDay ? 1
        : customer.Traits.IsBulk ? 0
        : away ? customer.Traits.Return
        : customer.Traits.Rate;

    public static bool DropsOut(DemoCustomer customer, DemoDraws draws, DateOnly day) =>
        draws.Uniform(customer.Index, day.DayNumber, DemoDraw.DropsOut) < customer.Traits.DropOut;
}

using RetentionFuncs.Orders;

namespace RetentionFuncs.Scoring.Models;

/// <summary>
/// What buy-till-you-die models know of a customer, in one unit of time (the product's is days). Several orders of one day are one
/// purchase. Recency here is the literature's t_x, the opposite of the marketer's: see <see cref="Gap"/>.
/// </summary>
/// <param name="Repeats">x: purchase days after the first, 0 or more.</param>
/// <param name="Recency">t_x: time from the first to the last purchase day; 0 when x is 0.</param>
/// <param name="Age">T: time from the first purchase day to the moment spoken for; at least <paramref name="Recency"/>.</param>
public readonly record struct BuyingPattern(int Repeats, double Recency, double Age)
{
    /// <summary>The silence: time since the last purchase day, T − t_x.</summary>
    public double Gap => Age - Recency;

    /// <summary>In days, at the end of <paramref name="day"/>; purchase days after it do not count.</summary>
    /// <exception cref="InvalidOperationException">Nothing was bought by then.</exception>
    public static BuyingPattern Of(PurchaseSummary summary, DateOnly day)
    {
        var known = summary.DaysUpTo(day);
        return new(
            known.PurchaseDays.Count - 1,
            known.LastDay.DayNumber - known.FirstDay.DayNumber,
            day.DayNumber - known.FirstDay.DayNumber
        );
    }

    /// <summary>The same history after a silence of so much time.</summary>
    public BuyingPattern AfterSilence(double gap) => this with { Age = Recency + gap };
}

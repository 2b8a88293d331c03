using RetentionFuncs.Clocks;

namespace RetentionFuncs.Embedded.Demo;

/// <summary>
/// A generated shop: 5,000 customers in Germany and China and three years of orders, ending 120 days before the as-of day so that
/// the campaigns can be run over the rest (design S14). The same seed and day give the same shop, to the byte.
/// </summary>
public sealed class DemoShop
{
    public const int Customers = 5000;

    public const int HistoryDays = 3 * 365;

    public const int DaysToRun = 120;

    public const string Zone = "Europe/Berlin";

    public const string Currency = "EUR";

    private DemoShop(int seed, DateOnly asOf)
    {
        AsOf = asOf;
        HistoryEnd = asOf.AddDays(-DaysToRun);
        HistoryStart = HistoryEnd.AddDays(1 - HistoryDays);
        Draws = new DemoDraws(seed);
        Habits = new DemoHabits(Draws, HistoryEnd);
        Baskets = new DemoBaskets(Draws, Habits, new BusinessCalendar(Zone));
        People = DemoPopulation.Draw(Draws, Customers, HistoryStart, asOf);
        ById = People.ToDictionary(p => p.ExternalId, StringComparer.Ordinal);
        var course = People.Select(p => DemoCourse.Of(p, Draws, HistoryEnd)).ToList();
        AwayAtEnd = [.. course.Select(c => c.IsAway)];
        History =
        [
            .. course
                .SelectMany((c, i) => c.Days.Select(d => Baskets.Order(People[i], d)))
                .OrderBy(o => o.At)
                .ThenBy(o => o.Id, StringComparer.Ordinal),
        ];
    }

    public DateOnly AsOf { get; }

    public DateOnly HistoryStart { get; }

    /// <summary>The last day of the history; the run covers the 120 days after it, the as-of day included.</summary>
    public DateOnly HistoryEnd { get; }

    /// <summary>All of them stand in the file; some buy for the first time only after the history.</summary>
    public IReadOnlyList<DemoCustomer> People { get; }

    /// <summary>By time.</summary>
    public IReadOnlyList<DemoOrder> History { get; }

    internal DemoDraws Draws { get; }

    internal DemoHabits Habits { get; }

    internal DemoBaskets Baskets { get; }

    /// <summary>The first moment after the history.</summary>
    internal DateTimeOffset EndOfHistory => new BusinessCalendar(Zone).StartOf(HistoryEnd.AddDays(1));

    internal IReadOnlyDictionary<string, DemoCustomer> ById { get; }

    internal IReadOnlyList<bool> AwayAtEnd { get; }

    /// <summary>Makes the shop without writing anything.</summary>
    public static DemoShop Create(int seed, DateOnly asOf) => new(seed, asOf);

    /// <summary>Makes the shop and writes customers.csv, orders.csv and products.csv; the folder is made when it is missing.</summary>
    public static DemoShop Generate(int seed, DateOnly asOf, string folder)
    {
        var shop = new DemoShop(seed, asOf);
        DemoFiles.Write(shop, folder);
        return shop;
    }

    /// <summary>How the customers act from the day after the history on.</summary>
    public DemoBehaviour Behaviour() => new(this, Draws);

    /// <summary>The same customers with other luck from the end of the history on; for asking how often an estimate would have been right.</summary>
    public DemoBehaviour BehaviourWithLuck(int seed) => new(this, new DemoDraws(seed));
}

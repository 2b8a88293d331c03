using System.Globalization;
using RetentionFuncs.Customers;

namespace RetentionFuncs.Storage;

/// <summary>Spreads time-ordered indexes over partitions. The count is part of the layout version: changing it means a rebuild.</summary>
public static class Shards
{
    public const int Count = 16;

    /// <summary>Two digits; a customer's shard never changes.</summary>
    public static string Of(CustomerKey key) => Name(((key.Value[0] * 31) + key.Value[1]) % Count);

    public static string Name(int shard) => shard.ToString("00", CultureInfo.InvariantCulture);

    public static IEnumerable<string> All => Enumerable.Range(0, Count).Select(Name);

    /// <summary>The partition key of one day and shard.</summary>
    public static string Key(DateOnly day, string shard) => DayName(day) + "|" + shard;

    /// <summary>How positions and partitions write a day; sorts by time.</summary>
    public static string DayName(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The day that a position begins with.</summary>
    public static DateOnly DayOf(string position) =>
        DateOnly.ParseExact(position.Split('|', 2)[0], "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

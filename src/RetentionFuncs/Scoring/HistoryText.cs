using System.Globalization;
using System.Text;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring.Models;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Scoring;

/// <summary>
/// A customer's purchases as one short line, so that a refit over shards can be handed on in parts:
/// <c>first+gap+gap;amount,amount;profit rate;market;family;discount share</c>, days as day numbers. Very long histories are told shorter, without
/// changing what a model reads of them: past <see cref="AmountsKept"/> days the mean stands for every amount (<c>*mean</c>), past
/// <see cref="DaysKept"/> the days are evenly spread between first and last (<c>first/last/count</c>).
/// </summary>
public static class HistoryText
{
    public const int AmountsKept = 150;
    public const int DaysKept = 600;

    /// <summary>Null when nothing was bought by the day.</summary>
    /// <param name="asOf">Purchase days after it do not count.</param>
    /// <param name="currency">The business's.</param>
    public static BuyingHistory? HistoryOf(PurchaseSummary summary, DateOnly asOf, string currency)
    {
        var known = summary.DaysUpTo(asOf);
        return known.HasPurchases ? known.ToHistory(currency) : null;
    }

    public static void Append(StringBuilder text, BuyingHistory history)
    {
        AppendDays(text, history.Days);
        text.Append(';');
        AppendAmounts(text, history.Amounts);
        text.Append(CultureInfo.InvariantCulture, $";{history.ProfitRate:0.####};{history.Market};")
            .Append(history.Family is { } family ? Uri.EscapeDataString(family) : "")
            .Append(CultureInfo.InvariantCulture, $";{history.DiscountShare:0.####}");
    }

    /// <exception cref="FormatException">Not such a line.</exception>
    public static BuyingHistory Read(string line)
    {
        var parts = line.Split(';');
        if (parts.Length != 6)
        {
            throw new FormatException($"'{line}' is not a history of six parts.");
        }

        var days = DaysOf(parts[0]);
        return new BuyingHistory(
            days,
            AmountsOf(parts[1], days.Length),
            AmountOrNull(parts[2]),
            parts[3].Length == 0 ? null : parts[3],
            parts[4].Length == 0 ? null : Uri.UnescapeDataString(parts[4]),
            AmountOrNull(parts[5])
        );
    }

    private static void AppendDays(StringBuilder text, int[] days)
    {
        if (days.Length > DaysKept)
        {
            text.Append(CultureInfo.InvariantCulture, $"{days[0]}/{days[^1]}/{days.Length}");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"{days[0]}");
        for (var i = 1; i < days.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"+{days[i] - days[i - 1]}");
        }
    }

    private static void AppendAmounts(StringBuilder text, decimal[] amounts)
    {
        if (amounts.Length > AmountsKept)
        {
            text.Append(CultureInfo.InvariantCulture, $"*{amounts.Average():0.####}");
            return;
        }

        for (var i = 0; i < amounts.Length; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{amounts[i]:0.####}");
        }
    }

    private static int[] DaysOf(string text)
    {
        if (text.Contains('/', StringComparison.Ordinal))
        {
            var ends = text.Split('/').Select(Whole).ToArray();
            var span = ends[1] - ends[0];
            return [.. Enumerable.Range(0, ends[2]).Select(i => ends[0] + (int)((long)span * i / (ends[2] - 1)))];
        }

        var days = text.Split('+').Select(Whole).ToArray();
        for (var i = 1; i < days.Length; i++)
        {
            days[i] += days[i - 1];
        }

        return days;
    }

    private static decimal[] AmountsOf(string text, int days) =>
        text.Length == 0 ? []
        : text[0] == '*' ? [.. Enumerable.Repeat(Amount(text[1..]), days)]
        : [.. text.Split(',').Select(Amount)];

    private static int Whole(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static decimal? AmountOrNull(string text) => text.Length == 0 ? null : Amount(text);

    private static decimal Amount(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);
}

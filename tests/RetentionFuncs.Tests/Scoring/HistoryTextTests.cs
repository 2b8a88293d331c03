using System.Text;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Tests.Scoring;

public sealed class HistoryTextTests
{
    private static readonly DateOnly First = new(2026, 1, 5);

    [Fact]
    public void A_history_comes_back_as_it_was_written()
    {
        var history = new BuyingHistory([739000, 739012, 739090], [10.5m, 0, -3.25m], 0.4m, "DE", "tea; coffee+more,\nnew", 0.15m);
        var read = Round(history);
        read.Days.ShouldBe(history.Days);
        read.Amounts.ShouldBe(history.Amounts);
        (read.ProfitRate, read.Market, read.Family, read.DiscountShare).ShouldBe((0.4m, "DE", "tea; coffee+more,\nnew", 0.15m));
    }

    [Fact]
    public void What_is_not_known_stays_not_known()
    {
        var read = Round(new BuyingHistory([739000], []));
        read.Days.ShouldBe([739000]);
        read.Amounts.ShouldBeEmpty();
        (read.ProfitRate, read.Market, read.Family, read.DiscountShare).ShouldBe((null, null, null, null));
    }

    [Fact]
    public void A_very_long_history_is_told_shorter_and_says_the_same_to_a_model()
    {
        var days = Enumerable.Range(0, 2000).Select(i => 739000 + (i * 2) + (i % 2)).ToArray();
        var history = new BuyingHistory(days, [.. days.Select((_, i) => (decimal)(i % 7))]);
        var text = Text(history);
        text.Length.ShouldBeLessThan(60);
        var read = HistoryText.Read(text);
        read.PatternOn(days[^1] + 30).ShouldBe(history.PatternOn(days[^1] + 30));
        read.Days.ShouldBe(read.Days.Distinct().Order());
        read.Amounts.Sum().ShouldBe(history.Amounts.Sum(), 1m);
    }

    [Fact]
    public void A_page_of_daily_buyers_fits_into_one_row()
    {
        var days = Enumerable.Range(0, HistoryText.DaysKept).Select(i => 739000 + i).ToArray();
        var one = Text(new BuyingHistory(days, [.. days.Select(_ => 12345.6789m)], 0.1234m, "DE", "family"));
        (one.Length * 256).ShouldBeLessThan(RetentionFuncs.Storage.LongText.MostPerRow);
    }

    [Fact]
    public void Purchases_after_the_day_do_not_count()
    {
        var summary = new PurchaseSummary([First, First.AddDays(10)], 2, [new Money(12, "EUR")]) { DayAmounts = [5, 7] };
        var history = HistoryText.HistoryOf(summary, First.AddDays(9), "EUR")!;
        (history.Days.Length, history.Amounts.Single()).ShouldBe((1, 5m));
        HistoryText.HistoryOf(summary, First.AddDays(-1), "EUR").ShouldBeNull();
    }

    [Fact]
    public void A_refit_in_parts_gathers_what_one_pass_would()
    {
        var summaries = Enumerable
            .Range(1, 40)
            .Select(i => new PurchaseSummary([First, First.AddDays(i)], 2, [new Money(i, "EUR")]) { DayAmounts = [1, i - 1] })
            .ToArray();
        var (whole, parts) = (new RefitTally(First.AddDays(60), "EUR"), new RefitTally(First.AddDays(60), "EUR"));
        Array.ForEach(summaries, whole.Add);
        var sum = new RefitTally(First.AddDays(60), "EUR");
        sum.Add(whole.Take()!);
        var again = new RefitTally(First.AddDays(60), "EUR");
        foreach (var page in summaries.Chunk(7))
        {
            Array.ForEach(page, parts.Add);
            again.Add(parts.Take()!);
        }

        parts.Take().ShouldBeNull();
        again.Histories.Select(Text).ShouldBe(sum.Histories.Select(Text));
        again.ToCutPoints(1).Monetary.Edges.ShouldBe(sum.ToCutPoints(1).Monetary.Edges);
    }

    private static BuyingHistory Round(BuyingHistory history) => HistoryText.Read(Text(history));

    private static string Text(BuyingHistory history)
    {
        var text = new StringBuilder();
        HistoryText.Append(text, history);
        return text.ToString();
    }
}

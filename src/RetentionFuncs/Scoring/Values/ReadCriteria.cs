using System.Globalization;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Scoring.Values;

/// <summary>Tells each criterion with its number and its rank.</summary>
internal static class ReadCriteria
{
    public static IReadOnlyList<CriterionReading> Of(ValueCase of, Loyalty loyalty) =>
        [Frequency(of), Volume(of), ProfitRate(of), new(ValueCriterion.Loyalty, loyalty.Signs, null, loyalty.Sentence()), Expected(of)];

    private static CriterionReading Frequency(ValueCase of)
    {
        var top = of.Year.Days > 0 ? of.Cuts.Frequency.TopShareOf(of.Year.Days) : null;
        var rank = Rank(top);
        return new(
            ValueCriterion.Frequency,
            of.Year.Days,
            top,
            new(
                $"{of.Year.Days} purchase {(of.Year.Days == 1 ? "day" : "days")} in a year{rank.En}",
                $"近一年 {of.Year.Days} 天有购买{rank.Zh}"
            )
        );
    }

    private static CriterionReading Volume(ValueCase of)
    {
        var top = of.Year.Volume > 0 ? of.Cuts.Volume.TopShareOf(of.Year.Volume) : null;
        var rank = Rank(top);
        return new(
            ValueCriterion.Volume,
            of.Year.Volume,
            top,
            new($"net spend {of.Amount(of.Year.Volume)} in a year{rank.En}", $"近一年净消费 {of.Amount(of.Year.Volume)}{rank.Zh}")
        );
    }

    private static CriterionReading ProfitRate(ValueCase of)
    {
        var (rate, whole) = (Share(of.Worth.Rate), of.Cuts.ProfitRate is { } known ? Share(known) : null);
        Phrase told = of.Worth.Source switch
        {
            ProfitSource.Own => new(
                $"profit rate {rate}{(whole is null ? "" : $", the base has {whole}")}",
                $"利润率 {rate}{(whole is null ? "" : $"，全店为 {whole}")}"
            ),
            ProfitSource.Setting => new(
                $"costs not known, so profit is counted at the shop's margin of {rate}",
                $"成本未知，按店铺设定的利润率 {rate} 计算"
            ),
            ProfitSource.Base => new(
                $"costs not known, so profit is counted at the base's rate of {rate}",
                $"该客户成本未知，按全店实际利润率 {rate} 计算"
            ),
            _ => new("no costs are known, so net spend stands for profit", "成本未知，以净消费额代替利润"),
        };
        return new(ValueCriterion.ProfitRate, of.Worth.Source == ProfitSource.Volume ? null : of.Worth.Rate, null, told);
    }

    private static CriterionReading Expected(ValueCase of)
    {
        var days = of.Cuts.Settings.HorizonDays;
        return new(
            ValueCriterion.Expected,
            of.Worth.Expected,
            null,
            of.Worth.Expected is { } expected
                ? new($"about {of.Amount(expected)} expected in the next {days} days", $"未来 {days} 天预计约 {of.Amount(expected)}")
                : new("nothing can be said yet of what is to come", "数据还不够，暂时无法预计未来")
        );
    }

    /// <summary>Only what stands out is worth telling.</summary>
    private static Phrase Rank(decimal? top) =>
        top is { } share and <= 0.5m ? new($" (top {share * 100:0} %)", $"（前 {share * 100:0}%）") : new("", "");

    private static string Share(decimal share) => share.ToString("0.#%", CultureInfo.InvariantCulture);
}

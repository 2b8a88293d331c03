using System.Globalization;
using RetentionFuncs.Findings;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Reasons;

namespace RetentionFuncs.Explanations;

/// <summary>What went already and what speaks for which reason, each with what was seen.</summary>
public static class SignalSentences
{
    /// <summary>Pieces of evidence told for one reason, the strongest first.</summary>
    private const int MostEvidence = 3;

    /// <summary>A weaker hypothesis is not worth a sentence.</summary>
    private const double LeastWeight = 0.1;

    public static IReadOnlyList<Phrase> Of(CustomerSignals signals) =>
        [
            .. signals.Defections.Select(d => new Phrase($"Partly gone: {d.Evidence.En}.", $"部分流失：{d.Evidence.Zh}。")),
            .. Stock(signals),
            .. signals.Reasons.Where(r => r.Said || r.Weight >= LeastWeight).Select(Sentence),
        ];

    private static IEnumerable<Phrase> Stock(CustomerSignals signals)
    {
        if (signals is { Scarcest: { } product, StockDays: { } days })
        {
            var on = product.CountedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            yield return new(
                $"In stock: {product.Sku} lasts {days} more {(days == 1 ? "day" : "days")} at its pace of sales (counted on {on}).",
                $"渠道库存：{product.Sku} 按目前销售速度还够卖 {days} 天（{on} 盘点）。"
            );
        }
    }

    private static Phrase Sentence(LikelyReason reason)
    {
        var (name, percent) = (ReasonWords.NameOf(reason.Kind), (100 * reason.Weight).ToString("0", CultureInfo.InvariantCulture));
        var told = reason.Evidence.Take(MostEvidence).ToList();
        var more = reason.Evidence.Count - told.Count;
        var en = string.Join("; ", told.Select(e => e.En)) + (more > 0 ? $"; and {more} more" : "");
        var zh = string.Join("；", told.Select(e => e.Zh)) + (more > 0 ? $"；另有 {more} 条" : "");
        return reason.Said
            ? new($"Reason given: {name.En} – {en}.", $"本人所述原因：{name.Zh}——{zh}。")
            : new($"Possible reason: {name.En} (weight {percent} %) – {en}.", $"可能的原因：{name.Zh}（权重 {percent}%）——{zh}。");
    }
}

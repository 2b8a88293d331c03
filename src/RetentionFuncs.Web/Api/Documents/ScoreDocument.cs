using RetentionFuncs.Explanations;
using RetentionFuncs.Findings;
using RetentionFuncs.Scoring;

namespace RetentionFuncs.Web.Api.Documents;

/// <summary>Where the whole base stands, told.</summary>
public static class ScoreDocument
{
    private const int BarCells = 40;
    private const int CountriesShown = 8;

    public static Document Of(BaseScore score, string language) =>
        Document.Of(
            new
            {
                score.AsOf,
                score.Customers,
                score.Due,
                score.ChurnRate,
                score.Stages,
                score.ByCountry,
                score.Groups,
                score.Tiers,
                score.Returns,
            },
            () => Document.Lines(LinesOf(score, language))
        );

    private static IEnumerable<string> LinesOf(BaseScore score, string language)
    {
        string Say(string en, string zh) => new Phrase(en, zh).In(language);
        var churn = score.ChurnRate is { } rate ? $"{rate:P1}" : "–";
        yield return Say(
            $"{score.AsOf:yyyy-MM-dd}: {score.Customers:N0} customers, {score.Due:N0} due for review, churn rate {churn}.",
            $"{score.AsOf:yyyy-MM-dd}：{score.Customers:N0} 位顾客，{score.Due:N0} 位待复核，流失率 {churn}。"
        );
        if (score.Returns is { } returns)
        {
            var (expected, fit) = (Math.Round(returns.Expected), $"{returns.Rule}, {returns.FittedOn:yyyy-MM-dd}");
            yield return Say(
                $"Expected to order within {returns.HorizonDays} days: {expected:N0} of them. The percent beside a stage is its mean chance ({fit}).",
                $"预计 {returns.HorizonDays} 天内有 {expected:N0} 位下单；各阶段右侧为平均回购概率（{fit}）。"
            );
        }

        foreach (var (stage, count) in score.Stages)
        {
            var share = score.Customers == 0 ? 0 : (double)count / score.Customers;
            var bar = new string('█', (int)(share * BarCells));
            yield return $"  {Say(stage.ToString(), StageNames.Zh(stage)), -10} {count, 9:N0}  {share, 6:P1}  {ChanceOf(score, stage)}{bar}";
        }

        if (score.Tiers is not null)
        {
            foreach (var line in TierLines.Of(score.Tiers, language))
            {
                yield return line;
            }
        }

        foreach (var (country, part) in score.ByCountry.OrderByDescending(c => c.Value.Customers).Take(CountriesShown))
        {
            var name = country.Length > 0 ? country : Say("unknown", "未知");
            yield return Say(
                $"  {name}: {part.Customers:N0} customers, churn rate {part.ChurnRate:P1}",
                $"  {name}：{part.Customers:N0} 位顾客，流失率 {part.ChurnRate:P1}"
            );
        }
    }

    private static string ChanceOf(BaseScore score, LapseStage stage) =>
        score.Returns is null ? ""
        : score.Returns.ByStage.TryGetValue(stage, out var chance) ? $"{chance, 6:P0}  "
        : "     –  ";
}

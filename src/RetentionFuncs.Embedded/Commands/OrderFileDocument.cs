using System.Globalization;
using RetentionFuncs.Explanations;
using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Bulk;
using RetentionFuncs.Scoring.Models;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>A scored file of orders, told.</summary>
internal static class OrderFileDocument
{
    private const int BarCells = 40;

    /// <param name="bound">The parameter that stands at its bound; null when all are determined.</param>
    public static Document Of(
        OrderFileOutcome.Known known,
        BulkBase all,
        ModelFit fit,
        string? bound,
        BulkStanding standing,
        string language
    )
    {
        var customers = known.Patterns.Customers;
        var logLikelihood = (fit as ModelFit.Fitted)?.LogLikelihood ?? (fit as ModelFit.AtBound)?.LogLikelihood;
        return Document.Of(
            new
            {
                all.AsOf,
                customers,
                known.Orders,
                known.RefundedOnly,
                Model = new
                {
                    Kind = all.Model.Kind.ToString(),
                    Parameters = all.Model.Parameters.ToDictionary(p => p.Key, p => p.Value),
                    TimeUnit = "day",
                    logLikelihood,
                    customers,
                    all.AsOf,
                    AtBound = bound,
                },
                all.Spend,
                all.HorizonDays,
                standing.Stages,
                standing.ExpectedOrders,
                ExpectedSpend = standing.Expected,
                standing.AtRisk,
            },
            () => string.Concat(Lines(known, all, bound, standing, language).Select(l => l.TrimEnd() + "\n"))
        );
    }

    private static IEnumerable<string> Lines(
        OrderFileOutcome.Known known,
        BulkBase all,
        string? bound,
        BulkStanding standing,
        string language
    )
    {
        string Say(string en, string zh) => new Phrase(en, zh).In(language);
        var customers = known.Patterns.Customers;
        yield return Say(
            $"{all.AsOf:yyyy-MM-dd}: {customers:N0} customers, {known.Orders:N0} orders.",
            $"{all.AsOf:yyyy-MM-dd}：{customers:N0} 位顾客，{known.Orders:N0} 笔订单。"
        );
        var parameters = string.Join(
            ", ",
            all.Model.Parameters.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key} {p.Value:0.####}"))
        );
        yield return Say($"Model {all.Model.Kind}: {parameters} (days).", $"模型 {all.Model.Kind}：{parameters}（按天）。");
        if (bound is not null)
        {
            yield return OrderFileWords.AtBound(bound).In(language);
        }

        foreach (var (stage, count) in standing.Stages)
        {
            var share = customers == 0 ? 0 : (double)count / customers;
            yield return $"  {Say(stage.ToString(), StageNames.Zh(stage)), -10} {count, 11:N0}  {share, 6:P1}  {new string('█', (int)(share * BarCells))}";
        }

        var spend = standing.Expected is { } sum ? Say($", spend {sum:N0}", $"，消费 {sum:N0}") : "";
        yield return Say(
            $"Within {all.HorizonDays} days: {standing.ExpectedOrders:N0} orders expected{spend}.",
            $"预计 {all.HorizonDays} 天内：{standing.ExpectedOrders:N0} 笔订单{spend}。"
        );
        if (all.Spend is null)
        {
            yield return Say("Spend could not be fitted, so nothing is said of value.", "消费金额无法拟合，因此不估算价值。");
        }

        if (standing.AtRisk.Count == 0)
        {
            yield break;
        }

        yield return Say(
            "Most at risk (cooling or lapsing; what their silence costs of what they would spend):",
            "最值得挽回的顾客（转冷或濒临流失；金额为沉默造成的预期消费损失）："
        );
        yield return Say(
            $"  {"customer", -24} {"stage", -8} {"silent", 7} {"chance", 7} {"expected", 12} {"at risk", 12}",
            $"  {"顾客", -22} {"阶段", -6} {"沉默天数", 3} {"回购概率", 3} {"预期消费", 8} {"可挽回", 9}"
        );
        foreach (var one in standing.AtRisk)
        {
            yield return $"  {one.CustomerId, -24} {Say(one.Stage.ToString(), StageNames.Zh(one.Stage)), -8} {one.SilentDays, 7:N0} {one.ChanceOfReturn, 7:P0} {one.Expected, 12:N2} {one.AtRisk, 12:N2}";
        }
    }
}

using System.Globalization;
using System.Text;
using RetentionFuncs.Reports.Wordings;
using RetentionFuncs.Scoring.Models;
using static RetentionFuncs.Reports.TextReports.TextColumns;

namespace RetentionFuncs.Reports.TextReports;

/// <summary>A fit for the terminal: the candidates side by side, the chosen rule and why, and whether its chances came true.</summary>
public static class FittedModelText
{
    /// <param name="language"><c>zh</c> and its regions give Chinese, all else English.</param>
    public static string Write(FittedModel model, string language)
    {
        var (text, words) = (new StringBuilder(), new ReportWords(language));
        var told = new ModelWords(words);
        TextReport.Line(text, told.Note(model));
        TextReport.Line(text);
        Candidates(text, model, told, words);
        TextReport.Wrapped(text, told.Why(model), 0);
        Notes(text, model, told, words);
        Calibration(text, model, told, words);
        Parameters(text, model, words);
        return text.ToString();
    }

    /// <summary>What was compared on which stretches; nothing when nothing was.</summary>
    internal static void Candidates(StringBuilder text, FittedModel model, ModelWords told, ReportWords words)
    {
        if (model.Holdouts.Count == 0)
        {
            return;
        }

        foreach (var period in model.Holdouts)
        {
            var share = words.Numbers.Percent(period.Returned / (double)period.Customers);
            TextReport.Line(
                text,
                words.T(
                    Plain(
                        $"known to {period.CalibrationEnd:yyyy-MM-dd}: {period.Customers:N0} customers; ordered in the {model.HorizonDays} days after: {period.Returned:N0} ({share})"
                    ),
                    Plain(
                        $"已知截至 {period.CalibrationEnd:yyyy-MM-dd}：{period.Customers:N0} 位顾客；其后 {model.HorizonDays} 天内下单：{period.Returned:N0} 位（{share}）"
                    )
                )
            );
        }

        TextReport.Line(text);
        TextReport.Line(
            text,
            $"  {PadRight(told.Rule, 18)}{PadLeft(told.Auc, 16)}{PadLeft(told.LogLoss, 20)}{PadLeft(words.T("orders expected", "订单数偏差"), 18)}"
        );
        foreach (var one in model.Candidates)
        {
            TextReport.Line(
                text,
                $"{(one.Rule == model.Chosen ? "▸ " : "  ")}{PadRight(told.RuleName(one.Rule), 18)}{PadLeft(ModelWords.Figure(one.Auc), 16)}{PadLeft(Loss(one), 20)}{PadLeft(Bias(one, words), 18)}"
            );
        }

        TextReport.Line(text);
    }

    private static void Notes(StringBuilder text, FittedModel model, ModelWords told, ReportWords words)
    {
        foreach (var one in model.Candidates.Where(c => c.Note is not null))
        {
            TextReport.Wrapped(text, $"{told.RuleName(one.Rule)}{words.Colon}{words.Of(one.Note!)}", 2);
        }
    }

    /// <summary>Stated and seen shares of the chosen rule, by stated chance.</summary>
    internal static void Calibration(StringBuilder text, FittedModel model, ModelWords told, ReportWords words)
    {
        var bins = ModelWords.Calibration(model);
        if (bins.Count == 0)
        {
            return;
        }

        TextReport.Line(text);
        TextReport.Line(text, $"  {PadLeft(told.Stated, 14)}{PadLeft(told.Seen, 12)}{PadLeft(words.People, 10)}");
        foreach (var bin in bins)
        {
            TextReport.Line(
                text,
                $"  {PadLeft(words.Numbers.Percent(bin.Stated), 14)}{PadLeft(words.Numbers.Percent(bin.Seen), 12)}{PadLeft(words.Numbers.Whole(bin.Customers), 10)}  {TextBars.Bar(bin.Seen, 1, 24)}"
            );
        }
    }

    private static void Parameters(StringBuilder text, FittedModel model, ReportWords words)
    {
        TextReport.Line(text);
        if (model.Model is { } fitted)
        {
            var values = string.Join(", ", fitted.Parameters.Select(p => Plain($"{p.Key} {p.Value:G6}")));
            TextReport.Line(
                text,
                words.T(
                    Plain($"{fitted.Kind}/NBD in days: {values}; log likelihood {model.LogLikelihood:0.000}"),
                    Plain($"{fitted.Kind}/NBD（时间单位：天）：{values}；对数似然 {model.LogLikelihood:0.000}")
                )
            );
        }

        if (model.Spend is { } spend)
        {
            var values = Plain($"p {spend.P:G6}, q {spend.Q:G6}, gamma {spend.Gamma:G6}");
            TextReport.Line(
                text,
                words.T(
                    Plain($"Gamma-Gamma spend: {values}; mean per purchase {spend.PopulationMean:0.00}"),
                    Plain($"Gamma-Gamma 客单价：{values}；平均每次 {spend.PopulationMean:0.00}")
                )
            );
        }
    }

    private static string Loss(Candidate one) => one.LogLoss is null ? "–" : Plain($"{one.LogLoss:0.0000} ± {one.LogLossError:0.0000}");

    private static string Bias(Candidate one, ReportWords words) =>
        one.CountBias is { } bias ? (bias > 0 ? "+" : "") + words.Numbers.Percent(bias) : "–";

    private static string Plain(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

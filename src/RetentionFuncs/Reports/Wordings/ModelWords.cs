using System.Globalization;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Reports.Wordings;

/// <summary>How well the chances of return held on history that the fit had not seen, in words and cells.</summary>
internal sealed class ModelWords(ReportWords words)
{
    public string Title => words.T("How sure the chances of return are", "回购概率有多准");

    public string Note(FittedModel model) =>
        words.T(
            string.Create(
                CultureInfo.InvariantCulture,
                $"fit {model.Version} of {model.AsOf:yyyy-MM-dd} on {model.Customers:N0} customers; chances are of an order within {model.HorizonDays} days"
            ),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{model.AsOf:yyyy-MM-dd} 第 {model.Version} 次拟合，{model.Customers:N0} 位顾客；概率指 {model.HorizonDays} 天内下单"
            )
        );

    public string Why(FittedModel model) => words.Of(model.Why);

    public string Rule => words.T("rule", "方法");

    public string Auc => words.T("ranking (AUC)", "排序能力 (AUC)");

    public string LogLoss => words.T("log loss", "对数损失");

    public string Stated => words.T("chance stated", "预测概率");

    public string Seen => words.T("did order", "实际下单");

    public string RuleName(ScoreRule rule) =>
        rule switch
        {
            ScoreRule.Hiatus => words.T("days silent", "沉默天数"),
            ScoreRule.OwnRhythm => words.T("own rhythm", "自身节奏"),
            var model => $"{model}/NBD",
        };

    public static string Figure(double? value) => value is { } v ? v.ToString("0.000", CultureInfo.InvariantCulture) : "–";

    /// <summary>The chosen rule's own table of stated and seen shares; empty when nothing could be compared.</summary>
    public static IReadOnlyList<CalibrationBin> Calibration(FittedModel model) =>
        model.Candidates.FirstOrDefault(c => c.Rule == model.Chosen)?.Calibration ?? [];
}

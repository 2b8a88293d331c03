using System.Globalization;
using RetentionFuncs.Scoring.Backtests;

namespace RetentionFuncs.Reports.Wordings;

/// <summary>What a back-test says, in one language.</summary>
internal sealed class BacktestWords(ReportWords words, Backtest test)
{
    public string Title => words.T("Would it have found those who left?", "当时能找出后来流失的客户吗？");

    public string Note =>
        test.Dates.Count == 0
            ? ""
            : words.T(
                Plain(
                    $"{test.Dates.Count} decisions, {test.Dates[0]:yyyy-MM-dd} to {test.Dates[^1]:yyyy-MM-dd}, {test.StepDays} days apart; {test.Customers:N0} customers, {test.Leavers:N0} of whose silences were for good"
                ),
                Plain(
                    $"{test.Dates[0]:yyyy-MM-dd} 至 {test.Dates[^1]:yyyy-MM-dd}，每 {test.StepDays} 天做一次判断，共 {test.Dates.Count} 次；{test.Customers:N0} 位客户，其间流失 {test.Leavers:N0} 人次"
                )
            );

    public string ChartTitle =>
        words.T("Share of those who left that an alarm had named, by days of silence", "流失客户中已被预警的比例（按沉默天数）");

    public string Rule => words.T("who is alarmed about", "预警依据");

    public string Alarms => words.T("alarms", "预警数");

    public string Found => words.T("found", "找出");

    public string Early => words.T($"before day {test.SilentDays}", $"第 {test.SilentDays} 天前");

    public string Earlier => words.T("days earlier", "提前天数");

    public string FalseAlarms => words.T("false alarms", "误报率");

    public string Expected => words.T("stated /100", "每百次预计");

    public string Actual => test.InProfit ? words.T("profit /100", "每百次利润") : words.T("revenue /100", "每百次收入");

    public string SilenceAxis => words.T("days of silence", "沉默天数");

    public string RuleName(BacktestRule rule) =>
        rule switch
        {
            BacktestRule.Chance => words.T("lowest chance of return", "回购概率最低"),
            BacktestRule.FallenChance => words.T("chance fallen furthest", "回购概率跌幅最大"),
            BacktestRule.ProfitAtRisk => test.InProfit
                ? words.T("profit at risk", "可能损失的利润最多")
                : words.T("revenue at risk", "可能损失的收入最多"),
            BacktestRule.OwnRhythm => words.T("own rhythm overdue", "超出自身节奏最多"),
            BacktestRule.RecencyFrequency => words.T("lowest RFM (R+F)", "RFM 最低 (R+F)"),
            _ => words.T($"{test.SilentDays} days silent", $"沉默满 {test.SilentDays} 天"),
        };

    /// <summary>How the numbers come about, for the foot of a table.</summary>
    public IReadOnlyList<string> Explanations =>
        [
            words.T(
                $"On each decision day \"{test.SilentDays} days silent\" raises its alarms, and every other rule may raise just as many, one for each silence, knowing only what was known that day; models are fitted anew each time.",
                $"每个判断日，先看“沉默满 {test.SilentDays} 天”发出多少预警，其他方法也只能发出同样多，每段沉默期只预警一次，并且只用当天已知的数据；模型每次都重新拟合。"
            ),
            words.T(
                $"Left: no order for {test.SilentDays + test.HorizonDays} days after the last one ({test.SilentDays} and the horizon of {test.HorizonDays}). Counted are silences that lay wholly within the decisions, so \"{test.SilentDays} days silent\" finds all of them, and none before day {test.SilentDays}. Days earlier: median over those found, against day {test.SilentDays}; below zero is later.",
                $"流失：最后一单之后 {test.SilentDays + test.HorizonDays} 天没有再下单（{test.SilentDays} 天，再加 {test.HorizonDays} 天的观察期）。只统计完整落在判断期内的沉默期，所以“沉默满 {test.SilentDays} 天”必然全部找出，但没有一个早于第 {test.SilentDays} 天。提前天数：找出者相对第 {test.SilentDays} 天的中位数，负数表示更晚。"
            ),
            words.T(
                $"False alarm: the customer ordered within {test.HorizonDays} days by themselves. \"{Actual}\": {MoneyEn} that the customers rightly alarmed about had brought in the year before, per 100 alarms; \"{Expected}\" is what the chances promised beforehand.",
                $"误报：客户在 {test.HorizonDays} 天内自己回来下了单。“{Actual}”：每 100 次预警中，预警正确的客户此前一年带来的{MoneyZh}；“{Expected}”是按当时的概率算出的数。"
            ),
        ];

    /// <summary>A sentence above the table; null when there is nothing to tell.</summary>
    public string? Answer
    {
        get
        {
            if (test.Rows.Count == 0 || test.Leavers == 0)
            {
                return test.Missing is { } missing ? words.Of(missing) : null;
            }

            var (chance, silent) = (RowOf(BacktestRule.Chance), RowOf(BacktestRule.SilentDays));
            return words.T(
                $"With as many alarms, the chance of return found {Share(chance.Found)} of those who left, {Share(chance.FoundEarly)} before day {test.SilentDays}; {FalseShare(chance)} of its alarms were false, against {FalseShare(silent)} for \"{RuleName(BacktestRule.SilentDays)}\".",
                $"预警数相同的情况下，按回购概率找出了 {Share(chance.Found)} 的流失客户，其中 {Share(chance.FoundEarly)} 在沉默满 {test.SilentDays} 天之前就已找出；误报率 {FalseShare(chance)}，“{RuleName(BacktestRule.SilentDays)}”为 {FalseShare(silent)}。"
            );
        }
    }

    public string Share(int found) => test.Leavers == 0 ? "–" : words.Numbers.Percent(found / (double)test.Leavers);

    public string FalseShare(BacktestRow row) => row.Alarms == 0 ? "–" : words.Numbers.Percent(row.FalseAlarms / (double)row.Alarms);

    public string Days(double? days) => days is { } d ? (d > 0 ? "+" : "") + words.Numbers.Whole(d) : "–";

    public string Money(decimal? amount) => amount is { } a ? words.Numbers.Whole((double)a) : "–";

    private string MoneyEn => test.InProfit ? "profit" : "revenue (costs are not known)";

    private string MoneyZh => test.InProfit ? "利润" : "收入（成本未知）";

    private BacktestRow RowOf(BacktestRule rule) => test.Rows.Single(r => r.Rule == rule);

    private static string Plain(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using RetentionFuncs.Reports.HtmlReports;
using RetentionFuncs.Reports.TextReports;
using RetentionFuncs.Scoring.Backtests;

namespace RetentionFuncs.Web.Api.Documents;

/// <summary>What each rule would have found on past days, told; as a page too.</summary>
public static class BacktestDocument
{
    public static Document Of(Backtest test, string language) =>
        Document.Of(test, () => BacktestText.Write(test, language)) with
        {
            Html = () => HtmlBacktest.Page(test, language),
        };
}

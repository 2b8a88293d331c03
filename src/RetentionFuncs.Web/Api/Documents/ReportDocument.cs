using RetentionFuncs.Reports;
using RetentionFuncs.Reports.HtmlReports;
using RetentionFuncs.Reports.TextReports;

namespace RetentionFuncs.Web.Api.Documents;

/// <summary>What the campaigns were worth, told; as a page too.</summary>
public static class ReportDocument
{
    public static Document Of(RetentionReport report, string language) =>
        new(() => ReportJson.Write(report), () => TextReport.Write(report, language)) { Html = () => HtmlReport.Write(report, language) };
}

using RetentionFuncs.Reports.TextReports;
using RetentionFuncs.Scoring.Choosing;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Web.Api.Documents;

/// <summary>A fit, what it was compared with and why it was chosen, told.</summary>
public static class ModelDocument
{
    public static Document Of(FittedModel model, string language) =>
        new(() => FittedModelJson.Write(model), () => FittedModelText.Write(model, language));
}

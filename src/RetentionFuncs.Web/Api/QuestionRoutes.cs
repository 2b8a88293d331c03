using RetentionFuncs.Segments;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Web.Api;

/// <summary>What is asked of the whole base or of one customer; writes nothing.</summary>
internal static class QuestionRoutes
{
    private const int MostBytes = 4_096;

    public static void Map(ApiGroup api)
    {
        api.Map("POST", "/explain", ExplainAsync);
        api.Map("GET", "/report", ReportAsync);
        api.Map("POST", "/score", ScoreAsync);
        api.Map("POST", "/segments", SegmentsAsync);
    }

    private sealed record AboutCustomer(string Customer);

    private static async Task<ApiAnswer> ExplainAsync(ApiCall call)
    {
        call.AllowOnly("asOf");
        var (product, customer) = (call.Product, (await JsonBody.ReadAsync<AboutCustomer>(call.Context.Request, MostBytes)).Customer);
        return await product.ExplainCustomer.RunAsync(customer, call.AsOf.EndIn(product.Calendar, product.Clock)) is { } told
            ? ApiAnswer.Of(ExplanationDocument.Of(told, product.Calendar, call.Language), call)
            : throw ApiProblem.NotFound(new($"No customer '{customer}' is on file.", $"没有顾客“{customer}”的记录。"));
    }

    private static async Task<ApiAnswer> ReportAsync(ApiCall call)
    {
        call.AllowOnly("asOf", "campaign");
        var (product, only) = (call.Product, call.Asked("campaign"));
        if (only is not null && await product.Campaigns.FindAsync(only) is null)
        {
            throw ApiProblem.NotFound(new($"There is no campaign '{only}'.", $"没有活动“{only}”。"));
        }

        var report = await product.BuildReport.RunAsync(call.AsOf.DayIn(product.Calendar, product.Clock), only);
        return ApiAnswer.Of(ReportDocument.Of(report, call.Language), call);
    }

    private static async Task<ApiAnswer> ScoreAsync(ApiCall call)
    {
        call.AllowOnly("asOf");
        var score = await call.Product.ScoreCustomers.RunAsync(call.AsOf.DayIn(call.Product.Calendar, call.Product.Clock));
        return ApiAnswer.Of(ScoreDocument.Of(score, call.Language), call);
    }

    private sealed record AboutSegments(string? Expression = null, bool List = false);

    private static async Task<ApiAnswer> SegmentsAsync(ApiCall call)
    {
        call.AllowOnly("asOf");
        var asked = await JsonBody.ReadAsync<AboutSegments>(call.Context.Request, MostBytes);
        AudienceExpression? expression = null;
        if (asked.Expression is { } text && !AudienceExpression.TryParse(text, out expression, out var errors))
        {
            var (at, said) = (errors[0].Column, errors[0].Sentence);
            throw ApiProblem.BadRequest(new($"Expression, column {at}: {said.En}", $"条件第 {at} 列：{said.Zh}"));
        }

        if (asked.List && expression is not null)
        {
            // Ids of many people at once leave the home.
            await call.NoteAsync("export-segment", asked.Expression!, Reasons.None);
        }

        var day = call.AsOf.DayIn(call.Product.Calendar, call.Product.Clock);
        var counts = await call.Product.CountSegments.RunAsync(day, expression, asked.List && expression is not null);
        return ApiAnswer.Of(SegmentsDocument.Of(counts, call.Language), call);
    }
}

using RetentionFuncs.Findings;
using RetentionFuncs.Keeping;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Web.Api;

/// <summary>What a person may ask about their own data. Whom it is about stands in the body, since every log on the way keeps addresses.</summary>
internal static class KeepingRoutes
{
    private const int MostBytes = 16 * 1024;
    private const int LongestReason = 500;

    public static void Map(ApiGroup api)
    {
        api.Map("POST", "/customers/export", ExportAsync);
        api.Map("POST", "/customers/erase", EraseAsync);
    }

    private sealed record Exporting(string Customer, string Reason);

    private static async Task<ApiAnswer> ExportAsync(ApiCall call)
    {
        call.AllowOnly();
        var asked = await JsonBody.ReadAsync<Exporting>(call.Context.Request, MostBytes);
        return await call.Product.ExportCustomer.RunAsync(asked.Customer, call.Caller.Name, ReasonOf(asked.Reason)) is { } export
            ? ApiAnswer.Of(new Document(() => export.Json, () => export.Json + "\n"), call)
            : throw ApiProblem.NotFound(NobodyOf(asked.Customer, null));
    }

    private sealed record Erasing(string Customer, string Reason, string? Contact = null, bool Suppress = true);

    private static async Task<ApiAnswer> EraseAsync(ApiCall call)
    {
        call.AllowOnly();
        var asked = await JsonBody.ReadAsync<Erasing>(call.Context.Request, MostBytes);
        var wish = new ErasureWish(asked.Customer, asked.Contact, asked.Suppress, call.Caller.Name, ReasonOf(asked.Reason));
        return await call.Product.EraseCustomer.RunAsync(wish) is { } report
            ? ApiAnswer.Of(ErasureDocument.Of(report, call.Language), call)
            : throw ApiProblem.NotFound(NobodyOf(asked.Customer, asked.Contact));
    }

    private static string ReasonOf(string reason) =>
        reason.Trim() is { Length: > 0 and <= LongestReason } told
            ? told
            : throw ApiProblem.BadRequest(
                new(
                    $"'reason': say why, in at most {LongestReason} characters; it is written down beside your name.",
                    $"reason：请说明原因（不超过 {LongestReason} 字），会与您的名字一同记录。"
                )
            );

    private static Phrase NobodyOf(string customer, string? contact) =>
        contact is null
            ? new($"No customer '{customer}' is on file.", $"没有顾客“{customer}”的记录。")
            : new($"No customer '{customer}' with a contact '{contact}' is on file.", $"没有顾客“{customer}”或其联系人“{contact}”的记录。");
}

using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Web.Access;

namespace RetentionFuncs.Web.Api;

/// <summary>One request whose caller is known and allowed.</summary>
/// <param name="Language"><c>en</c> or <c>zh</c>.</param>
internal sealed record ApiCall(HttpContext Context, WebHome Home, Caller Caller, string Language)
{
    private const int SmallBody = 16 * 1024;
    private const int LongestReason = 500;

    public RetentionProduct Product => Home.Product;

    /// <summary>A part of the path. Servers leave an escaped slash as it is, since it would look like another part; here it is a character.</summary>
    public string Part(string name) =>
        (Context.Request.RouteValues[name] as string ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>A value of the query; null when it is not there.</summary>
    /// <exception cref="ApiProblem">It is there more than once.</exception>
    public string? Asked(string name)
    {
        var values = Context.Request.Query[name];
        return values.Count <= 1
            ? values.FirstOrDefault()
            : throw ApiProblem.BadRequest(
                new($"'{name}' stands in the address twice; leave one.", $"地址中“{name}”出现了两次，请只保留一个。")
            );
    }

    /// <exception cref="ApiProblem">The query has a value this address does not know; a slip of the pen must not pass for "all" or "now".</exception>
    public void AllowOnly(params string[] names)
    {
        if (Context.Request.Query.Keys.FirstOrDefault(k => !names.Contains(k, StringComparer.OrdinalIgnoreCase)) is { } odd)
        {
            var known = names.Length == 0 ? new Findings.Phrase("none", "无") : new(string.Join(", ", names), string.Join("、", names));
            throw ApiProblem.BadRequest(
                new($"'{odd}' is no parameter of this address. Known here: {known.En}.", $"“{odd}”不是该地址的参数。可用参数：{known.Zh}。")
            );
        }
    }

    /// <summary>The moment asked about: <c>?asOf=</c>, else now.</summary>
    /// <exception cref="ApiProblem">It is neither a day nor a moment.</exception>
    public AsOf AsOf =>
        Clocks.AsOf.Read(Asked("asOf"))
        ?? throw ApiProblem.BadRequest(
            new(
                $"asOf={Asked("asOf")}: write a day as yyyy-MM-dd or a moment such as 2026-03-02T10:00:00+01:00, from 1970 to 2199.",
                $"asOf={Asked("asOf")}：请写日期 yyyy-MM-dd，或带时区的时刻，如 2026-03-02T10:00:00+08:00；年份 1970 至 2199。"
            )
        );

    /// <summary>The kind of content the caller likes best of those there are; the first when none is named.</summary>
    public string Likes(IReadOnlyList<string> kinds) =>
        Context
            .Request.GetTypedHeaders()
            .Accept.OrderByDescending(a => a.Quality ?? 1)
            .Select(a => kinds.FirstOrDefault(k => string.Equals(k, a.MediaType.Value, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(k => k is not null)
        ?? kinds[0];

    /// <summary>The campaign that the path names.</summary>
    /// <exception cref="ApiProblem">There is none.</exception>
    public async ValueTask<LiveCampaign> CampaignAsync()
    {
        Product.Campaigns.Forget();
        return await Product.Campaigns.FindAsync(Part("key"))
            ?? throw ApiProblem.NotFound(new($"There is no campaign '{Part("key")}'.", $"没有活动“{Part("key")}”。"));
    }

    /// <summary>Why it is done, in the caller's own words; it goes into the operator log.</summary>
    /// <exception cref="ApiProblem">Empty or too long.</exception>
    public async ValueTask<string> ReasonAsync()
    {
        var reason = (await JsonBody.ReadAsync<ReasonBody>(Context.Request, SmallBody)).Reason.Trim();
        return reason.Length is > 0 and <= LongestReason
            ? reason
            : throw ApiProblem.BadRequest(
                new(
                    $"'reason': say why, in at most {LongestReason} characters; it is written down beside your name.",
                    $"reason：请说明原因（不超过 {LongestReason} 字），会与您的名字一同记录。"
                )
            );
    }

    /// <summary>Written down before it is done.</summary>
    public async ValueTask NoteAsync(string what, string subject, string why) =>
        await Product.NoteOperation.RunAsync(Caller.Name, what, subject, why);

    private sealed record ReasonBody(string Reason);
}

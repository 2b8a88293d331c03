using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Findings;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Web.Api;

/// <summary>Campaign files in and out, and their life.</summary>
internal static class CampaignRoutes
{
    private const int FolderBytes = 4 * 1024 * 1024;
    private const int MostFiles = 500;

    public static void Map(ApiGroup api)
    {
        api.Map("GET", "/campaigns", ListAsync);
        api.Map("GET", "/campaigns/{key}", ShowAsync);
        api.Map("GET", "/campaigns/{key}/export", ExportAsync);
        api.Map("POST", "/campaigns/apply", ApplyAsync);
        api.Map("POST", "/campaigns/{key}/launch", call => CommandAsync(call, "launch-campaign", (l, key) => l.LaunchAsync(key)));
        api.Map("POST", "/campaigns/{key}/pause", call => CommandAsync(call, "pause-campaign", (l, key) => l.PauseAsync(key)));
        api.Map("POST", "/campaigns/{key}/stop", call => CommandAsync(call, "stop-campaign", (l, key) => l.StopAsync(key)));
    }

    private static async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        call.AllowOnly();
        call.Product.Campaigns.Forget();
        return ApiAnswer.Of(CampaignDocuments.Heads((await call.Product.Campaigns.AllAsync()).Select(c => c.Head), call.Language), call);
    }

    private static async Task<ApiAnswer> ShowAsync(ApiCall call)
    {
        call.AllowOnly();
        var live = await call.CampaignAsync();
        return ApiAnswer.Of(CampaignDocuments.One(live, call.Language), call) with { ETag = live.Head.Version };
    }

    private static async Task<ApiAnswer> ExportAsync(ApiCall call)
    {
        call.AllowOnly();
        var live = await call.CampaignAsync();
        return ApiAnswer.Of(CampaignDocuments.Files(live.Version), call) with { ETag = live.Head.Version };
    }

    private static async Task<ApiAnswer> ApplyAsync(ApiCall call)
    {
        call.AllowOnly();
        var body = await JsonBody.ReadAsync<FolderBody>(call.Context.Request, FolderBytes);
        var read = CampaignFiles.Read(TextsOf(body), call.Product.Settings);
        if (read.HasErrors || read.Versions.Count is 0 or > ApplyCampaigns.Most)
        {
            throw Unfit(read);
        }

        await call.NoteAsync("apply-campaigns", string.Join(' ', read.Versions.Select(v => v.Campaign.Key)), Reasons.None);
        return await call.Product.ApplyCampaigns.RunAsync(read.Versions, Seen(call.Context.Request)) switch
        {
            ApplyEnding.Applied applied => ApiAnswer.Of(CampaignDocuments.Applied(applied.Heads, read.Findings, call.Language), call) with
            {
                ETag = applied.Heads is [var only] ? only.Version : null,
            },
            ApplyEnding.Changed changed => throw NotSeen(call.Context.Request, changed),
            _ => throw new InvalidOperationException("An ending that nobody has named."),
        };
    }

    private static IReadOnlyList<CampaignText> TextsOf(FolderBody body)
    {
        if (body.Files.Count is 0 or > MostFiles)
        {
            throw ApiProblem.BadRequest(
                new(
                    $"'files' holds {body.Files.Count} files; 1 to {MostFiles} are taken.",
                    $"files 中有 {body.Files.Count} 个文件；可接收 1 至 {MostFiles} 个。"
                )
            );
        }

        if (body.Files.FirstOrDefault(f => f.Value is null || !CampaignFiles.IsFile(f.Key)).Key is { } odd)
        {
            throw ApiProblem.BadRequest(
                new(
                    $"'{odd}' is no text file of a campaign folder: KEY.yaml, templates/KEY.yaml or senders/KEY.yaml, keys in lower-case letters, digits and dashes.",
                    $"“{odd}”不是活动文件夹中的文本文件：应为 KEY.yaml、templates/KEY.yaml 或 senders/KEY.yaml，KEY 只用小写字母、数字和短横线。"
                )
            );
        }

        return [.. body.Files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new CampaignText(f.Key, f.Value!))];
    }

    private static ApiProblem Unfit(CampaignFolder read) =>
        new(
            StatusCodes.Status422UnprocessableEntity,
            "files-have-errors",
            new("The files have errors", "文件有错误"),
            read.HasErrors ? new("Nothing was applied: mend the errors first.", "未应用任何内容：请先修正错误。")
                : read.Versions.Count == 0
                    ? new("Nothing was applied: there is no campaign among the files.", "未应用任何内容：文件中没有活动。")
                : new(
                    $"Nothing was applied: {read.Versions.Count} campaigns at once; at most {ApplyCampaigns.Most} are taken.",
                    $"未应用任何内容：一次提交了 {read.Versions.Count} 个活动，最多 {ApplyCampaigns.Most} 个。"
                )
        )
        {
            Findings = read.Findings,
        };

    /// <summary>The versions an edit builds on; null for <c>*</c>, which takes whatever is on file.</summary>
    private static IReadOnlyCollection<string>? Seen(HttpRequest request)
    {
        var tags = request.GetTypedHeaders().IfMatch;
        return tags.Contains(EntityTagHeaderValue.Any) ? null : [.. tags.Where(t => !t.IsWeak).Select(t => t.Tag.ToString().Trim('"'))];
    }

    private static ApiProblem NotSeen(HttpRequest request, ApplyEnding.Changed changed) =>
        request.Headers.IfMatch.Count == 0
            ? new(
                StatusCodes.Status428PreconditionRequired,
                "version-not-named",
                new("The version you changed is not named", "未注明所修改的版本"),
                new(
                    $"'{changed.Key}' is on file already. Send If-Match with the version your edit builds on; GET campaigns/{changed.Key} gives it as ETag.",
                    $"活动“{changed.Key}”已存在。请在 If-Match 中注明所修改的版本；GET campaigns/{changed.Key} 的 ETag 即为当前版本。"
                )
            )
            : new(
                StatusCodes.Status412PreconditionFailed,
                "changed-meanwhile",
                new("Somebody changed it meanwhile", "期间已被他人修改"),
                new(
                    $"Nothing was applied: '{changed.Key}' is now at version {changed.Current}, which is not the one you built on. Export it, bring your edit in again, and apply with that version.",
                    $"未应用任何内容：活动“{changed.Key}”现为版本 {changed.Current}，不是您修改时依据的版本。请重新导出，合并修改后以该版本再次提交。"
                )
            );

    private static async Task<ApiAnswer> CommandAsync(
        ApiCall call,
        string what,
        Func<LaunchCampaign, string, ValueTask<CampaignCommand>> act
    )
    {
        call.AllowOnly();
        var key = (await call.CampaignAsync()).Head.Key;
        await call.NoteAsync(what, key, Reasons.None);
        return await act(call.Product.LaunchCampaign, key) switch
        {
            CampaignCommand.Done done => ApiAnswer.Of(CampaignDocuments.Heads([done.Head], call.Language), call),
            CampaignCommand.Refused refused => throw ApiProblem.Conflict(refused.Reason),
            _ => throw new InvalidOperationException("An ending that nobody has named."),
        };
    }

    /// <param name="Files">Text by path relative to the folder.</param>
    private sealed record FolderBody(IReadOnlyDictionary<string, string?> Files);
}

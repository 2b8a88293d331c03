using System.Globalization;
using RetentionFuncs.Queues;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Web.Api;

/// <summary>Messages that wait for a person: looked at, queued again, or dropped with a reason.</summary>
internal static class DeadLetterRoutes
{
    private const int Most = 1000;

    public static void Map(ApiGroup api)
    {
        api.Map("GET", "/deadletters", ListAsync);
        api.Map("GET", "/deadletters/{id}", ReadAsync);
        api.Map("POST", "/deadletters/{id}/replay", ReplayAsync);
        api.Map("POST", "/deadletters/{id}/drop", DropAsync);
    }

    private static async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        call.AllowOnly("limit");
        var letters = await call.Home.DeadLetters.ListAsync(Limit(call));
        return ApiAnswer.Of(DeadLetterDocuments.List(letters, call.Language), call);
    }

    private static int Limit(ApiCall call) =>
        call.Asked("limit") is not { } text ? 100
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= Most ? limit
        : throw ApiProblem.BadRequest(new($"limit={text}: write a number from 1 to {Most}.", $"limit={text}：请写 1 至 {Most} 的整数。"));

    private static async Task<ApiAnswer> ReadAsync(ApiCall call)
    {
        call.AllowOnly();
        return ApiAnswer.Of(DeadLetterDocuments.One(await FindAsync(call), call.Language), call);
    }

    private static async Task<ApiAnswer> ReplayAsync(ApiCall call)
    {
        call.AllowOnly();
        var (reason, letter) = (await call.ReasonAsync(), await FindAsync(call));
        if (letter.Message is null)
        {
            throw ApiProblem.Conflict(
                new(
                    $"'{letter.Id}' cannot be read, so it cannot be queued again; drop it.",
                    $"消息“{letter.Id}”无法读取，不能重新入队；请丢弃。"
                )
            );
        }

        await call.NoteAsync("replay-dead-letter", letter.Id, reason);
        return await call.Home.DeadLetters.ReplayAsync(letter.Id)
            ? ApiAnswer.Of(DeadLetterDocuments.Replayed(letter, call.Language), call)
            : throw Gone(letter.Id);
    }

    private static async Task<ApiAnswer> DropAsync(ApiCall call)
    {
        call.AllowOnly();
        var (reason, letter) = (await call.ReasonAsync(), await FindAsync(call));
        await call.NoteAsync("drop-dead-letter", letter.Id, reason);
        return await call.Home.DeadLetters.DropAsync(letter.Id)
            ? ApiAnswer.Of(DeadLetterDocuments.Dropped(letter, call.Language), call)
            : throw Gone(letter.Id);
    }

    private static async ValueTask<DeadLetter> FindAsync(ApiCall call) =>
        await call.Home.DeadLetters.FindAsync(call.Part("id")) ?? throw Gone(call.Part("id"));

    private static ApiProblem Gone(string id) =>
        ApiProblem.NotFound(
            new($"No dead letter '{id}' waits; somebody may have settled it already.", $"没有待处理的消息“{id}”，可能已被他人处理。")
        );
}

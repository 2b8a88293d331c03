using System.Text;
using Microsoft.AspNetCore.Http;
using RetentionFuncs.Customers;
using RetentionFuncs.HandOffs;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Web.Api;

/// <summary>Lists of calls and text messages: made once, fetched as often as needed. Each fetch is on record, since it names people.</summary>
internal static class HandOffRoutes
{
    private const int MostBytes = 1_024;
    private const string Csv = "text/csv";

    public static void Map(ApiGroup api)
    {
        api.Map("GET", "/handoffs", ListAsync);
        api.Map("POST", "/handoffs", MakeAsync);
        api.Map("GET", "/handoffs/{id}", FetchAsync);
    }

    private sealed record Wish(string? Channel = null);

    private static async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        call.AllowOnly();
        var tray = call.Product.HandOffTray;
        var (calls, texts) = (await tray.CountAsync(Channel.Phone), await tray.CountAsync(Channel.Sms));
        return ApiAnswer.Of(HandOffDocuments.All(await tray.BatchesAsync(), calls, texts, call.Language), call);
    }

    private static async Task<ApiAnswer> MakeAsync(ApiCall call)
    {
        call.AllowOnly();
        var wish = await JsonBody.ReadAsync<Wish>(call.Context.Request, MostBytes);
        var channels =
            HandOffBatch.ChannelsOf(wish.Channel)
            ?? throw ApiProblem.BadRequest(
                new($"'channel' is '{wish.Channel}': phone or sms.", $"channel 为“{wish.Channel}”：请用 phone 或 sms。")
            );
        await call.NoteAsync("handoff-made", wish.Channel ?? "phone, sms", "handed off");
        var made = new List<HandOffListing>();
        foreach (var channel in channels)
        {
            if (await call.Product.MakeBatch.RunAsync(channel) is { } batch)
            {
                made.Add(await call.Product.HandOffList.ReadAsync(batch));
            }
        }

        return ApiAnswer.Of(HandOffDocuments.Made(made, call.Language), call);
    }

    private static async Task<ApiAnswer> FetchAsync(ApiCall call)
    {
        call.AllowOnly();
        var id = call.Part("id");
        var batch =
            await call.Product.HandOffTray.ListAsync(id)
            ?? throw ApiProblem.NotFound(new($"There is no list '{id}'.", $"没有名单“{id}”。"));
        await call.NoteAsync("handoff-fetched", id, "names people");
        var text = new HandOffFile(call.Product.Calendar, call.Language).Write(await call.Product.HandOffList.ReadAsync(batch));
        var bytes = Encoding.UTF8.GetBytes(text);
        return new ApiAnswer(StatusCodes.Status200OK, Csv, "") { File = new ApiFile(id + ".csv", bytes.Length, Once(bytes)) };
    }

    private static async IAsyncEnumerable<byte[]> Once(byte[] bytes)
    {
        await ValueTask.CompletedTask;
        yield return bytes;
    }
}

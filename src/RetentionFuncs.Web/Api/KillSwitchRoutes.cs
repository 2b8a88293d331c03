using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Web.Api;

/// <summary>Stops all sending at once, and lets it go on; both with a reason.</summary>
internal static class KillSwitchRoutes
{
    public static void Map(ApiGroup api)
    {
        api.Map("GET", "/kill-switch", ShowAsync);
        api.Map("POST", "/kill-switch/on", call => TurnAsync(call, true));
        api.Map("POST", "/kill-switch/off", call => TurnAsync(call, false));
    }

    private static async Task<ApiAnswer> ShowAsync(ApiCall call)
    {
        call.AllowOnly();
        call.Product.Campaigns.Forget();
        return ApiAnswer.Of(KillSwitchDocument.Of(await call.Product.Campaigns.IsKilledAsync(), call.Language), call);
    }

    private static async Task<ApiAnswer> TurnAsync(ApiCall call, bool on)
    {
        call.AllowOnly();
        var reason = await call.ReasonAsync();
        await call.NoteAsync(on ? "kill-switch-on" : "kill-switch-off", "", reason);
        await call.Product.Campaigns.KillAsync(on, call.Caller.Name);
        call.Product.Campaigns.Forget();
        return ApiAnswer.Of(KillSwitchDocument.Of(on, call.Language), call);
    }
}

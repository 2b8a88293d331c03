using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using RetentionFuncs.Web.Access;
using RetentionFuncs.Web.Imports;
using RetentionFuncs.Web.ShopEvents;

namespace RetentionFuncs.Web.Api;

/// <summary>The HTTP API: the same verbs as the command line, under <c>/api/v1</c> for people and <c>/machine/v1</c> for machines.</summary>
public static class ApiRoutes
{
    public const string People = "/api/v1";
    public const string Machines = "/machine/v1";

    public static void MapApi(this IEndpointRouteBuilder routes, WebHome home)
    {
        MapAll(new ApiGroup(routes.MapGroup(People), home, home.Callers), home);
        if (home.ServesMachines)
        {
            MapAll(new ApiGroup(routes.MapGroup(Machines), home, MachineCallers.Instance), home);
        }
    }

    private static void MapAll(ApiGroup api, WebHome home)
    {
        HomeRoutes.Map(api);
        CampaignRoutes.Map(api);
        QuestionRoutes.Map(api);
        KeepingRoutes.Map(api);
        DeadLetterRoutes.Map(api);
        KillSwitchRoutes.Map(api);
        ImportRoutes.Map(api);
        DeliveryEventRoutes.Map(api);
        ShopEventRoutes.Map(api, home);
        HandOffRoutes.Map(api);
        api.MapRest();
    }
}

using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RetentionFuncs.Functions.Queues;

namespace RetentionFuncs.Functions.Home;

/// <summary>What the function classes ask for.</summary>
public static class HomeServices
{
    public static IServiceCollection AddRetention(this IServiceCollection services, HomeOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        // Routing asks for one; where the host brings its own, that one stays.
        services.TryAddSingleton(new DiagnosticListener("RetentionFuncs"));
        return services.AddSingleton(options).AddSingleton<HomeParts>().AddSingleton<FunctionsHome>().AddSingleton<HandleMessage>();
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Builder;

public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>The services the package adds; the server behind them is the host's affair.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        _ = builder.Services.AddMvcCore();
        _ = builder.Services.AddRouting();
        return builder;
    }
}

using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using RetentionFuncs.Telemetry;

namespace RetentionFuncs.Functions.Home;

/// <summary>What the product and the Azure packages tell goes to Application Insights, with the app's own identity.</summary>
internal static class TelemetrySetup
{
    private const string ConnectionString = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    public static void AddTelemetry(this FunctionsApplicationBuilder builder, HomeOptions options)
    {
        // The Service Bus package gives its spans only when asked to.
        AppContext.SetSwitch("Azure.Experimental.EnableActivitySource", true);
        _ = builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
        });
        var telemetry = builder
            .Services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithMetrics(metrics => metrics.AddMeter(ProductMeter.Name))
            .WithTracing(traces => traces.AddSource(ProductTrace.Name, "Azure.*"));

        // On a desk there is no resource to send to, and the exporter would refuse to start.
        if (builder.Configuration[ConnectionString] is { Length: > 0 })
        {
            var credential = AzureCredentials.For(options.ClientId);
            _ = telemetry.UseAzureMonitorExporter(exporter =>
            {
                exporter.Credential = credential;
                // The exporter brings a sampler of its own, a few traces a second; the share is ours to say.
                exporter.TracesPerSecond = null;
                exporter.SamplingRatio = (float)options.TraceShare;
            });
        }
    }
}

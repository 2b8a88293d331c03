namespace OpenTelemetry
{
    using Microsoft.Extensions.DependencyInjection;

    public sealed class OpenTelemetryBuilder : IOpenTelemetryBuilder
    {
        internal OpenTelemetryBuilder(IServiceCollection services) => Services = services;

        public IServiceCollection Services { get; }
    }
}

namespace Microsoft.Extensions.DependencyInjection
{
    using global::OpenTelemetry;
    using global::OpenTelemetry.Metrics;
    using global::OpenTelemetry.Trace;
    using Microsoft.Extensions.Hosting;

    /// <summary>From OpenTelemetry.Extensions.Hosting: the providers are built when the host starts and closed with it.</summary>
    public static class OpenTelemetryServicesExtensions
    {
        public static OpenTelemetryBuilder AddOpenTelemetry(this IServiceCollection services)
        {
            _ = services.AddHostedService<Providers>();
            return new OpenTelemetryBuilder(services);
        }

        private sealed class Providers(IServiceProvider services) : IHostedService
        {
            public Task StartAsync(CancellationToken cancellationToken)
            {
                _ = services.GetService<MeterProvider>();
                _ = services.GetService<TracerProvider>();
                return Task.CompletedTask;
            }

            public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        }
    }
}

namespace Microsoft.Azure.Functions.Worker.OpenTelemetry
{
    using global::OpenTelemetry;

    public static class ConfigureFunctionsOpenTelemetry
    {
        /// <summary>The package adds the worker's own source; there is no worker here.</summary>
        public static IOpenTelemetryBuilder UseFunctionsWorkerDefaults(this IOpenTelemetryBuilder builder) =>
            builder.WithTracing(t => t.AddSource("Microsoft.Azure.Functions.Worker"));
    }
}

namespace Azure.Monitor.OpenTelemetry.Exporter
{
    using global::OpenTelemetry;
    using Azure.Core;

    public class AzureMonitorExporterOptions : ClientOptions
    {
        public TokenCredential? Credential { get; set; }

        public float SamplingRatio { get; set; }

        public double? TracesPerSecond { get; set; }
    }

    public static class OpenTelemetryBuilderExtensions
    {
        /// <summary>Nothing leaves: there is no resource to send to.</summary>
        public static IOpenTelemetryBuilder UseAzureMonitorExporter(
            this IOpenTelemetryBuilder builder,
            Action<AzureMonitorExporterOptions> configureAzureMonitor
        )
        {
            configureAzureMonitor(new AzureMonitorExporterOptions());
            return builder;
        }
    }
}

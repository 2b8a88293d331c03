using Azure.Core;
using AzureSdkStandIns.ServiceBus;

namespace Azure.Messaging.ServiceBus;

public class ServiceBusClient : IAsyncDisposable
{
    private readonly string _namespace;

    public ServiceBusClient(string connectionString, ServiceBusClientOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        _namespace = NamespaceOf(connectionString);
    }

    public ServiceBusClient(string fullyQualifiedNamespace, TokenCredential credential, ServiceBusClientOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(fullyQualifiedNamespace);
        ArgumentNullException.ThrowIfNull(credential);
        _namespace = fullyQualifiedNamespace;
    }

    public virtual string FullyQualifiedNamespace => _namespace;

    public virtual ServiceBusSender CreateSender(string queueOrTopicName) => new(Link(queueOrTopicName));

    public virtual ServiceBusReceiver CreateReceiver(string queueName) => CreateReceiver(queueName, new ServiceBusReceiverOptions());

    public virtual ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions options) =>
        new(Link(options.SubQueue == SubQueue.DeadLetter ? queueName + BrokerQueue.DeadLetterSuffix : queueName));

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Like the real client, it connects when it is first used.</summary>
    private BrokerLink Link(string path) => new(_namespace, path);

    private static string NamespaceOf(string connectionString)
    {
        const string Endpoint = "Endpoint=";
        var endpoint = connectionString.Split(';').FirstOrDefault(p => p.StartsWith(Endpoint, StringComparison.OrdinalIgnoreCase));
        return endpoint is not null && Uri.TryCreate(endpoint[Endpoint.Length..], UriKind.Absolute, out var uri)
            ? uri.Host
            : throw new FormatException("The connection string could not be parsed; it has no endpoint.");
    }
}

public class ServiceBusClientOptions
{
    public ServiceBusRetryOptions RetryOptions { get; set; } = new();
}

/// <summary>Kept, and never used: the broker in memory answers at once or not at all.</summary>
public class ServiceBusRetryOptions
{
    public int MaxRetries { get; set; } = 3;

    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromSeconds(60);
}

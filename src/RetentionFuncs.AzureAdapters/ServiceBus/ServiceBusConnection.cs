using Azure.Core;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using RetentionFuncs.Queues;

namespace RetentionFuncs.AzureAdapters.ServiceBus;

/// <summary>Opens the namespace. One client serves the whole process; it connects when it is first used.</summary>
public static class ServiceBusConnection
{
    /// <summary>Longest wait for one try of one call; a try that takes longer is given up, and the call is tried up to twice more.</summary>
    public static readonly TimeSpan TryTimeout = TimeSpan.FromSeconds(15);

    private const int MaxRetries = 2;

    /// <param name="connectionString">With a shared key; for development and the emulator.</param>
    /// <exception cref="FormatException">Not a connection string of Service Bus.</exception>
    public static ServiceBusClient Open(string connectionString) => new(connectionString, Options());

    /// <param name="fullyQualifiedNamespace">Such as <c>shop.servicebus.windows.net</c>.</param>
    public static ServiceBusClient Open(string fullyQualifiedNamespace, TokenCredential credential) =>
        new(fullyQualifiedNamespace, credential, Options());

    /// <summary>Runs a call, and tells whatever lies outside this program as one kind of failure.</summary>
    /// <exception cref="QueueUnavailableException">The namespace did not confirm.</exception>
    internal static async ValueTask<T> AskAsync<T>(string queue, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e)
            when (e is ServiceBusException or TimeoutException or UnauthorizedAccessException or AuthenticationFailedException)
        {
            throw new QueueUnavailableException($"The queue '{queue}' did not confirm: {e.Message}", e);
        }
    }

    /// <inheritdoc cref="AskAsync{T}"/>
    internal static async ValueTask TellAsync(string queue, Func<Task> call) =>
        _ = await AskAsync(
            queue,
            async () =>
            {
                await call();
                return true;
            }
        );

    private static ServiceBusClientOptions Options() =>
        new()
        {
            RetryOptions = new ServiceBusRetryOptions { TryTimeout = TryTimeout, MaxRetries = MaxRetries },
        };
}

using RetentionFuncs.Queues;
using RetentionFuncs.Web.Access;
using RetentionFuncs.Web.Webhooks;

namespace RetentionFuncs.Web;

/// <summary>What the web part serves: one home, embedded or in Azure.</summary>
/// <param name="DeadLetters">The messages of this home's queues that wait for a person.</param>
public sealed record WebHome(RetentionProduct Product, IDeadLetters DeadLetters)
{
    /// <summary>Whose word about deliveries is taken; nobody's until a key is given.</summary>
    public WebhookOptions Webhooks { get; init; } = WebhookOptions.Closed;

    /// <summary>How people are known; a home that does not say lets nobody in.</summary>
    public ICallerSource Callers { get; init; } = NoCallers.Instance;

    /// <summary>Whether <c>/machine/v1</c> is served, for requests whose key the host has checked.</summary>
    public bool ServesMachines { get; init; }

    /// <summary>What only the home knows of itself; null tells less in <c>/api/v1/status</c>.</summary>
    public IHomeState? State { get; init; }
}

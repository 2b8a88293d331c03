using RetentionFuncs.Queues;

namespace RetentionFuncs.Web;

/// <summary>What the web part serves: one home, embedded or in Azure.</summary>
/// <param name="DeadLetters">The messages of this home's queues that wait for a person.</param>
public sealed record WebHome(RetentionProduct Product, IDeadLetters DeadLetters);

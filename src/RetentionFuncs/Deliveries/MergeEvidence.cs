using RetentionFuncs.Customers;
using RetentionFuncs.Queues;

namespace RetentionFuncs.Deliveries;

/// <summary>Merges all evidence that waits for a customer, once, and takes it off the inbox; a repeat finds nothing or the same again.</summary>
public sealed class MergeEvidence(EvidenceInbox inbox, RecordDeliveryEvents record) : IQueueHandler
{
    private const int KeyLength = 26;

    /// <summary>The message for new evidence of a customer.</summary>
    /// <param name="batch">Fresh: a broker that drops repeats must not take news for one.</param>
    public static QueueMessage MessageFor(CustomerKey customer, string batch) =>
        new(QueueMessage.CurrentSchema, $"{customer}.{batch}", Purposes.MergeEvidence, 1);

    public async ValueTask<HandlerAnswer> HandleAsync(QueueMessage message)
    {
        if (message.Ref.IndexOf('.', StringComparison.Ordinal) != KeyLength)
        {
            return new HandlerAnswer.Park($"'{message.Ref}' does not name a customer");
        }

        var customer = new CustomerKey(message.Ref[..KeyLength]);
        var waiting = await inbox.ReadAsync(customer);
        if (waiting.Count > 0)
        {
            _ = await record.RunAsync([.. waiting.Select(w => w.Event)]);
            await inbox.RemoveAsync(customer, waiting);
        }

        return HandlerAnswer.Finished;
    }
}

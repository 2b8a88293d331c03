using Azure.Messaging.ServiceBus;

namespace RetentionFuncs.AzureAdapters.ServiceBus;

/// <summary>Takes dead letters under lock, one batch after the other, until the wanted one is among them; gives the others back at the end.</summary>
internal sealed class LetterSearch(ServiceBusReceiver receiver, string queue) : IAsyncDisposable
{
    private const int Batch = 100;

    /// <summary>Letters held at once; beyond it the oldest ones are to be cleared first.</summary>
    private const int Most = 2000;

    /// <summary>Dead letters are there or are not; none is worth a wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly List<ServiceBusReceivedMessage> _others = [];

    /// <summary>The letter, locked for the caller; null when it is gone, held by somebody else, or behind more than 2,000 others.</summary>
    public async ValueTask<ServiceBusReceivedMessage?> FindAsync(long sequence)
    {
        while (_others.Count < Most)
        {
            var batch = await ServiceBusConnection.AskAsync(queue, () => receiver.ReceiveMessagesAsync(Batch, Patience));
            var wanted = batch.FirstOrDefault(m => m.SequenceNumber == sequence);
            _others.AddRange(batch.Where(m => m != wanted));
            if (wanted is not null || batch.Count == 0)
            {
                return wanted;
            }
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var other in _others)
        {
            try
            {
                await receiver.AbandonMessageAsync(other);
            }
            catch (ServiceBusException)
            {
                // Its lock runs out by itself.
            }
        }
    }
}

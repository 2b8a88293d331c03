using System.Collections.Concurrent;
using System.Globalization;
using Azure.Messaging.ServiceBus;
using RetentionFuncs.Queues;

namespace RetentionFuncs.AzureAdapters.ServiceBus;

/// <summary>
/// The dead letters of all <see cref="WorkQueues"/>. An id is <c>queue.sequence</c>. Looking costs one call a page. Replaying or dropping
/// costs a receipt for every letter that stands before it, because Service Bus hands letters out in order only; those are given back.
/// </summary>
public sealed class ServiceBusDeadLetters(ServiceBusClient client, ServiceBusWorkQueue queue) : IDeadLetters
{
    private const int Page = 250;
    private readonly ConcurrentDictionary<string, ServiceBusReceiver> _receivers = new(StringComparer.Ordinal);

    public async ValueTask<IReadOnlyList<DeadLetter>> ListAsync(int limit = 100)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        var found = new List<DeadLetter>();
        foreach (var name in WorkQueues.All)
        {
            await foreach (var letter in PeekAsync(name, limit - found.Count))
            {
                found.Add(Show(name, letter));
            }
        }

        return found;
    }

    public async ValueTask<DeadLetter?> FindAsync(string id) =>
        TryPlace(id, out var place) && await PeekOneAsync(place) is { } letter ? Show(place.Queue, letter) : null;

    /// <inheritdoc/>
    /// <remarks>The copy is queued before the letter goes; cut off in between, both exist, and a second replay within the duplicate window adds none.</remarks>
    public async ValueTask<bool> ReplayAsync(string id)
    {
        if (!TryPlace(id, out var place) || await PeekOneAsync(place) is not { } seen || WorkMessages.Read(seen) is not { } message)
        {
            return false;
        }

        return await WithLetterAsync(
            place,
            async (receiver, letter) =>
            {
                await queue.SendAsync(place.Queue, WorkMessages.CopyOf(letter, message.Id, "replay"), DateTimeOffset.MinValue);
                await receiver.CompleteMessageAsync(letter);
            }
        );
    }

    public async ValueTask<bool> DropAsync(string id) =>
        TryPlace(id, out var place) && await WithLetterAsync(place, (receiver, letter) => receiver.CompleteMessageAsync(letter));

    private readonly record struct Place(string Queue, long Sequence);

    private static bool TryPlace(string id, out Place place)
    {
        var dot = id.LastIndexOf('.');
        place = default;
        if (
            dot < 0
            || !WorkQueues.All.Contains(id[..dot], StringComparer.Ordinal)
            || !long.TryParse(id.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
        )
        {
            return false;
        }

        place = new Place(id[..dot], sequence);
        return true;
    }

    private ServiceBusReceiver ReceiverOf(string name) =>
        _receivers.GetOrAdd(name, n => client.CreateReceiver(n, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter }));

    private async IAsyncEnumerable<ServiceBusReceivedMessage> PeekAsync(string name, int limit)
    {
        var receiver = ReceiverOf(name);
        for (var (from, left) = (0L, limit); left > 0; )
        {
            var (start, size) = (from, Math.Min(left, Page));
            var page = await ServiceBusConnection.AskAsync(name, () => receiver.PeekMessagesAsync(size, start));
            if (page.Count == 0)
            {
                yield break;
            }

            foreach (var letter in page)
            {
                yield return letter;
            }

            (from, left) = (page[^1].SequenceNumber + 1, left - page.Count);
        }
    }

    private async ValueTask<ServiceBusReceivedMessage?> PeekOneAsync(Place place)
    {
        var receiver = ReceiverOf(place.Queue);
        var page = await ServiceBusConnection.AskAsync(place.Queue, () => receiver.PeekMessagesAsync(1, place.Sequence));
        return page.FirstOrDefault(m => m.SequenceNumber == place.Sequence);
    }

    private async ValueTask<bool> WithLetterAsync(Place place, Func<ServiceBusReceiver, ServiceBusReceivedMessage, Task> act)
    {
        var receiver = ReceiverOf(place.Queue);
        await using var search = new LetterSearch(receiver, place.Queue);
        if (await search.FindAsync(place.Sequence) is not { } letter)
        {
            return false;
        }

        await ServiceBusConnection.TellAsync(place.Queue, () => act(receiver, letter));
        return true;
    }

    private static DeadLetter Show(string name, ServiceBusReceivedMessage letter) =>
        new(
            name,
            string.Create(CultureInfo.InvariantCulture, $"{name}.{letter.SequenceNumber}"),
            letter.Body.ToString(),
            WorkMessages.Read(letter),
            ReasonOf(letter),
            letter.ApplicationProperties.GetValueOrDefault(WorkMessages.PutAsideAt) is DateTimeOffset at ? at : letter.EnqueuedTime,
            PutAsideReasons.AreOurs(letter.DeadLetterReason) ? WorkMessages.AttemptsOf(letter) : letter.DeliveryCount
        );

    private static string ReasonOf(ServiceBusReceivedMessage letter) =>
        PutAsideReasons.AreOurs(letter.DeadLetterReason) ? letter.DeadLetterErrorDescription ?? ""
        : string.IsNullOrEmpty(letter.DeadLetterErrorDescription) ? letter.DeadLetterReason ?? "The broker gave no reason."
        : $"{letter.DeadLetterReason}: {letter.DeadLetterErrorDescription}";
}

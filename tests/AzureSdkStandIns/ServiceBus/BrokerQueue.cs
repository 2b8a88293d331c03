using System.Runtime.Serialization;
using System.Text;
using Azure.Messaging.ServiceBus;

namespace AzureSdkStandIns.ServiceBus;

/// <summary>
/// One queue under peek-lock. What the clock has changed since the last call (locks that ran out, messages whose time has come) is
/// made up for before each.
/// </summary>
internal sealed class BrokerQueue(string path, TimeProvider clock, BrokerRules rules, BrokerQueue? deadLetters)
{
    public const string DeadLetterSuffix = "/$DeadLetterQueue";

    private readonly Lock _gate = new();
    private readonly List<BrokerMessage> _messages = [];
    private readonly Dictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);
    private long _lastSequence;

    public string Path => path;

    private bool IsDeadLetterQueue => deadLetters is null;

    /// <summary>Stores the message; one whose id was sent within the window is taken and forgotten, a scheduled one too.</summary>
    public void Send(ServiceBusMessage message)
    {
        Check(message);
        lock (_gate)
        {
            var now = CatchUp();
            if (rules.DuplicateWindow is { } window && message.MessageId.Length > 0)
            {
                foreach (var old in _seen.Where(s => now - s.Value >= window).Select(s => s.Key).ToArray())
                {
                    _seen.Remove(old);
                }

                if (!_seen.TryAdd(message.MessageId, now))
                {
                    return;
                }
            }

            _messages.Add(new BrokerMessage(message, ++_lastSequence, now));
        }
    }

    /// <summary>Locks up to <paramref name="limit"/> messages, lowest sequence number first.</summary>
    public IReadOnlyList<ServiceBusReceivedMessage> Receive(int limit)
    {
        lock (_gate)
        {
            var now = CatchUp();
            var taken = _messages.Where(m => !m.IsScheduled && !m.IsLocked).OrderBy(m => m.Sequence).Take(limit).ToArray();
            return [.. taken.Select(m => m.Lock(now + rules.LockDuration))];
        }
    }

    /// <summary>Looks at what is there, locked and scheduled messages too.</summary>
    public IReadOnlyList<ServiceBusReceivedMessage> Peek(int limit, long from)
    {
        lock (_gate)
        {
            _ = CatchUp();
            return [.. _messages.Where(m => m.Sequence >= from).OrderBy(m => m.Sequence).Take(limit).Select(m => m.Show())];
        }
    }

    public bool IsLocked(Guid token)
    {
        lock (_gate)
        {
            _ = CatchUp();
            return _messages.Exists(m => m.Token == token);
        }
    }

    public void Complete(Guid token) => Settle(token, m => _messages.Remove(m));

    public void Abandon(Guid token, IDictionary<string, object>? properties) =>
        Settle(
            token,
            m =>
            {
                m.Change(properties);
                Release(m);
            }
        );

    public void DeadLetter(Guid token, IDictionary<string, object>? properties, string? reason, string? description) =>
        Settle(
            token,
            m =>
            {
                m.Change(properties);
                Bury(m, reason, description);
            }
        );

    public DateTimeOffset Renew(Guid token)
    {
        var until = clock.GetUtcNow() + rules.LockDuration;
        Settle(token, m => m.LockedUntil = until);
        return until;
    }

    public void LoseLock(Guid token) => Settle(token, Release);

    public static ServiceBusException LockLost(string id) =>
        new(
            $"The lock supplied is invalid. Either the lock expired, or the message has already been removed from the queue: {id}.",
            ServiceBusFailureReason.MessageLockLost
        );

    private void Settle(Guid token, Action<BrokerMessage> act)
    {
        lock (_gate)
        {
            _ = CatchUp();
            act(_messages.Find(m => m.Token == token) ?? throw LockLost(token.ToString()));
        }
    }

    private DateTimeOffset CatchUp()
    {
        var now = clock.GetUtcNow();
        foreach (var message in _messages.Where(m => m.IsLocked && m.LockedUntil <= now).ToArray())
        {
            Release(message);
        }

        foreach (var message in _messages.Where(m => m.IsScheduled && m.ScheduledFor <= now).OrderBy(m => m.ScheduledFor))
        {
            message.Activate(++_lastSequence);
        }

        return now;
    }

    private void Release(BrokerMessage message)
    {
        message.Unlock();
        if (!IsDeadLetterQueue && message.Deliveries >= rules.MaxDeliveryCount)
        {
            Bury(message, "MaxDeliveryCountExceeded", $"Message could not be consumed after {message.Deliveries} delivery attempts.");
        }
    }

    private void Bury(BrokerMessage message, string? reason, string? description)
    {
        if (IsDeadLetterQueue)
        {
            throw new InvalidOperationException($"A message of {path} cannot be dead-lettered again.");
        }

        _messages.Remove(message);
        message.Unlock();
        message.Explain(reason, description);
        deadLetters!.Take(message);
    }

    private void Take(BrokerMessage message)
    {
        lock (_gate)
        {
            message.Activate(++_lastSequence);
            _messages.Add(message);
        }
    }

    private void Check(ServiceBusMessage message)
    {
        var size = message.Body.ToMemory().Length + Encoding.UTF8.GetByteCount(message.MessageId + message.Subject + message.ContentType);
        foreach (var (name, value) in message.ApplicationProperties)
        {
            size += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value as string ?? "12345678");
            if (value is not (ValueType or string or Uri) || (value.GetType().IsEnum))
            {
                throw new SerializationException(
                    $"The application property '{name}' is of the type {value.GetType()}, which is not supported."
                );
            }
        }

        if (size > BrokerRules.MaxMessageBytes)
        {
            throw new ServiceBusException($"The message has {size} bytes.", ServiceBusFailureReason.MessageSizeExceeded, path);
        }
    }
}

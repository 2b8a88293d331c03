using RetentionFuncs.Simulation.Scheduling;

namespace RetentionFuncs.Simulation.Ports;

public enum ProviderEventKind
{
    Processed,
    Delivered,
    Bounced,
    Complained,
    Unsubscribed,
}

/// <summary>One entry of a provider's event webhook. The event id differs between repeats of one event, as it does in practice.</summary>
public sealed record ProviderEvent(ProviderEventKind Kind, Submission Submission, DateTimeOffset At, string EventId);

/// <summary>The provider's event feed: repeated, reordered, late and partly lost.</summary>
internal sealed class ProviderEvents(SimRandom random, ProviderConduct conduct)
{
    private readonly PriorityQueue<ProviderEvent, (DateTimeOffset Arrives, int Number)> _coming = new();
    private int _number;

    /// <summary>Lays down what will be told of a submission.</summary>
    public void Follow(Submission submission, bool disturbed)
    {
        if (disturbed && random.Chance(conduct.SilentShare))
        {
            return;
        }

        var at = submission.At;
        foreach (var kind in Story())
        {
            at += random.Between(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(3));
            Tell(kind, submission, at, disturbed);
        }
    }

    public IReadOnlyList<ProviderEvent> Take(DateTimeOffset now)
    {
        var events = new List<ProviderEvent>();
        while (_coming.TryPeek(out var next, out var when) && when.Arrives <= now)
        {
            events.Add(next);
            _coming.Dequeue();
        }

        return events;
    }

    private IEnumerable<ProviderEventKind> Story()
    {
        yield return ProviderEventKind.Processed;
        if (random.Chance(conduct.Bounced))
        {
            yield return ProviderEventKind.Bounced;
            yield break;
        }

        yield return ProviderEventKind.Delivered;
        if (random.Chance(conduct.Complained))
        {
            yield return ProviderEventKind.Complained;
        }

        if (random.Chance(conduct.Unsubscribed))
        {
            yield return ProviderEventKind.Unsubscribed;
        }
    }

    private void Tell(ProviderEventKind kind, Submission submission, DateTimeOffset at, bool disturbed)
    {
        do
        {
            if (disturbed && random.Chance(conduct.LostEvent))
            {
                continue;
            }

            var late = disturbed && random.Chance(conduct.LateEvent) ? random.Between(TimeSpan.Zero, TimeSpan.FromDays(1)) : TimeSpan.Zero;
            _coming.Enqueue(new ProviderEvent(kind, submission, at, $"ev-{++_number}"), (at + late, _number));
        } while (disturbed && random.Chance(conduct.RepeatedEvent));
    }
}

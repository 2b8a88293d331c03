using RetentionFuncs.Messages;
using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Simulation.Scheduling;

namespace RetentionFuncs.Simulation.Live;

/// <summary>The simulated provider, one call at a time.</summary>
internal sealed class LiveProvider
{
    private readonly Lock _gate = new();
    private readonly SimProvider _provider;

    public LiveProvider(TimeProvider clock, LiveHistory history, ulong seed, ProviderConduct conduct) =>
        _provider = new SimProvider(PortCalls.Quiet, clock, new SimRandom(seed), conduct)
        {
            Taken = submission => history.Add(at => new HistoryEvent.Accepted(at, submission)),
        };

    public int Accepted => _provider.Accepted.Count;

    public bool Disturbed
    {
        set => _provider.Disturbed = value;
    }

    public SendResult Receive(OutboundMessage message)
    {
        lock (_gate)
        {
            // A quiet provider answers before it returns.
            return _provider.SendAsync(message).Result;
        }
    }

    public IReadOnlyList<ProviderEvent> TakeEvents()
    {
        lock (_gate)
        {
            return _provider.TakeEvents();
        }
    }
}

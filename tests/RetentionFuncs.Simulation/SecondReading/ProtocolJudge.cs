using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Settings;
using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.SecondReading;

/// <summary>
/// A second reader of histories, written from the text of the protocol and not from the first: each touchpoint and each address is a
/// machine of its own, and every event is put to the ones it is about at the moment it happens. It shares with the first checker the
/// events, the names of the rules and nothing else.
/// </summary>
/// <param name="clocksHold">False where clocks run wild: rules about moments are not judged then.</param>
public sealed partial class ProtocolJudge(BusinessSettings settings, InstanceSecret secret, bool clocksHold)
{
    private readonly Dictionary<string, TouchCase> _touches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TouchCase> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _pausedAt = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _movedAt = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AddressCase> _addresses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PropertyBag?> _facts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _intents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _coupons = new(StringComparer.Ordinal);
    private readonly HashSet<string> _attempts = new(StringComparer.Ordinal);
    private readonly Stops _stops = new();
    private readonly List<Violation> _found = [];

    public IReadOnlyList<Violation> Violations => _found;

    public int Touches => _touches.Count;

    /// <summary>Takes in what happened next.</summary>
    public void Read(HistoryEvent happened)
    {
        switch (happened)
        {
            case HistoryEvent.Committed committed:
                ReadCommit(committed);
                break;
            case HistoryEvent.Called called:
                ReadCall(called);
                break;
            case HistoryEvent.Accepted accepted:
                ReadAcceptance(accepted);
                break;
            case HistoryEvent.Heard heard:
                ReadEvidence(heard);
                break;
            case HistoryEvent.Promised promised:
                ReadPromise(promised);
                break;
            case HistoryEvent.Threw threw:
                Find(Rule.NoSurprise, threw.Process, threw.At, $"{threw.Exception.GetType().Name}: {threw.Exception.Message}");
                break;
        }
    }

    /// <summary>What must hold when the world has come to rest.</summary>
    /// <param name="onFile">The touchpoint rows as they stand, by reference.</param>
    /// <param name="open">References in the index of open work.</param>
    public void Finish(DateTimeOffset at, IReadOnlyDictionary<string, PropertyBag> onFile, IReadOnlySet<string> open)
    {
        foreach (var reference in onFile.Keys.Except(_touches.Keys))
        {
            Find(Rule.NothingLost, reference, at, "it is on file and nobody ever wrote it");
        }

        foreach (var touch in _touches.Values)
        {
            Close(touch, at, onFile.GetValueOrDefault(touch.Reference), open);
        }

        CountMessages(at);
    }

    private void Close(TouchCase touch, DateTimeOffset at, PropertyBag? row, IReadOnlySet<string> open)
    {
        if (row is null || row.Text("state") != touch.State)
        {
            Find(
                Rule.NothingLost,
                touch.Reference,
                at,
                $"it was left as {touch.State} and is on file as {row?.Text("state") ?? "nothing"}"
            );
        }

        if (!Arcs.IsEnd(touch.State))
        {
            Find(Rule.NothingLost, touch.Reference, at, $"everything is at rest and it is {touch.State}");
        }

        if (touch.IsAccepted && touch.State is not ("Sent" or "Unknown"))
        {
            Find(Rule.RecordedTruly, touch.Reference, at, $"it was accepted and ends as {touch.State}");
        }

        if (touch.State == "Unknown" && !open.Contains(touch.Reference))
        {
            Find(Rule.UnknownIsListed, touch.Reference, at, "it is Unknown and in no list");
        }

        if (
            Arcs.NeverSent(touch.State)
            && touch is { Address: { } address, Attempt: { } attempt, IsService: false }
            && (
                AddressOf(address).Holds(touch.Id, attempt) || SlotsOf(touch.Customer).Any(s => s.Touch == touch.Id && s.Attempt == attempt)
            )
        )
        {
            Find(Rule.SlotFreed, touch.Reference, at, $"it is {touch.State} and its slot is still taken");
        }
    }

    private Slot[] SlotsOf(string customer) => Slot.AllIn(_facts.GetValueOrDefault($"{customer}/gate")?.TextOrNull("slots"));

    private TouchCase TouchOf(string reference)
    {
        if (!_touches.TryGetValue(reference, out var touch))
        {
            _touches[reference] = touch = new TouchCase(reference);
            _byId[touch.Id] = touch;
        }

        return touch;
    }

    /// <summary>Where a person's word about a message belongs; null while two addresses come into question.</summary>
    private AddressCase? StandingOf(TouchCase touch, DateTimeOffset since)
    {
        var contact = $"{touch.Customer}/contact|{touch.Contact}";
        return
            _movedAt.GetValueOrDefault(contact) < since
            && KeyOf(_facts.GetValueOrDefault(contact)?.TextOrNull("email")) is { } key
            && (touch.Address ?? key) == key
            ? AddressOf(key)
            : null;
    }

    private string? KeyOf(string? email) =>
        EmailAddress.TryParse(email, out var address, out _) ? secret.AddressKeyOf(address).Value : null;

    private string? ConsentOf(TouchCase touch) =>
        touch.Contact is { } contact ? _facts.GetValueOrDefault($"{touch.Customer}/contact|{contact}")?.TextOrNull("consent") : null;

    private AddressCase AddressOf(string key) => _addresses.TryGetValue(key, out var known) ? known : _addresses[key] = new AddressCase();

    private void Find(Rule rule, string subject, DateTimeOffset at, string what) => _found.Add(new Violation(rule, subject, at, what));
}

using RetentionFuncs.Settings;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Histories;

/// <summary>
/// Reads a history and says which promises of the protocol it breaks. Written from the protocol's text; it shares no code with the
/// verbs it judges.
/// </summary>
/// <param name="clocksHold">False for worlds whose clocks run wild: rules about moments are then not judged.</param>
public sealed partial class HistoryChecker(BusinessSettings settings, bool clocksHold)
{
    private readonly Dictionary<string, TouchStory> _touches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TouchStory> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PropertyBag> _addresses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, DateTimeOffset>> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Customer, string Key), PropertyBag> _people = [];
    private readonly Dictionary<string, (DateTimeOffset At, bool Stopped)> _stops = new(StringComparer.Ordinal);
    private readonly HashSet<string> _intents = new(StringComparer.Ordinal);
    private readonly List<Violation> _violations = [];

    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>Touches on file, by end state.</summary>
    public IReadOnlyDictionary<string, int> EndStates => _touches.Values.CountBy(t => t.State).ToDictionary(StringComparer.Ordinal);

    public int Touches => _touches.Count;

    /// <summary>Accepted submissions whose record was repaired or is right: state Sent.</summary>
    public int AcceptedAndSent => _touches.Values.Count(t => t is { Accepted: > 0, State: "Sent" });

    public int AcceptedTouches => _touches.Values.Count(t => t.Accepted > 0);

    /// <summary>Takes in what happened next.</summary>
    public void Read(HistoryEvent seen)
    {
        switch (seen)
        {
            case HistoryEvent.Committed committed:
                See(committed);
                break;
            case HistoryEvent.Called called:
                See(called);
                break;
            case HistoryEvent.Accepted accepted:
                See(accepted);
                break;
            case HistoryEvent.Heard heard when _touches.TryGetValue(heard.Reference, out var touch):
                touch.Heard = true;
                break;
            case HistoryEvent.Threw threw:
                Break(Rule.NoSurprise, threw.Process, threw.At, threw.Exception.ToString());
                break;
        }
    }

    private void See(HistoryEvent.Committed committed)
    {
        foreach (var write in committed.Writes)
        {
            switch (committed.Partition.Table)
            {
                case StoreTable.Customers when write.Key.StartsWith(StoredState.Touch, StringComparison.Ordinal):
                    TouchWritten(committed, write);
                    break;
                case StoreTable.Customers when write.Properties is { } bag && IsAboutThePerson(write.Key):
                    _people[(committed.Partition.Key, write.Key)] = bag;
                    break;
                case StoreTable.Addresses when write.Properties is { } bag:
                    AddressWritten(committed, bag);
                    break;
                case StoreTable.Campaigns when committed.Partition.Key == "heads" && write.Properties is { } bag:
                    StopWritten(committed.At, write.Key, bag);
                    break;
            }
        }
    }

    private static bool IsAboutThePerson(string key) => key == "profile" || key.StartsWith("contact|", StringComparison.Ordinal);

    private void Break(Rule rule, string subject, DateTimeOffset at, string what) =>
        _violations.Add(new Violation(rule, subject, at, what));
}

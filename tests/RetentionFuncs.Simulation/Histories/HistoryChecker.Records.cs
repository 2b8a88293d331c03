using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Histories;

/// <summary>The record of a touch: how it may move, and what must be true when it does.</summary>
public sealed partial class HistoryChecker
{
    /// <summary>The arcs of the protocol; a state may also be written again.</summary>
    private static readonly Dictionary<string, string[]> Arcs = new(StringComparer.Ordinal)
    {
        ["Planned"] = ["Sending", "Skipped", "Expired", "Parked"],
        ["Sending"] = ["Sent", "Refused", "Unknown", "Skipped", "Expired", "Planned"],
        ["Unknown"] = ["Sent", "Refused"],
        ["Sent"] = [],
        ["Refused"] = [],
        ["Skipped"] = [],
        ["Expired"] = [],
        ["Parked"] = [],
    };

    private void TouchWritten(HistoryEvent.Committed committed, RowWrite write)
    {
        var id = write.Key[StoredState.Touch.Length..];
        var reference = committed.Partition.Key + "." + id;
        if (write.Properties is not { } row)
        {
            Break(Rule.LegalTransition, reference, committed.At, "the record was deleted");
            return;
        }

        if (!_touches.TryGetValue(reference, out var touch))
        {
            Planned(reference, id, row, committed.At);
            return;
        }

        var (from, to) = (touch.State, row.Text("state"));
        if (from != to && !Arcs[from].Contains(to))
        {
            Break(Rule.LegalTransition, reference, committed.At, $"{from} became {to}");
        }

        touch.Row = row;
        if (from == "Planned" && to == "Sending")
        {
            Claimed(committed, touch);
        }

        CheckTruth(touch, from, committed.At);
    }

    private void Planned(string reference, string id, PropertyBag row, DateTimeOffset at)
    {
        var touch = new TouchStory(reference, row);
        _touches[reference] = touch;
        _byId[id] = touch;
        if (touch.State != "Planned")
        {
            Break(Rule.LegalTransition, reference, at, $"the first record says {touch.State}");
        }

        var intent = string.Join('\n', reference[..26], row.Text("contact"), row.Text("campaign"), row.Text("step"), row.Text("occasion"));
        if (!_intents.Add(intent))
        {
            Break(Rule.PlannedOnce, reference, at, intent.Replace('\n', ' '));
        }
    }

    private void Claimed(HistoryEvent.Committed committed, TouchStory touch)
    {
        touch.SlotAt = null;
        if (touch.Attempt is not { } attempt || !touch.Attempts.Add(attempt))
        {
            Break(Rule.ClaimedBeforeCalled, touch.Reference, committed.At, $"the attempt id '{touch.Attempt}' is not a fresh one");
        }

        var address = _addresses.GetValueOrDefault(touch.Address ?? "");
        touch.SaidNo = StoredState.Blocks(address, touch.Purpose, touch.Row.Instant("claimedAt"));
        if (touch.Purpose != "Service" && PersonSaysNo(committed.Partition.Key, touch) is { } no)
        {
            Break(Rule.NoIsNo, touch.Reference, committed.At, $"claimed although {no} was on file");
        }
    }

    private string? PersonSaysNo(string customer, TouchStory touch)
    {
        var contact = _people.GetValueOrDefault((customer, "contact|" + touch.Row.Text("contact")));
        return contact?.TextOrNull("consent") == "Denied" ? "a refusal of consent"
            : _people.GetValueOrDefault((customer, "profile"))?.Flag("doNotProfile") == true ? "a refusal of profiling"
            : null;
    }

    private void CheckTruth(TouchStory touch, string from, DateTimeOffset at)
    {
        var accepted = touch.Accepted > 0;
        if (touch.State == "Sent" && !accepted)
        {
            Break(Rule.RecordedTruly, touch.Reference, at, $"{from} became Sent, but nothing was accepted");
        }

        if (accepted && touch.State is "Planned" or "Skipped" or "Refused" or "Expired" or "Parked" && accepted)
        {
            Break(Rule.RecordedTruly, touch.Reference, at, $"{from} became {touch.State}, but a submission was accepted");
        }
    }
}

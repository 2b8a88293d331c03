using RetentionFuncs.Clocks;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Histories;

/// <summary>The address, the call and the acceptance.</summary>
public sealed partial class HistoryChecker
{
    /// <summary>How old a reading of the stop switches may be.</summary>
    private static readonly TimeSpan StopReading = TimeSpan.FromSeconds(5);

    /// <summary>How far a call may trail the moment at which the gates were asked about the night.</summary>
    private static readonly TimeSpan Hesitation = TimeSpan.FromMinutes(1);

    private readonly BusinessCalendar _calendar = new(settings.Zone);

    private void AddressWritten(HistoryEvent.Committed committed, PropertyBag row)
    {
        var address = committed.Partition.Key;
        var before = _slots.GetValueOrDefault(address);
        _addresses[address] = row;
        var now = _slots[address] = StoredState.Slots(row);
        foreach (var (id, at) in now)
        {
            if ((before is not null && before.TryGetValue(id, out var known) && known == at) || !_byId.TryGetValue(id, out var touch))
            {
                continue;
            }

            touch.SlotAt = at;
            touch.SaidNo |= StoredState.Blocks(row, touch.Purpose, at);
        }
    }

    private void StopWritten(DateTimeOffset at, string key, PropertyBag row)
    {
        var stopped = row.Has("on") ? row.Flag("on") : row.Text("status") is not "Live";
        if (!_stops.TryGetValue(key, out var known) || known.Stopped != stopped)
        {
            _stops[key] = (at, stopped);
        }
    }

    private void See(HistoryEvent.Called called)
    {
        var reference = called.Message.Reference;
        if (!_touches.TryGetValue(reference, out var touch) || touch.Attempt != called.Message.AttemptId || touch.State is "Planned")
        {
            Break(Rule.ClaimedBeforeCalled, reference, called.At, "called without a claim on file");
            return;
        }

        if (touch.SlotAt is null && touch.Purpose != "Service")
        {
            Break(Rule.ClaimedBeforeCalled, reference, called.At, "called without a slot on the address");
        }

        if (touch.SaidNo)
        {
            Break(Rule.NoIsNo, reference, called.At, "the address had said no before the claim was complete");
        }

        CheckStops(called, touch);
        if (clocksHold)
        {
            CheckMoment(called, touch);
        }
    }

    private void CheckStops(HistoryEvent.Called called, TouchStory touch)
    {
        foreach (var key in (string[])["~kill-switch", touch.Row.Text("campaign")])
        {
            if (called.ClockIsSteady && _stops.TryGetValue(key, out var stop) && stop.Stopped && stop.At + StopReading < called.TakenUpAt)
            {
                Break(Rule.StoppedMeansStopped, touch.Reference, called.At, $"{key} was stopped at {stop.At:HH:mm:ss}");
            }
        }
    }

    private void CheckMoment(HistoryEvent.Called called, TouchStory touch)
    {
        if (called.Clock < touch.Row.Instant("dueAt"))
        {
            Break(Rule.WithinValidity, touch.Reference, called.At, "called before it was due");
        }

        if (called.Clock >= touch.Row.Instant("expiresAt"))
        {
            Break(Rule.WithinValidity, touch.Reference, called.At, $"called after it expired at {touch.Row.Instant("expiresAt"):O}");
        }

        var local = _calendar.LocalOf(called.Clock - Hesitation, null).Time;
        if (touch.Purpose != "Service" && settings.QuietHours.Contains(local) && settings.QuietHours.Contains(local.Add(Hesitation)))
        {
            Break(Rule.WithinValidity, touch.Reference, called.At, $"called at {local:HH:mm}, in the night");
        }
    }

    private void See(HistoryEvent.Accepted accepted)
    {
        var message = accepted.Submission.Message;
        if (!_touches.TryGetValue(message.Reference, out var touch))
        {
            Break(Rule.RecordedBeforeAccepted, message.Reference, accepted.At, "accepted, and there is no record at all");
            return;
        }

        touch.Accepted++;
        touch.AcceptedAttempt = message.AttemptId;
        if (touch.Accepted > 1)
        {
            Break(Rule.AcceptedOnce, touch.Reference, accepted.At, $"accepted {touch.Accepted} times");
        }

        if (touch.Attempt != message.AttemptId || touch.State is not ("Sending" or "Unknown"))
        {
            Break(Rule.RecordedBeforeAccepted, touch.Reference, accepted.At, $"accepted while the record says {touch.State}");
        }
    }
}

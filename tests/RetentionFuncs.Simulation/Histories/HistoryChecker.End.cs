using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Histories;

/// <summary>What must be true when the world has come to rest.</summary>
public sealed partial class HistoryChecker
{
    /// <summary>Judges the end.</summary>
    /// <param name="onFile">Every touch row of the store with its reference.</param>
    /// <param name="open">References in the index of open work.</param>
    public void Finish(DateTimeOffset at, IReadOnlyDictionary<string, PropertyBag> onFile, IReadOnlySet<string> open)
    {
        CheckConservation(at, onFile);
        foreach (var touch in _touches.Values)
        {
            CheckEnd(at, touch, open);
        }

        if (clocksHold)
        {
            CheckCaps(at, _touches.Values.Where(t => t.Address is not null).GroupBy(t => t.Address!), "address");
            CheckCaps(at, _touches.Values.GroupBy(t => t.Reference[..26]), "customer");
        }
    }

    private void CheckConservation(DateTimeOffset at, IReadOnlyDictionary<string, PropertyBag> onFile)
    {
        foreach (var touch in _touches.Values)
        {
            if (onFile.GetValueOrDefault(touch.Reference)?.Text("state") != touch.State)
            {
                Break(Rule.NothingLost, touch.Reference, at, "the store and its history disagree");
            }
        }

        if (onFile.Count != _touches.Count)
        {
            Break(Rule.NothingLost, "all", at, $"{_touches.Count} were planned, {onFile.Count} are on file");
        }
    }

    private void CheckEnd(DateTimeOffset at, TouchStory touch, IReadOnlySet<string> open)
    {
        if (touch.State is "Planned" or "Sending")
        {
            Break(Rule.NothingLost, touch.Reference, at, $"still {touch.State} at the end");
        }

        if (touch.Heard && touch.State != "Sent")
        {
            Break(Rule.EvidenceCounts, touch.Reference, at, $"evidence came in and the record says {touch.State}");
        }

        if (touch.State == "Unknown" && !open.Contains(touch.Reference))
        {
            Break(Rule.UnknownIsListed, touch.Reference, at, "the outcome is unknown and nothing lists it");
        }

        var held = _slots.GetValueOrDefault(touch.Address ?? "")?.ContainsKey(touch.Reference[27..]) == true;
        if (held && touch.State is "Skipped" or "Expired" or "Refused" && held)
        {
            Break(Rule.SlotFreed, touch.Reference, at, $"{touch.State}, and its slot is still taken");
        }
    }

    /// <summary>The moments of slots are told by clocks that are up to a minute early or late each.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(2);

    /// <summary>A slot taken at t counts in (t − window, t] of every later one.</summary>
    private void CheckCaps(DateTimeOffset at, IEnumerable<IGrouping<string, TouchStory>> groups, string whose)
    {
        var window = TimeSpan.FromDays(settings.Cap.Days) - ClocksDiffer;
        foreach (var group in groups)
        {
            var taken = group.Where(t => t is { Accepted: > 0, SlotAt: not null }).Select(t => t.SlotAt!.Value).Order().ToArray();
            for (var last = settings.Cap.Messages; last < taken.Length; last++)
            {
                if (taken[last] - taken[last - settings.Cap.Messages] < window)
                {
                    Break(Rule.CapKept, group.Key, at, $"one more than the {whose} cap allows was accepted by {taken[last]:O}");
                }
            }
        }
    }
}

using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.SecondReading;

public sealed partial class ProtocolJudge
{
    private void ReadCommit(HistoryEvent.Committed commit)
    {
        switch (commit.Partition.Table)
        {
            case StoreTable.Customers:
                ReadCustomer(commit);
                break;
            case StoreTable.Addresses:
                foreach (var write in commit.Writes.Where(w => w.Key == "state"))
                {
                    ReadAddress(commit, write.Properties);
                }

                break;
            case StoreTable.Campaigns when commit.Partition.Key == "heads":
                foreach (var write in commit.Writes)
                {
                    _stops.Read(commit.At, write);
                }

                break;
        }
    }

    /// <summary>The claims of a commit are judged by what stood before it, all else by what stands after.</summary>
    private void ReadCustomer(HistoryEvent.Committed commit)
    {
        var customer = commit.Partition.Key;
        foreach (var write in commit.Writes.Where(w => w.Key.StartsWith("touch|", StringComparison.Ordinal)))
        {
            ReadTouch(commit, TouchOf($"{customer}.{write.Key["touch|".Length..]}"), write.Properties);
        }

        foreach (
            var write in commit.Writes.Where(w =>
                w.Key == "gate" || w.Key == "profile" || w.Key.StartsWith("contact|", StringComparison.Ordinal)
            )
        )
        {
            var name = $"{customer}/{write.Key}";
            if (_facts.GetValueOrDefault(name)?.TextOrNull("email") != write.Properties?.TextOrNull("email"))
            {
                _movedAt[name] = commit.At;
            }

            _facts[name] = write.Properties;
        }
    }

    private void ReadTouch(HistoryEvent.Committed commit, TouchCase touch, PropertyBag? row)
    {
        var (isNew, from) = (!touch.IsOnFile, touch.State);
        foreach (var offence in touch.Become(row))
        {
            var rule = offence.StartsWith("it says", StringComparison.Ordinal) ? Rule.RecordedTruly : Rule.LegalTransition;
            Find(rule, touch.Reference, commit.At, offence);
        }

        if (isNew && !_intents.TryAdd(touch.Intent, touch.Reference))
        {
            Find(Rule.PlannedOnce, touch.Reference, commit.At, $"{_intents[touch.Intent]} is the record of the same intent");
        }

        if (isNew && row?.TextOrNull("coupon") is { } code && !_coupons.TryAdd(code, touch.Reference))
        {
            Find(Rule.PlannedOnce, touch.Reference, commit.At, $"its coupon is that of {_coupons[code]}");
        }

        if (from == "Planned" && touch.State == "Sending")
        {
            ReadClaim(commit, touch);
        }
    }

    private void ReadClaim(HistoryEvent.Committed commit, TouchCase touch)
    {
        if (touch.Attempt is { } attempt && !_attempts.Add(attempt))
        {
            Find(Rule.LegalTransition, touch.Reference, commit.At, $"attempt {attempt} was used before");
        }

        var gate = commit.Writes.FirstOrDefault(w => w.Key == "gate")?.Properties;
        if (!touch.IsService && !Slot.AllIn(gate?.TextOrNull("slots")).Any(s => s.Touch == touch.Id && s.Attempt == touch.Attempt))
        {
            Find(Rule.ClaimedBeforeCalled, touch.Reference, commit.At, "it was claimed and took no slot of its customer");
        }

        touch.Claim = (commit.At, touch.IsService ? null : RefusalOf(touch));
    }

    /// <summary>What the customer's partition says against a message that is claimed now.</summary>
    private string? RefusalOf(TouchCase touch)
    {
        return ConsentOf(touch) != "Granted" ? "there was no consent on file"
            : _facts.GetValueOrDefault($"{touch.Customer}/profile")?.Flag("doNotProfile") == true ? "profiling was refused"
            : _facts.GetValueOrDefault($"{touch.Customer}/gate")?.Has("complaintSince") == true ? "a complaint was open"
            : null;
    }

    private void ReadAddress(HistoryEvent.Committed commit, PropertyBag? row)
    {
        var address = AddressOf(commit.Partition.Key);
        var paused = address.PausedUntil;
        var (came, went, wrong) = address.Read(commit.At, row);
        if (address.PausedUntil != paused)
        {
            _pausedAt[commit.Partition.Key] = commit.At;
        }

        if (wrong is not null)
        {
            Find(Rule.NoIsNo, commit.Partition.Key, commit.At, wrong);
        }

        foreach (var slot in came.Where(s => s.Attempt != "control"))
        {
            if (Holder(slot) is { } touch && address.Blocks(touch.Purpose))
            {
                Find(Rule.NoIsNo, touch.Reference, commit.At, "it took a slot on an address that refuses its kind");
            }
        }

        foreach (var slot in went)
        {
            if (Holder(slot) is { } touch && IsOwed(slot, touch, came))
            {
                Find(Rule.CapKept, touch.Reference, commit.At, $"its slot went although it is {touch.State}");
            }
        }
    }

    /// <summary>A slot goes when nothing was sent under it, when its touch takes a new one, or when its window is over.</summary>
    private bool IsOwed(Slot slot, TouchCase touch, Slot[] came) =>
        clocksHold
        && touch.Attempt == slot.Attempt
        && touch.State is "Sending" or "Sent" or "Unknown"
        && !Array.Exists(came, c => c.Touch == slot.Touch || c.At + Slack - slot.At >= TimeSpan.FromDays(settings.Cap.Days));

    private TouchCase? Holder(Slot slot) => _byId.GetValueOrDefault(slot.Touch);
}

using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Simulation.Ports;

namespace RetentionFuncs.Simulation.SecondReading;

public sealed partial class ProtocolJudge
{
    /// <summary>Clocks that hold differ by up to a minute each way.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Hesitation = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, List<DateTimeOffset>> _sentTo = new(StringComparer.Ordinal);

    private void ReadCall(HistoryEvent.Called call)
    {
        var (touch, attempt) = (TouchOf(call.Message.Reference), call.Message.AttemptId);
        if (!touch.IsOnFile)
        {
            Find(Rule.ClaimedBeforeCalled, touch.Reference, call.At, "it was called and is not on file");
            return;
        }

        var again = touch.CallUnder(attempt) > 1;
        foreach (var (rule, what) in Against(call, touch, attempt, again))
        {
            Find(rule, touch.Reference, call.At, what);
        }
    }

    private IEnumerable<(Rule, string)> Against(HistoryEvent.Called call, TouchCase touch, string attempt, bool again)
    {
        if (again)
        {
            yield return (Rule.AcceptedOnce, $"attempt {attempt} was called twice");
        }

        if (
            touch.Attempt != attempt
            || !(touch.State == "Sending" || (touch.State is "Unknown" or "Sent" && !(clocksHold && call.ClockIsSteady)))
        )
        {
            yield return (Rule.ClaimedBeforeCalled, $"it was called under {attempt} while it was {touch.State} under {touch.Attempt}");
        }

        if (SlotMissing(touch, attempt))
        {
            yield return (Rule.ClaimedBeforeCalled, "it was called without a slot on its address");
        }

        if (KeyOf(call.Message.To.Address) != touch.Address)
        {
            yield return (Rule.ClaimedBeforeCalled, "it went to another address than the one that was asked");
        }

        if (touch.Claim.Refused is { } refused)
        {
            yield return (Rule.NoIsNo, refused);
        }

        if (touch is { IsService: true, Address: { } to } && AddressOf(to).DeadSince < touch.Claim.At)
        {
            yield return (Rule.NoIsNo, "the mailbox was known to be gone");
        }

        if (_stops.Forbids(touch.Campaign, call.TakenUpAt) is { } stop && (clocksHold || call.ClockIsSteady))
        {
            yield return (Rule.StoppedMeansStopped, stop);
        }

        if (clocksHold && call.ClockIsSteady && Untimely(call, touch) is { } untimely)
        {
            yield return (Rule.WithinValidity, untimely);
        }
    }

    private bool SlotMissing(TouchCase touch, string attempt) =>
        !touch.IsService
        && (
            touch.Address is not { } address
            || !(clocksHold ? AddressOf(address).Holds(touch.Id, attempt) : AddressOf(address).HasHeld(touch.Id, attempt))
        );

    private string? Untimely(HistoryEvent.Called call, TouchCase touch) =>
        call.Clock < touch.DueAt ? $"it was due at {touch.DueAt:u} only"
        : call.Clock >= touch.ExpiresAt ? $"it had expired at {touch.ExpiresAt:u}"
        : call.Clock - touch.ClaimedAt > Hesitation ? "its gates were asked more than a minute before"
        : !touch.IsService && touch.ClaimedAt is { } asked && Night.Covers(asked, settings.QuietHours.From, settings.QuietHours.To)
            ? "it was night"
        : !touch.IsService && AddressOf(touch.Address ?? "").PausedUntil > call.Clock + Slack && PausedBefore(touch)
            ? "the person had asked for a break"
        : null;

    private bool PausedBefore(TouchCase touch) => _pausedAt.TryGetValue(touch.Address ?? "", out var at) && at < touch.Claim.At;

    private void ReadAcceptance(HistoryEvent.Accepted accepted)
    {
        var message = accepted.Submission.Message;
        var touch = TouchOf(message.Reference);
        if (touch.AcceptUnder(message.AttemptId) > 1)
        {
            Find(Rule.AcceptedOnce, touch.Reference, accepted.At, "one more submission was accepted");
        }

        if (!touch.IsOnFile || touch.Attempt != message.AttemptId || touch.State is not ("Sending" or "Unknown" or "Sent"))
        {
            Find(
                Rule.RecordedBeforeAccepted,
                touch.Reference,
                accepted.At,
                $"{message.AttemptId} was accepted while the record says {touch.State} under {touch.Attempt}"
            );
            return;
        }

        if (!touch.IsService && touch.ClaimedAt is { } at)
        {
            Note("customer " + touch.Customer, at);
            Note("address " + touch.Address, at);
        }
    }

    private void Note(string whom, DateTimeOffset at)
    {
        if (!_sentTo.TryGetValue(whom, out var moments))
        {
            _sentTo[whom] = moments = [];
        }

        moments.Add(at);
    }

    /// <summary>No window of the cap's length holds more messages than the cap; shorter by what clocks may differ.</summary>
    private void CountMessages(DateTimeOffset at)
    {
        var window = TimeSpan.FromDays(settings.Cap.Days) - Slack;
        foreach (var (whom, moments) in _sentTo.Where(_ => clocksHold))
        {
            moments.Sort();
            for (var i = settings.Cap.Messages; i < moments.Count; i++)
            {
                if (moments[i] - moments[i - settings.Cap.Messages] < window)
                {
                    Find(
                        Rule.CapKept,
                        whom,
                        at,
                        $"{settings.Cap.Messages + 1} messages from {moments[i - settings.Cap.Messages]:u} to {moments[i]:u}"
                    );
                    break;
                }
            }
        }
    }

    private void ReadEvidence(HistoryEvent.Heard heard)
    {
        var touch = TouchOf(heard.Reference);
        touch.IsHeardOf = true;
        if (touch.State != "Sent")
        {
            Find(Rule.EvidenceCounts, touch.Reference, heard.At, $"the provider's word on it was put on file and it is {touch.State}");
        }

        var owed = heard.Kind switch
        {
            ProviderEventKind.Bounced => "HardBounce",
            ProviderEventKind.Complained => "Complaint",
            ProviderEventKind.Unsubscribed => "Unsubscribed",
            _ => "",
        };
        if (touch.Address is { } address && AddressOf(address).Refusal < AddressCase.RankOf(owed))
        {
            Find(Rule.NoIsNo, touch.Reference, heard.At, $"{heard.Kind} was put on file and its address does not say so");
        }
    }

    private void ReadPromise(HistoryEvent.Promised promised)
    {
        var touch = TouchOf(promised.Reference);
        var standing = StandingOf(touch, promised.AskedAt);
        var kept = promised.What switch
        {
            Promise.NoMail => standing is null || standing.Refusal >= AddressCase.RankOf("Unsubscribed"),
            Promise.NoOffers => standing is null || standing.Refusal > 0,
            Promise.Break => standing is null || standing.PausedUntil is not null,
            _ => ConsentOf(touch) == "Denied",
        };
        if (!kept)
        {
            Find(Rule.NoIsNo, touch.Reference, promised.At, $"{promised.What} was promised and is not on file");
        }
    }
}

using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.SecondReading;

/// <summary>One touchpoint as a machine that each event about it moves or offends.</summary>
internal sealed class TouchCase(string reference)
{
    /// <summary>Fixed when it is planned, for ever.</summary>
    private static readonly string[] Fixed =
    [
        "campaign",
        "step",
        "occasion",
        "version",
        "contact",
        "purpose",
        "plannedAt",
        "expiresAt",
        "coupon",
        "couponPercent",
        "couponEndsOn",
    ];
    private readonly Dictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly List<string> _accepted = [];
    private PropertyBag? _row;

    public string Reference => reference;

    public string Customer => reference[..reference.IndexOf('.', StringComparison.Ordinal)];

    public string Id => reference[(reference.IndexOf('.', StringComparison.Ordinal) + 1)..];

    public bool IsOnFile => _row is not null;

    public string State => _row?.Text("state") ?? "";

    public string? Attempt => _row?.TextOrNull("attemptId");

    public string? Address => _row?.TextOrNull("address");

    public string Purpose => _row!.Text("purpose");

    public string? Contact => _row?.Text("contact");

    public string Campaign => _row!.Text("campaign");

    public bool IsService => Purpose == "Service";

    public bool IsAccepted => _accepted.Count > 0;

    public bool IsHeardOf { get; set; }

    /// <summary>When the newest claim was committed, true time, and what was wrong with committing it then.</summary>
    public (DateTimeOffset At, string? Refused) Claim { get; set; }

    public DateTimeOffset? ClaimedAt => _row?.InstantOrNull("claimedAt");

    public DateTimeOffset DueAt => _row!.Instant("dueAt");

    public DateTimeOffset ExpiresAt => _row!.Instant("expiresAt");

    public string Intent => $"{Customer}|{string.Join('|', Fixed.Take(3).Append("contact").Select(_row!.TextOrNull))}";

    public bool WasCalled(string attempt) => _calls.ContainsKey(attempt);

    public bool WasAccepted(string attempt) => _accepted.Contains(attempt);

    /// <summary>Takes in the next version of the row; null: it was deleted.</summary>
    public IEnumerable<string> Become(PropertyBag? next)
    {
        var (before, from) = (_row, State);
        _row = next ?? _row;
        return next is null ? ["the record was deleted"]
            : before is null ? Born(next)
            : Moved(before, from, next);
    }

    public int CallUnder(string attempt) => _calls[attempt] = _calls.GetValueOrDefault(attempt) + 1;

    public int AcceptUnder(string attempt)
    {
        _accepted.Add(attempt);
        return _accepted.Count;
    }

    private IEnumerable<string> Born(PropertyBag row)
    {
        if (State != "Planned" || row.TextOrNull("attemptId") is not null)
        {
            yield return $"it came into being as {State}";
        }
    }

    private IEnumerable<string> Moved(PropertyBag before, string from, PropertyBag row)
    {
        var (was, now) = (before.TextOrNull("attemptId"), Attempt);
        if (!Arcs.Allow(from, State))
        {
            yield return $"it went from {from} to {State}";
        }

        if (was != now && !(from == "Planned" && State == "Sending"))
        {
            yield return $"its attempt changed as it went from {from} to {State}";
        }

        if (
            from == "Planned"
            && State == "Sending"
            && (now is null || now == was || row.Integer("attempts") != before.Integer("attempts") + 1)
        )
        {
            yield return "it was claimed under no attempt of its own";
        }

        foreach (var name in Fixed.Where(name => before.TextOrNull(name) != row.TextOrNull(name)))
        {
            yield return $"its {name} changed from {before.TextOrNull(name)} to {row.TextOrNull(name)}";
        }

        foreach (var lie in Lies(from, now, row))
        {
            yield return lie;
        }
    }

    /// <summary>What a state says of the outside that is not so.</summary>
    private IEnumerable<string> Lies(string from, string? attempt, PropertyBag row)
    {
        if (from == State)
        {
            yield break;
        }

        var accepted = attempt is not null && WasAccepted(attempt);
        if (State == "Sent" && !accepted)
        {
            yield return "it says Sent, and nothing was accepted under its attempt";
        }

        if (State is "Refused" or "Skipped" or "Planned" && accepted)
        {
            yield return $"it says {State}, and it was accepted";
        }

        if (State == "Skipped" && from == "Sending" && WasCalled(attempt!))
        {
            yield return "it says Skipped, and it was called";
        }

        if (State == "Expired" && row.InstantOrNull("settledAt") < ExpiresAt)
        {
            yield return "it expired before its time";
        }
    }
}

namespace RetentionFuncs.Embedded.Demo;

/// <summary>One entry of a customer into a campaign, as the hidden truth needs it.</summary>
/// <param name="EnteredOn">Before that day's orders; the first day of the window.</param>
/// <param name="WindowDays">The attribution window.</param>
/// <param name="WhenTreated">What the campaign sends as long as no order comes: what it did send, or for control what it would have.</param>
public sealed record DemoEntry(string CustomerId, DateOnly EnteredOn, int WindowDays, IReadOnlyList<DemoContact> WhenTreated)
{
    /// <summary>What other campaigns sent, whatever the arm.</summary>
    public IReadOnlyList<DemoContact> EitherWay { get; init; } = [];

    /// <summary>An entry whose messages go out on fixed days after it.</summary>
    /// <param name="plan">Whole days after the entry, 0 the same day, and the kind.</param>
    public static DemoEntry Planned(
        string customerId,
        DateOnly enteredOn,
        int windowDays,
        params ReadOnlySpan<(int After, DemoMessage Message)> plan
    )
    {
        var contacts = new List<DemoContact>(plan.Length);
        foreach (var (after, message) in plan)
        {
            contacts.Add(new DemoContact(enteredOn.AddDays(after), message));
        }

        return new DemoEntry(customerId, enteredOn, windowDays, contacts);
    }
}

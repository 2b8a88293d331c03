using RetentionFuncs.Findings;

namespace RetentionFuncs.Customers.Joining;

/// <summary>The shop's word that two ids are one customer, or are not.</summary>
/// <param name="Into">The id that remains, or the new one.</param>
public abstract record CustomerJoin(string From, string Into)
{
    /// <summary>Both were one all along: everything of <c>From</c> is <c>Into</c>'s, and so is what will be told of <c>From</c>.</summary>
    public sealed record Merged(string From, string Into) : CustomerJoin(From, Into);

    /// <summary>These orders were never <c>From</c>'s.</summary>
    /// <param name="Orders">External ids, at least one.</param>
    public sealed record Split(string From, string Into, IReadOnlyList<string> Orders) : CustomerJoin(From, Into);
}

/// <summary>How it ended.</summary>
public abstract record JoinEnding
{
    private JoinEnding() { }

    /// <param name="Orders">Orders that moved this time.</param>
    public sealed record Done(int Orders) : JoinEnding;

    /// <summary>It contradicts what was told before; nothing was changed.</summary>
    public sealed record Refused(Phrase Why) : JoinEnding;
}

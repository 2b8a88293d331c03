using RetentionFuncs.Clocks;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>How reading an orders file in bulk ended.</summary>
public abstract record OrderFileOutcome
{
    private OrderFileOutcome() { }

    public sealed record Read(BulkHistories Histories) : OrderFileOutcome;

    /// <summary>As <see cref="Read"/>, when only patterns were asked for.</summary>
    /// <param name="CycleDays">The business's own horizon, <see cref="Choosing.BuyingCycle"/>.</param>
    public sealed record Known(BulkPatterns Patterns, long Orders, int RefundedOnly, int CycleDays) : OrderFileOutcome;

    /// <summary>Something that the fast path would have to guess at: the careful import reads it, or refuses it row by row.</summary>
    /// <param name="Line">From 1, the header's being the first.</param>
    public sealed record NotPlain(long Line, Phrase Reason) : OrderFileOutcome;
}

/// <summary>How to read an orders file in bulk.</summary>
/// <param name="Calendar">Gives a moment that names its offset its day in the business's zone; days and times without one are the business's.</param>
/// <param name="LatestDay">A row later than this (the day itself is fine) makes the file not plain; null: any day.</param>
/// <param name="Lanes">How many cores to use; results do not depend on it.</param>
/// <param name="SpillFolder">Where to lay rows and patterns away in temporary files, so that memory does not grow with the file; null keeps them in memory.</param>
public sealed record OrderFileReading(BusinessCalendar Calendar, DateOnly? LatestDay, int Lanes, string? SpillFolder = null);

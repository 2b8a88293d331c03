namespace RetentionFuncs.Runs;

/// <summary>The work that timers start; each goes over the shards in resumable pages.</summary>
public enum RunKind
{
    /// <summary>Reviews that fall due: stages, days after an order, birthdays, calendar dates.</summary>
    ReviewDue,

    /// <summary>Journeys that wait: the next step, what was held, a campaign's backlog.</summary>
    DecideWaiting,

    /// <summary>Requeues, expires, reaps and closes what is not finished.</summary>
    SweepOpenWork,

    /// <summary>Queues again what came in and lost its message, and clears away old uploads.</summary>
    SweepInbox,

    /// <summary>Asks the provider's log about unknown outcomes.</summary>
    ReconcileUnknowns,

    /// <summary>The weekly full pass: cut points and population.</summary>
    RefitScores,

    /// <summary>The weekly full pass that holds the indexes against the customers.</summary>
    AuditTouchpoints,

    /// <summary>The full pass after the lapse rule changed.</summary>
    ReplanReviews,

    /// <summary>Builds the report and keeps it.</summary>
    BuildReport,
}

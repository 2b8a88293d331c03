using RetentionFuncs.Backlogs;
using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;
using RetentionFuncs.Telemetry;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Reviews;

/// <summary>One decision of a review, to be told of when it is on file.</summary>
public sealed record DecidedStep(string Campaign, string Step, TouchRef Touch, CampaignDecision Decision);

/// <summary>
/// What a review does outside the customer's partition, in the two groups that crash safety asks for: index rows before the commit,
/// copies and queue messages after it.
/// </summary>
public sealed class ReviewEffects
{
    /// <summary>Messages planned by the commits made so far.</summary>
    public int PlannedSoFar { get; private set; }

    public List<DueRow> Due { get; } = [];

    public List<Touchpoint> Planned { get; } = [];

    public List<LoggedOccasion> Log { get; } = [];

    /// <summary>Slots that control contacts take on an address, as a treated one would.</summary>
    public List<(AddressKey Address, TouchId Touch)> ControlSlots { get; } = [];

    /// <summary>What was decided, told once it is on file.</summary>
    public List<DecidedStep> Decided { get; } = [];

    /// <summary>Who waits in line for a place from now on, by campaign.</summary>
    public List<(string Campaign, WaitingCustomer Customer)> Backlog { get; } = [];

    /// <summary>What stood in the way at a turn in a backlog; null when nothing did, or there was no turn.</summary>
    public CampaignDecision? TurnedAway { get; set; }

    /// <summary>Messages to be taken from campaigns' budgets, for control as for treated.</summary>
    public List<Campaign> Budgeted { get; } = [];

    public async ValueTask BeforeAsync(IRowStore store)
    {
        var due = new DueIndex(store);
        foreach (var row in Due)
        {
            await due.AddAsync(row);
        }

        await new OpenWork(store).AddAsync(Planned);

        foreach (var (campaign, customer) in Backlog)
        {
            await new WaitingLine(store, campaign).AddAsync(customer);
        }
    }

    /// <summary>A lost enqueue is repaired by the sweep, a lost log row by the audit.</summary>
    public async ValueTask AfterAsync(IRowStore store, IWorkQueue queue, FrequencyCap cap, DateTimeOffset now)
    {
        var (log, addresses) = (new CampaignLog(store), new Suppress(store));
        foreach (var line in Log)
        {
            await log.WriteAsync(line);
        }

        foreach (var (address, touch) in ControlSlots)
        {
            await addresses.TakeSlotAsync(address, touch.Value, now, cap);
        }

        foreach (var one in Decided)
        {
            ProductMeter.Decided(one.Campaign, one.Decision);
            ProductTrace.Decided(one.Campaign, one.Step, one.Touch, one.Decision);
        }

        foreach (var touch in Planned)
        {
            using var span = ProductTrace.Queue(touch);
            await queue.EnqueueAsync(MessageFor(touch), touch.DueAt);
        }

        PlannedSoFar += Planned.Count;
        Due.Clear();
        Planned.Clear();
        Backlog.Clear();
        Log.Clear();
        ControlSlots.Clear();
        Decided.Clear();
        Budgeted.Clear();
    }

    public static QueueMessage MessageFor(Touchpoint touch) =>
        new(QueueMessage.CurrentSchema, touch.Reference.ToString(), Purposes.Send, touch.Seq);
}

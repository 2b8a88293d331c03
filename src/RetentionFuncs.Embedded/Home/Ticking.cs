using RetentionFuncs.Embedded.Alerts;
using RetentionFuncs.Embedded.Keeping;
using RetentionFuncs.Reviews;
using RetentionFuncs.Runs;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Embedded.Home;

/// <summary>What one tick did.</summary>
public sealed record TickReport(DateTimeOffset At, ReviewReport Reviews, int Messages, SweepReport Sweep, bool Replanned, bool Refitted)
{
    /// <summary>Records that could not be worked on and were passed over; tried again at the next tick.</summary>
    internal IEnumerable<BrokenItem> Broken => Reviews.Broken.Concat(Sweep.Broken);
}

/// <summary>Everything the timers do, once: refit and replan when it is time, review what is due, deliver the queue, sweep.</summary>
public sealed class Ticking(EmbeddedHome home)
{
    private static readonly PartitionId Partition = new(StoreTable.Control, "ticks");
    private const int Concurrency = 32;
    private static readonly TimeSpan ReconcileEvery = TimeSpan.FromMinutes(5);

    private static readonly HashSet<string> OnlyByAudit = ["unconfirmed"];
    private static readonly HashSet<string> Nothing = [];

    private DateTimeOffset _reconciledAt;
    private bool _begun;

    /// <summary>The moment the last tick spoke for, or null.</summary>
    public async ValueTask<DateTimeOffset?> LastAsync() =>
        (await home.Product.Store.ReadRowAsync(Partition, "last"))?.Properties.Instant("at");

    /// <summary>How long ago the last tick was; null before the first, and after one that spoke for another moment than its own.</summary>
    public async ValueTask<TimeSpan?> SinceLastAsync() =>
        await home.Product.Store.ReadRowAsync(Partition, "last") is { Properties: var bag } && !bag.Flag("moved")
            ? home.Product.Clock.GetUtcNow() - bag.Instant("at")
            : null;

    /// <param name="replan">Plan every review anew first: the folder was filled at a later moment than the one this tick speaks for.</param>
    /// <param name="cancel">Honoured between customers and between messages, never inside one.</param>
    public async Task<TickReport> RunAsync(IProgress<int>? progress = null, bool replan = false, CancellationToken cancel = default)
    {
        var (product, now) = (home.Product, home.Product.Clock.GetUtcNow());
        if (!_begun)
        {
            // Whoever starts the program again may have mended what stopped the sending.
            await product.SendControl.TryAtOnceAsync();
            _begun = true;
        }

        var (gap, moved) = (await SinceLastAsync(), product.Clock is MovableClock { StandsAt: not null });
        await product.Store.PutAnyAsync(Partition, "last", new PropertyBag().Set("at", now).Set("moved", moved));
        var refit = await product.RefitScores.RunIfDueAsync(cancel);
        // After the refit: crossing days and tiers rest on what it measured.
        replan |= await product.ReplanReviews.IsWantedAsync();
        if (replan)
        {
            await product.ReplanReviews.RunAsync(progress, cancel);
        }

        AuditReport? audit = null;
        if (refit is not null)
        {
            // Once a week everybody is read anyway: what a crash took from the indexes is put back.
            audit = await product.AuditTouchpoints.RunAsync(cancel: cancel);
            await product.EraseCustomer.LookAgainAsync();
            _ = await product.SweepKept.RunAsync(cancel);
            _ = KeptFiles.Sweep(home.Folder, product.Settings.Keep, now);
        }

        var reviews = await product.ReviewDue.RunAsync(progress, cancel);
        if (reviews.Read > reviews.Reviewed)
        {
            // Rows that stood for a whole shard have made rows of customers, of whom some are due today.
            var more = await product.ReviewDue.RunAsync(progress, cancel);
            reviews = reviews.Plus(more);
        }

        var messages = await DeliverAsync(cancel);
        var sweep = await product.SweepOpenWork.RunAsync(cancel);
        await ReconcileAsync(sweep, now, cancel);
        _ = await product.WatchSending.RunAsync();
        _ = await product.SweepUploads.RunAsync(cancel);
        var events = await product.RequeueShopEvents.RunAsync(cancel);
        messages += sweep.Requeued + events.Requeued > 0 ? await DeliverAsync(cancel) : 0;
        var report = new TickReport(now, reviews, messages, sweep, replan, refit is not null);
        await AlertAsync(report, gap, audit);
        return report;
    }

    /// <summary>What only the weekly audit sees stands until the next one.</summary>
    private async ValueTask AlertAsync(TickReport report, TimeSpan? gap, AuditReport? audit)
    {
        var found = await AlertCauses.FindAsync(home, report, gap, audit);
        await TellAlerts.RunAsync(home, found, audit is null ? OnlyByAudit : Nothing);
    }

    /// <summary>Looks are minutes to hours apart, so not every tick reads the open work a second time.</summary>
    private async Task ReconcileAsync(SweepReport sweep, DateTimeOffset now, CancellationToken cancel)
    {
        if (sweep.Unknown > 0 && (now < _reconciledAt || now >= _reconciledAt + ReconcileEvery))
        {
            await home.Product.ReconcileUnknowns.RunAsync(cancel);
            _reconciledAt = now;
        }
    }

    /// <summary>Hands over every queued message that is due now.</summary>
    /// <remarks>The epoch's mark moves before and after: a copy of the database taken earlier is known as older from then on.</remarks>
    public async Task<int> DeliverAsync(CancellationToken cancel = default)
    {
        var now = home.Product.Clock.GetUtcNow();
        if (!await home.Queue.HasDueAsync(now))
        {
            return 0;
        }

        await home.MoveMarkAsync();
        var handled = await home.Queue.DeliverDueAsync(home.Product.Handler, now, Concurrency, cancel);
        await home.MoveMarkAsync();
        return handled;
    }
}

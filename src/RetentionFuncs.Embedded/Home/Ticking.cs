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

    private DateTimeOffset _reconciledAt;
    private bool _begun;

    /// <summary>The moment the last tick spoke for, or null.</summary>
    public async ValueTask<DateTimeOffset?> LastAsync() =>
        (await home.Product.Store.ReadRowAsync(Partition, "last"))?.Properties.Instant("at");

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

        await product.Store.PutAnyAsync(Partition, "last", new PropertyBag().Set("at", now));
        var refit = await product.RefitScores.RunIfDueAsync(cancel);
        // After the refit: crossing days and tiers rest on what it measured.
        replan |= await product.ReplanReviews.IsWantedAsync();
        if (replan)
        {
            await product.ReplanReviews.RunAsync(progress, cancel);
        }

        if (refit is not null)
        {
            // Once a week everybody is read anyway: what a crash took from the indexes is put back.
            await product.AuditTouchpoints.RunAsync(cancel: cancel);
        }

        var reviews = await product.ReviewDue.RunAsync(progress, cancel);
        var messages = await DeliverAsync(cancel);
        var sweep = await product.SweepOpenWork.RunAsync(cancel);
        await ReconcileAsync(sweep, now, cancel);
        _ = await product.SweepUploads.RunAsync(cancel);
        var events = await product.RequeueShopEvents.RunAsync(cancel);
        messages += sweep.Requeued + events.Requeued > 0 ? await DeliverAsync(cancel) : 0;
        return new TickReport(now, reviews, messages, sweep, replan, refit is not null);
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
    public Task<int> DeliverAsync(CancellationToken cancel = default) =>
        home.Queue.DeliverDueAsync(home.Product.Handler, home.Product.Clock.GetUtcNow(), Concurrency, cancel);
}

using RetentionFuncs.Reviews;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Embedded.Home;

/// <summary>What one tick did.</summary>
public sealed record TickReport(DateTimeOffset At, ReviewReport Reviews, int Messages, SweepReport Sweep, bool Replanned, bool Refitted);

/// <summary>Everything the timers do, once: refit and replan when it is time, review what is due, deliver the queue, sweep.</summary>
public sealed class Ticking(EmbeddedHome home)
{
    private static readonly PartitionId Partition = new(StoreTable.Control, "ticks");
    private const int Concurrency = 32;

    /// <summary>The moment the last tick spoke for, or null.</summary>
    public async ValueTask<DateTimeOffset?> LastAsync() =>
        (await home.Product.Store.ReadRowAsync(Partition, "last"))?.Properties.Instant("at");

    /// <param name="replan">Plan every review anew first: the folder was filled at a later moment than the one this tick speaks for.</param>
    /// <param name="cancel">Honoured between customers and between messages, never inside one.</param>
    public async Task<TickReport> RunAsync(IProgress<int>? progress = null, bool replan = false, CancellationToken cancel = default)
    {
        var (product, now) = (home.Product, home.Product.Clock.GetUtcNow());
        await product.Store.PutAnyAsync(Partition, "last", new PropertyBag().Set("at", now));
        replan |= await product.ReplanReviews.IsRuleNewAsync();
        if (replan)
        {
            await product.ReplanReviews.RunAsync(progress, cancel);
        }
        else
        {
            await product.ReplanReviews.NoteRuleAsync();
        }

        var refit = await product.RefitScores.RunIfDueAsync(cancel);
        if (refit is not null)
        {
            // Once a week everybody is read anyway: what a crash took from the indexes is put back.
            await product.AuditTouchpoints.RunAsync();
        }

        var reviews = await product.ReviewDue.RunAsync(progress, cancel);
        var messages = await DeliverAsync(cancel);
        var sweep = await product.SweepOpenWork.RunAsync(cancel);
        messages += sweep.Requeued > 0 ? await DeliverAsync(cancel) : 0;
        return new TickReport(now, reviews, messages, sweep, replan, refit is not null);
    }

    /// <summary>Hands over every queued message that is due now.</summary>
    public Task<int> DeliverAsync(CancellationToken cancel = default) =>
        home.Queue.DeliverDueAsync(home.Product.Handler, home.Product.Clock.GetUtcNow(), Concurrency, cancel);
}

using System.Runtime.CompilerServices;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Identity;
using RetentionFuncs.Queues;

namespace RetentionFuncs.Embedded.Queue;

/// <summary>
/// The durable queue in <c>retention.db</c>. At least once: a message leaves only when its answer is on the disk, so that a crash
/// brings it again. A message whose id already stands in the queue is dropped.
/// </summary>
public sealed class SqliteQueue(SqliteDatabase database, TimeProvider clock, IIdSource ids) : IWorkQueue
{
    /// <summary>How long a handler may take before the message is delivered to another.</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(10);

    private const int LargestLease = 256;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No reference or no purpose.</exception>
    public async ValueTask EnqueueAsync(QueueMessage message, DateTimeOffset notBefore)
    {
        ArgumentException.ThrowIfNullOrEmpty(message.Ref);
        ArgumentException.ThrowIfNullOrEmpty(message.Purpose);
        if (notBefore - clock.GetUtcNow() > IWorkQueue.MaxDelay)
        {
            throw new ArgumentOutOfRangeException(
                nameof(notBefore),
                notBefore,
                $"Message {message.Id} is further ahead than {IWorkQueue.MaxDelay.TotalHours} hours; write a due row instead."
            );
        }

        await Write(handle => QueueTable.Insert(handle, message, QueueTable.Moment(notBefore)));
    }

    /// <summary>
    /// Hands every message that is due at <paramref name="now"/> to the handler, those too that are queued meanwhile, and keeps its
    /// answers. A handler that throws is a failed attempt; see <see cref="DeliveryRules"/>.
    /// </summary>
    /// <param name="concurrency">Handlers at once, 1 or more.</param>
    /// <param name="cancel">Ends the run after the handlers under way; it never interrupts one.</param>
    /// <returns>How many messages were handed over or parked at sight.</returns>
    /// <exception cref="QueueUnavailableException">An answer is not known to be kept; its message comes again.</exception>
    public async Task<int> DeliverDueAsync(IQueueHandler handler, DateTimeOffset now, int concurrency, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(concurrency, 1);
        var delivery = new Delivery(handler, now);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = concurrency };
        var total = 0;
        while (true)
        {
            var handled = 0;
            await Parallel.ForEachAsync(
                LeaseDueAsync(now, Math.Min(concurrency, LargestLease), cancel),
                parallel,
                async (message, _) =>
                {
                    var settle = await delivery.DecideAsync(message);
                    if (await Write(settle))
                    {
                        Interlocked.Increment(ref handled);
                    }
                }
            );
            total += handled;
            if (handled == 0 || cancel.IsCancellationRequested)
            {
                return total;
            }
        }
    }

    /// <summary>Whether a message may be delivered at <paramref name="now"/>.</summary>
    public ValueTask<bool> HasDueAsync(DateTimeOffset now)
    {
        var moment = QueueTable.Moment(now);
        return database.ReadAsync(handle =>
        {
            var due = handle.Prepare("SELECT 1 FROM queue WHERE not_before <= ?1 LIMIT 1").Bind(1, moment);
            var found = due.Step();
            due.Reset();
            return found;
        });
    }

    /// <summary>How much waits, is being worked on, and is parked.</summary>
    public ValueTask<QueueCounts> CountAsync() =>
        database.ReadAsync(handle => new QueueCounts(
            handle.AskInteger("SELECT count(*) FROM queue WHERE lease IS NULL"),
            handle.AskInteger("SELECT count(*) FROM queue WHERE lease IS NOT NULL"),
            handle.AskInteger("SELECT count(*) FROM parked")
        ));

    /// <summary>The messages that wait for a person, by id.</summary>
    public ParkedMessages Parked => new(database, clock);

    // Leases no more than the handlers can take up at once, so that none waits under a lease that runs out.
    private async IAsyncEnumerable<LeasedMessage> LeaseDueAsync(
        DateTimeOffset now,
        int atOnce,
        CancellationToken cancel,
        [EnumeratorCancellation] CancellationToken faulted = default
    )
    {
        var (moment, until) = (QueueTable.Moment(now), QueueTable.Moment(now + LeaseTime));
        while (!cancel.IsCancellationRequested)
        {
            var lease = ids.NewId();
            var leased = await Write(handle => QueueTable.Lease(handle, moment, until, lease, atOnce));
            for (var i = 0; i < leased.Count; i++)
            {
                if (cancel.IsCancellationRequested || faulted.IsCancellationRequested)
                {
                    await Write(handle => leased.Skip(i).Count(m => QueueTable.Return(handle, m)));
                    yield break;
                }

                yield return leased[i];
            }

            if (leased.Count == 0)
            {
                yield break;
            }
        }
    }

    private Task<T> Write<T>(Func<SqliteHandle, T> apply) => database.WriteAsync(apply, reason => new QueueUnavailableException(reason));
}

/// <param name="Waiting">Queued and not under lease, due or not.</param>
/// <param name="UnderLease">Handed out and not yet answered.</param>
/// <param name="Parked">Put aside for a person.</param>
public sealed record QueueCounts(long Waiting, long UnderLease, long Parked);

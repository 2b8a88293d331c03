using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Embedded.Serving;

/// <summary>The timers of one machine: a tick now and then, the queue every second. What fails is told and tried again.</summary>
internal sealed class EmbeddedLoop(EmbeddedHome home, TimeSpan tickEvery, TextWriter log)
{
    private static readonly TimeSpan QueueEvery = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken cancel)
    {
        var ticking = new Ticking(home);
        var nextTick = DateTimeOffset.MinValue;
        using var timer = new PeriodicTimer(QueueEvery);
        try
        {
            do
            {
                var now = home.Product.Clock.GetUtcNow();
                if (now >= nextTick)
                {
                    nextTick = now + tickEvery;
                    await GuardAsync(() => TickAsync(ticking, cancel));
                }
                else
                {
                    await GuardAsync(() => ticking.DeliverAsync(cancel));
                }
            } while (await timer.WaitForNextTickAsync(cancel));
        }
        catch (OperationCanceledException)
        {
            // Told to stop: what is under way has ended, what is left is on file.
        }
    }

    private async Task TickAsync(Ticking ticking, CancellationToken cancel)
    {
        var report = await ticking.RunAsync(cancel: cancel);
        foreach (var item in report.Broken)
        {
            // One odd record must not take everyone else's messages down with it.
            await log.WriteLineAsync($"{report.At:u} {item.Key} could not be worked on ({item.Fault}); it will be tried again.");
        }

        if (report.Reviews.Reviewed > 0 || report.Messages > 0)
        {
            await log.WriteLineAsync(
                $"{report.At:u} reviewed {report.Reviews.Reviewed}, planned {report.Reviews.Planned}, handled {report.Messages}"
            );
        }
    }

    private async Task GuardAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception e) when (e is StoreUnavailableException or QueueUnavailableException or IOException)
        {
            await log.WriteLineAsync($"{home.Product.Clock.GetUtcNow():u} {e.Message} It will be tried again.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One customer's odd record must not take the unsubscribe pages and everyone else's messages down with it.
            await log.WriteLineAsync($"{home.Product.Clock.GetUtcNow():u} A fault in the program, tried again at the next tick: {e}");
        }
    }
}

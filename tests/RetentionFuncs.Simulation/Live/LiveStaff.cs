using RetentionFuncs.Queues;
using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Simulation.Worlds;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Live;

/// <summary>The processes of the product at one moment of the clock, all at once, until nothing is left to do at that moment.</summary>
internal sealed class LiveStaff(LiveWorld world)
{
    private int _others;

    /// <param name="timers">What runs beside the workers.</param>
    public async Task WorkAsync(params Func<LiveHost, Task>[] timers)
    {
        _others = timers.Length;
        await Task.WhenAll([.. timers.Select(TimerAsync), .. Enumerable.Range(0, world.Options.Workers).Select(_ => WorkerAsync())]);
        await world.People.AllAsync();
        await world.Landings.AllAsync();
    }

    /// <summary>A timer's verb; one that fails or dies is run again, as the next tick would.</summary>
    private async Task TimerAsync(Func<LiveHost, Task> verb)
    {
        await Task.Yield();
        while (!await TryAsync(new LiveHost(world), verb)) { }
        Interlocked.Decrement(ref _others);
    }

    /// <summary>Two messages at a time, as a functions host would.</summary>
    private async Task WorkerAsync()
    {
        await Task.Yield();
        var host = new LiveHost(world);
        while (true)
        {
            LiveQueue.Held?[] taken = [world.Queue.Take(), world.Queue.Take()];
            if (taken is [null, null])
            {
                if (Volatile.Read(ref _others) == 0)
                {
                    return;
                }

                await Task.Delay(2);
                continue;
            }

            await Task.WhenAll(taken.OfType<LiveQueue.Held>().Select(held => TryAsync(host, _ => HandleAsync(host, held))));
            host = host.Life.IsDead ? new LiveHost(world) : host;
        }
    }

    private async Task HandleAsync(LiveHost host, LiveQueue.Held held)
    {
        world.People.Notice(held.Message.Ref);
        var answer = await host.HandleAsync(held.Message);
        await world.Queue.SettleAsync(held, answer);
    }

    /// <summary>False when the process died or the outside failed; anything else is told to the checker.</summary>
    public async Task<bool> TryAsync(LiveHost host, Func<LiveHost, Task> verb)
    {
        try
        {
            return await host.Life.OutlivesAsync(verb(host));
        }
        catch (Exception e) when (e is StoreUnavailableException or QueueUnavailableException)
        {
            return false;
        }
        catch (Exception e)
        {
            world.History.Add(at => new HistoryEvent.Threw(at, "live", e));
            return true;
        }
    }
}

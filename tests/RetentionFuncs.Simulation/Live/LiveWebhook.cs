using RetentionFuncs.Deliveries;
using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Simulation.Live;

/// <summary>Feeds what the provider tells to the product: each batch until it was taken, and one in five to two processes at once.</summary>
internal sealed class LiveWebhook(LiveWorld world)
{
    private const int BatchSize = 20;

    public async Task RunAsync()
    {
        foreach (var batch in world.Provider.TakeEvents().Chunk(BatchSize))
        {
            var copies = world.Faults.Active && world.Faults.Chance(0.2) ? 2 : 1;
            await Task.WhenAll(Enumerable.Range(0, copies).Select(_ => UntilTakenAsync(batch)));
        }
    }

    private async Task UntilTakenAsync(ProviderEvent[] batch)
    {
        DeliveryEvent[] events = [.. batch.Select(Translate)];
        while (!await world.Staff.TryAsync(new LiveHost(world), async host => await host.Product.RecordDeliveryEvents.RunAsync(events))) { }
        foreach (var told in batch)
        {
            world.History.Add(at => new HistoryEvent.Heard(at, told.Submission.Message.Reference, told.Kind));
        }
    }

    private static DeliveryEvent Translate(ProviderEvent e) =>
        new(
            TouchRef.TryParse(e.Submission.Message.Reference, out var reference) ? reference : default,
            e.Submission.Message.AttemptId,
            Enum.Parse<DeliveryEventKind>(e.Kind.ToString()),
            e.Kind == ProviderEventKind.Bounced ? BounceKind.Hard : null,
            e.At,
            null
        );
}

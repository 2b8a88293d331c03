using RetentionFuncs.Deliveries;
using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Simulation.Scheduling;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Simulation.Worlds;

/// <summary>Feeds what the provider tells to the product, in batches that are told again until they were taken.</summary>
internal sealed class Webhook(World world, SimLife life)
{
    private readonly Host _host = new(world, life);

    public async Task RunAsync()
    {
        life.Activity = "evidence";
        while (true)
        {
            var batch = world.People.NextEvents();
            if (batch.Count == 0)
            {
                await world.Scheduler.Pause(Staff.Between(world, (1, 30)));
                continue;
            }

            var events = batch
                .Select(Translate)
                .Select(e => world.Options.Plant is { } plant ? plant.Around(e) : e)
                .OfType<DeliveryEvent>()
                .ToList();
            if (await Staff.TryAsync(world, async () => await _host.Product.RecordDeliveryEvents.RunAsync(events)))
            {
                world.People.Delivered(batch);
                foreach (var e in batch)
                {
                    world.History.Add(new HistoryEvent.Heard(world.Scheduler.Now, e.Submission.Message.Reference, e.Kind));
                }
            }
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

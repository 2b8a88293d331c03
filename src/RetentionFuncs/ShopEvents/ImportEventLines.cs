using RetentionFuncs.Deliveries;
using RetentionFuncs.Findings;

namespace RetentionFuncs.ShopEvents;

/// <summary>What a file of events came to: each row that is not blank is accepted or refused.</summary>
/// <param name="Unchanged">Of the accepted: on file already.</param>
/// <param name="Quarantined">Of the accepted: delivery events about messages that are not ours.</param>
/// <param name="OfShop">Of the accepted: what happened in the shop.</param>
public sealed record EventFileReport(int Rows, int Accepted, int Unchanged, int Refused, int Quarantined, int OfShop)
{
    public static EventFileReport None { get; } = new(0, 0, 0, 0, 0, 0);

    public EventFileReport Plus(EventFileReport other) =>
        new(
            Rows + other.Rows,
            Accepted + other.Accepted,
            Unchanged + other.Unchanged,
            Refused + other.Refused,
            Quarantined + other.Quarantined,
            OfShop + other.OfShop
        );
}

/// <summary>
/// Takes in a file of events of both kinds, one JSON document a line, in the file's order. The file is the evidence, so its events are
/// applied at once; the same file again changes nothing, and one that was cut off is finished by repeating it.
/// </summary>
public sealed class ImportEventLines(RecordShopEvent shop, RecordDeliveryEvents deliveries, TimeProvider clock)
{
    private const int Batch = 500;

    /// <param name="refuse">Told each refused line, counted from 1, and why.</param>
    public async ValueTask<EventFileReport> RunAsync(IAsyncEnumerable<string> lines, Action<int, Phrase> refuse)
    {
        var (number, report, waiting) = (0, EventFileReport.None, new List<DeliveryEvent>(Batch));
        await foreach (var line in lines)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                report = report.Plus(await TakeAsync(EventLine.Read(line, clock.GetUtcNow()), waiting, why => refuse(number, why)));
            }
        }

        return report.Plus(await FlushAsync(waiting));
    }

    private async ValueTask<EventFileReport> TakeAsync(EventLine line, List<DeliveryEvent> waiting, Action<Phrase> refuse)
    {
        var one = EventFileReport.None with { Rows = 1 };
        switch (line)
        {
            case EventLine.OfDelivery delivery:
                waiting.Add(delivery.Event);
                return (waiting.Count == Batch ? await FlushAsync(waiting) : EventFileReport.None).Plus(one with { Accepted = 1 });
            case EventLine.OfShop told:
                var ending = await shop.RunAsync(told.Event, clock.GetUtcNow());
                if (ending is EventEnding.OnFile known)
                {
                    return one with { Accepted = 1, OfShop = 1, Unchanged = known.Changed ? 0 : 1 };
                }

                refuse(((EventEnding.Contradicts)ending).Why);
                return one with { Refused = 1 };
            default:
                refuse(((EventLine.Refused)line).Reason);
                return one with { Refused = 1 };
        }
    }

    private async ValueTask<EventFileReport> FlushAsync(List<DeliveryEvent> waiting)
    {
        var report = await deliveries.RunAsync(waiting);
        waiting.Clear();
        return EventFileReport.None with { Unchanged = report.Repeated, Quarantined = report.Quarantined };
    }
}

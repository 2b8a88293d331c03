using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Experiments;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Touchpoints;

/// <summary>What the audit counted and mended.</summary>
/// <param name="States">Every touchpoint ever planned, by where it stands: their sum is what was planned.</param>
/// <param name="OpenRowsMended">Unfinished touchpoints that the open-work index had lost.</param>
/// <param name="LogRowsMended">Entries that the campaign log had lost.</param>
/// <param name="Unconfirmed">Sent, and nothing heard for 72 hours.</param>
public sealed record AuditReport(
    int Customers,
    IReadOnlyDictionary<TouchpointState, int> States,
    int Unconfirmed,
    int OpenRowsMended,
    int LogRowsMended
)
{
    public int Planned => States.Values.Sum();
}

/// <summary>
/// The full pass that holds the copies against the customers' partitions: nothing may disappear silently. Mends the open-work index and
/// the campaign log; changes no touchpoint.
/// </summary>
public sealed class AuditTouchpoints(IRowStore store)
{
    private readonly OpenWork _open = new(store);
    private readonly CampaignLog _log = new(store);

    public async ValueTask<AuditReport> RunAsync(IProgress<int>? progress = null)
    {
        var states = new SortedDictionary<TouchpointState, int>();
        var (customers, unconfirmed, open, log) = (0, 0, 0, 0);
        var oldest = DateOnly.MaxValue;
        await foreach (var key in new CustomerIndex(store).ReadAllAsync())
        {
            progress?.Report(++customers);
            var partition = await CustomerPartition.LoadAsync(store, key);
            foreach (var touch in partition.Touchpoints())
            {
                states[touch.State] = states.GetValueOrDefault(touch.State) + 1;
                unconfirmed += touch is { State: TouchpointState.Sent, Unconfirmed: true, HasEvidence: false } ? 1 : 0;
                if (touch.IsSettled)
                {
                    continue;
                }

                oldest = OpenWork.DayOf(touch) is var day && day < oldest ? day : oldest;
                if (!await _open.HoldsAsync(touch))
                {
                    await _open.AddAsync(touch);
                    open++;
                }
            }

            foreach (var entry in JourneyEntry.AllOf(partition).Where(e => e is { EnteredAt: not null, Arm: not null }))
            {
                if (!await _log.HoldsAsync(key, entry))
                {
                    await _log.WriteAsync(LineOf(key, entry));
                    log++;
                }
            }
        }

        // The sweep may have walked past the day of a row that was lost then and is back now.
        await new DayCursor(store, OpenWork.CursorName).GoBackAsync(oldest);
        return new AuditReport(customers, states, unconfirmed, open, log);
    }

    private static LoggedOccasion LineOf(CustomerKey key, JourneyEntry e) =>
        new(e.Campaign, e.TriggerDay, key, e.Occasion, "Entered", e.Arm ?? TestArm.Treatment, null, null, e.EnteredAt!.Value);
}

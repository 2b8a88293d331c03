using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Experiments;
using RetentionFuncs.Runs;
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

    /// <summary>Customers whose record could not be read and were passed over.</summary>
    public IReadOnlyList<BrokenItem> Broken { get; init; } = [];

    internal static AuditReport Of(RunTally tally) =>
        new(
            (int)tally[nameof(Customers)],
            tally.CountsOf<TouchpointState>(nameof(States)),
            (int)tally[nameof(Unconfirmed)],
            (int)tally[nameof(OpenRowsMended)],
            (int)tally[nameof(LogRowsMended)]
        )
        {
            Broken = tally.BrokenItems,
        };
}

/// <summary>
/// The full pass that holds the copies against the customers' partitions: nothing may disappear silently. Mends the open-work index and
/// the campaign log; changes no touchpoint.
/// </summary>
public sealed class AuditTouchpoints(IRowStore store, TimeProvider clock) : IShardStep
{
    private readonly OpenWork _open = new(store);
    private readonly CampaignLog _log = new(store);
    private readonly CustomerIndex _index = new(store);

    /// <param name="cancel">Honoured between customers.</param>
    public async ValueTask<AuditReport> RunAsync(IProgress<int>? progress = null, CancellationToken cancel = default) =>
        AuditReport.Of(await this.RunAsync(clock.GetUtcNow(), progress, cancel));

    public ValueTask<bool> RunAsync(ShardTurn turn) =>
        turn.ForEachAsync(_index.ReadAsync(turn.Shard, turn.After), key => key.Value, key => LookAsync(key, turn.Tally));

    /// <summary>The sweep may have walked past the day of a row that was lost then and is back now.</summary>
    public ValueTask CloseAsync(FinishedRun run) =>
        run.Tally.Oldest is { } oldest ? new DayCursor(store, OpenWork.CursorName).GoBackAsync(oldest) : ValueTask.CompletedTask;

    private async ValueTask LookAsync(CustomerKey key, RunTally tally)
    {
        tally.Count(nameof(AuditReport.Customers));
        var partition = await CustomerPartition.LoadAsync(store, key);
        foreach (var touch in partition.Touchpoints())
        {
            tally.Count($"{nameof(AuditReport.States)}.{touch.State}");
            tally.Count(
                nameof(AuditReport.Unconfirmed),
                touch is { State: TouchpointState.Sent, Unconfirmed: true, HasEvidence: false } ? 1 : 0
            );
            if (!touch.IsSettled)
            {
                await MendOpenAsync(touch, tally);
            }
        }

        foreach (var entry in JourneyEntry.AllOf(partition).Where(e => e is { EnteredAt: not null, Arm: not null }))
        {
            if (!await _log.HoldsAsync(key, entry))
            {
                await _log.WriteAsync(LineOf(key, entry));
                tally.Count(nameof(AuditReport.LogRowsMended));
            }
        }
    }

    private async ValueTask MendOpenAsync(Touchpoint touch, RunTally tally)
    {
        tally.Left(OpenWork.DayOf(touch));
        if (!await _open.HoldsAsync(touch))
        {
            await _open.AddAsync(touch);
            tally.Count(nameof(AuditReport.OpenRowsMended));
        }
    }

    private static LoggedOccasion LineOf(CustomerKey key, JourneyEntry e) =>
        new(e.Campaign, e.TriggerDay, key, e.Occasion, "Entered", e.Arm ?? TestArm.Treatment, null, null, e.EnteredAt!.Value);
}

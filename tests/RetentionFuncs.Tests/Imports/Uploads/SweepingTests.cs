using RetentionFuncs.Imports.Uploads;
using RetentionFuncs.Storage;
using static RetentionFuncs.Tests.Imports.Uploads.UploadWorld;

namespace RetentionFuncs.Tests.Imports.Uploads;

public sealed class SweepingTests : IDisposable
{
    private static readonly byte[] File = Bytes("customer_id,order_id,date,amount\nc1,o1,2025-01-02,5\nc2,o2,soon,5\n");
    private readonly UploadWorld _world = new();

    public void Dispose() => _world.Dispose();

    private void Wait(double days) => _world.Trip.Clock.Now = _world.Trip.Clock.Now.AddDays(days);

    [Fact]
    public async Task A_finished_upload_is_gone_after_seven_days_with_its_refused_rows()
    {
        var upload = await _world.SendAsync(File);
        await _world.DeliverAsync();
        (await _world.RefusedRowsAsync(upload)).ShouldContain("c2,o2,soon,5");
        Wait(6.99);
        (await _world.Sweep.RunAsync()).ShouldBe(new UploadSweep(0, 0, 0));
        Wait(0.01);
        (await _world.Sweep.RunAsync()).ShouldBe(new UploadSweep(0, 0, 1));
        _world.InboxRows.ShouldBe(0);
        (await _world.Receive.FindAsync(upload.Id)).ShouldBeNull();
    }

    [Fact]
    public async Task An_upload_never_finished_loses_its_bytes_after_seven_days_and_its_name_after_seven_more()
    {
        var upload = await _world.BeginAsync(File);
        await _world.PutAllAsync(upload, File);
        Wait(7);
        (await _world.Sweep.RunAsync()).ShouldBe(new UploadSweep(0, 1, 0));
        (await _world.NowAsync(upload)).State.ShouldBe(UploadState.Abandoned);
        _world.InboxRows.ShouldBe(2);
        Wait(7);
        (await _world.Sweep.RunAsync()).ShouldBe(new UploadSweep(0, 0, 1));
        _world.InboxRows.ShouldBe(0);
    }

    [Fact]
    public async Task A_message_that_was_lost_is_queued_again_after_an_hour_and_ever_more_seldom()
    {
        var upload = await _world.BeginAsync(File);
        await _world.PutAllAsync(upload, File);
        await _world.CompleteAsync(upload);
        var lost = _world.Trip.Queue.Waiting.ShouldHaveSingleItem();
        await _world.Trip.Queue.DeliverDueAsync(new Lose());

        var queued = new List<double>();
        var begun = _world.Trip.Clock.Now;
        for (var minutes = 0; minutes < 10 * 60; minutes += 10)
        {
            if ((await _world.Sweep.RunAsync()).Requeued == 1)
            {
                queued.Add((_world.Trip.Clock.Now - begun).TotalHours);
            }

            Wait(10 / 1440.0);
        }

        queued.Select(h => Math.Round(h)).ShouldBe([1, 2, 4, 8]);
        _world.Trip.Queue.Waiting.ShouldAllBe(m => m.Seq > lost.Seq && m.Ref == upload.Id);
        await _world.DeliverAsync();
        (await _world.NowAsync(upload)).State.ShouldBe(UploadState.Done);
    }

    [Fact]
    public async Task A_line_of_the_list_without_an_upload_goes_after_a_day_with_whatever_lies_there()
    {
        var upload = await _world.BeginAsync(File);
        await _world.PutAllAsync(upload, File);
        await _world.Trip.Store.DeleteAnyAsync(new PartitionId(StoreTable.Inbox, "upload|" + upload.Id), "head");
        Wait(0.9);
        (await _world.Sweep.RunAsync()).Removed.ShouldBe(0);
        Wait(0.2);
        (await _world.Sweep.RunAsync()).Removed.ShouldBe(1);
        _world.InboxRows.ShouldBe(0);
    }

    private sealed class Lose : RetentionFuncs.Queues.IQueueHandler
    {
        public ValueTask<RetentionFuncs.Queues.HandlerAnswer> HandleAsync(RetentionFuncs.Queues.QueueMessage message) =>
            ValueTask.FromResult(RetentionFuncs.Queues.HandlerAnswer.Finished);
    }
}

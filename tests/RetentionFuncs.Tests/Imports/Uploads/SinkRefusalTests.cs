using RetentionFuncs.Imports;
using static RetentionFuncs.Tests.Imports.Uploads.UploadWorld;

namespace RetentionFuncs.Tests.Imports.Uploads;

/// <summary>Slices over a sink that refuses: what the store said is carried along, everything else is found again.</summary>
public sealed class SinkRefusalTests : IDisposable
{
    private readonly ImportWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_group_refused_in_an_earlier_slice_stays_refused_and_is_not_asked_for_again()
    {
        var text =
            "customer_id,order_id,date,amount\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"c{i},o{i},2025-01-02,5\n"));
        _world.Sink.Erased = "c7";
        var whole = await _world.OrdersAsync(text).Report();
        whole.Refused.ShouldBe(1);
        _world.Sink.Keys.Clear();

        ImportPosition? position = null;
        var refused = new List<RefusedGroup>();
        ImportOutcome? outcome = null;
        var slices = 0;
        for (; outcome is null or ImportOutcome.Paused && slices < 10; slices++)
        {
            var slice = new ImportSlice(
                position,
                [.. refused],
                () => true,
                (p, more) =>
                {
                    position = p;
                    refused.AddRange(more);
                    return ValueTask.FromResult(true);
                },
                "orders.refused.csv"
            );
            outcome = await ImportKinds.RunAsync(
                ImportKinds.Orders,
                _world.Ground,
                ImportWorld.File_(text),
                _world.Options,
                _world.Sink,
                slice: slice
            );
        }

        slices.ShouldBe(3);
        var report = await Task.FromResult(outcome!).Report();
        (report.Accepted, report.Refused, report.Customers, report.RefusedFile).ShouldBe((4_999, 1, 4_999, "orders.refused.csv"));
        Json(report with { Unchanged = 0 }).ShouldBe(Json(whole with { Unchanged = 0 }));
        refused.ShouldHaveSingleItem().Reason.Zh.ShouldBe("客户已被删除");
        _world.Sink.Keys.ShouldBeUnique();
        _world.Sink.Keys.Count.ShouldBe(4_999);
    }
}

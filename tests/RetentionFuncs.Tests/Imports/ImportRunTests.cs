using System.Text.Json;
using RetentionFuncs.Imports;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Tests.Imports;

public sealed class ImportRunTests : IDisposable
{
    private const string Text = "customer_id,order_id,date,amount\nc1,o1,2025-01-02,5\nc2,o2,2025-01-02,5\nc2,o3,2025-01-02,5\nc3,o4,x,5\n";
    private readonly ImportWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_says_so()
    {
        var first = await _world.OrdersAsync(Text).Report();
        var second = await _world.OrdersAsync(Text).Report();
        (first.Rows, first.Accepted, first.Unchanged, first.Refused).ShouldBe((4, 3, 0, 1));
        (second.Rows, second.Accepted, second.Unchanged, second.Refused).ShouldBe((4, 3, 3, 1));
        (await RunsAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_finished_run_keeps_its_account()
    {
        await _world.OrdersAsync(Text).Report();
        var run = (await RunsAsync()).Single();
        run.ShouldSatisfyAllConditions(
            r => r.Id.ShouldMatch("^orders:[0-9a-f]{64}$"),
            r => r.State.ShouldBe(ImportState.Done),
            r => r.EndedAt.ShouldBe(ImportWorld.Now),
            r => (r.Report!.Rows, r.Report.Accepted, r.Report.Refused).ShouldBe((4, 3, 1))
        );
    }

    [Fact]
    public async Task A_crash_while_applying_leaves_the_run_open_and_the_same_command_finishes_it_as_of_the_same_moment()
    {
        _world.Sink.FailsAt = "c2";
        await Should.ThrowAsync<StoreUnavailableException>(_world.OrdersAsync(Text));
        (await RunsAsync()).Single().State.ShouldBe(ImportState.Applying);
        File.Exists(_world.RefusedPath).ShouldBeFalse("half a file of refused rows helps nobody");

        _world.Sink.FailsAt = null;
        _world.Clock.Now += TimeSpan.FromHours(5);
        var report = await _world.OrdersAsync(Text).Report();
        (report.Accepted, report.Refused).ShouldBe((3, 1));
        _world.Sink.Orders.Values.SelectMany(o => o.Orders).ShouldAllBe(o => o.Order.RecordedAt == ImportWorld.Now);
        var run = (await RunsAsync()).Single();
        (run.State, run.RecordedAt, run.EndedAt).ShouldBe((ImportState.Done, ImportWorld.Now, _world.Clock.Now));
    }

    [Fact]
    public async Task A_refused_file_is_kept_as_refused_and_leaves_no_temporary_files()
    {
        await _world.OrdersAsync("customer_id,order_id,date,amount\nc1,o1,2025-01-02,5\nc2,o2").Refusal();
        var run = (await RunsAsync()).Single();
        (run.State, run.Reason).ShouldBe(
            (ImportState.Refused, "ends in the middle of its last line; the file was cut off, export it again")
        );
        Directory.GetFiles(_world.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_second_try_does_not_close_a_run_that_was_being_applied()
    {
        _world.Sink.FailsAt = "c2";
        await Should.ThrowAsync<StoreUnavailableException>(_world.OrdersAsync(Text));
        var columns = new Dictionary<string, string> { ["date"] = "no such header" };
        await _world.OrdersAsync(Text, o => o with { Columns = columns }).Refusal();
        (await RunsAsync()).Single().State.ShouldBe(ImportState.Applying);
    }

    [Fact]
    public async Task A_lost_answer_of_the_store_is_asked_again_and_three_are_an_outage()
    {
        _world.Store.LostAnswers = 2;
        await _world.OrdersAsync(Text).Report();
        _world.Store.LostAnswers = 3;
        await Should.ThrowAsync<StoreUnavailableException>(_world.OrdersAsync(Text));
    }

    [Fact]
    public async Task One_content_as_orders_and_as_customers_is_two_runs()
    {
        await _world.OrdersAsync(Text).Report();
        await _world.CustomersAsync(Text).Report();
        (await RunsAsync()).Select(r => r.Kind).ShouldBe(["customers", "orders"]);
    }

    [Fact]
    public async Task The_report_has_the_names_that_scripts_rely_on()
    {
        var report = await _world.OrdersAsync(Text).Report();
        var json = JsonSerializer.SerializeToElement(report, JsonSerializerOptions.Web);
        json.EnumerateObject()
            .Select(p => p.Name)
            .Take(8)
            .ShouldBe(["file", "rows", "accepted", "unchanged", "refused", "customers", "orders", "refusedFile"]);
        json.GetProperty("refusals")[0]
            .ToString()
            .ShouldBe(
                """{"line":5,"column":"date","value":"x","reason":"is not a date; write it as 2025-03-04 or 2025-03-04T10:11:12\u002B08:00"}"""
            );
        json.GetProperty("recognised")[0].ToString().ShouldBe("""{"header":"customer_id","column":"customer_id"}""");
    }

    private async Task<List<ImportRun>> RunsAsync()
    {
        var runs = new List<ImportRun>();
        await foreach (var run in new ImportRuns(_world.Store).AllAsync())
        {
            runs.Add(run);
        }

        return runs;
    }
}

using RetentionFuncs.Imports;
using RetentionFuncs.Imports.Uploads;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;
using static RetentionFuncs.Tests.Imports.Uploads.UploadWorld;

namespace RetentionFuncs.Tests.Imports.Uploads;

/// <summary>How an uploaded file is applied, slice by slice.</summary>
public sealed class ApplyingTests
{
    [Fact]
    public async Task A_hundred_thousand_rows_in_slices_come_to_the_same_as_in_one_go()
    {
        var file = ManyOrders.File(100_000, 11_000);
        using var world = new UploadWorld();
        using var local = new UploadWorld();
        var upload = await world.SendAsync(file);
        (await world.DeliverAsync()).ShouldBeGreaterThan(4);
        var (report, refused) = await local.InOneGoAsync("orders", file);

        Json(await world.ReportAsync(upload)).ShouldBe(Json(report));
        (report.Rows, report.Customers, report.Refused > 1000).ShouldBe((100_000, 11_000, true));
        (await world.RefusedRowsAsync(upload)).ShouldBe(refused);
        world.ShouldHold(local.Content());
        Directory.GetFiles(world.SpoolFolder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("customers", "customer_id,name,email\n", "c{0},Name {0},c{0}@post.linden.shop\n")]
    [InlineData("products", "sku,name,family,role,cost\n", "s{0},Tea {0},tea,profit,4.20\n")]
    public async Task Customers_and_products_go_the_same_way(string kind, string header, string row)
    {
        var file = Bytes(header + string.Concat(Enumerable.Range(0, 5_000).Select(i => string.Format(row, i))));
        using var world = new UploadWorld();
        using var local = new UploadWorld();
        var upload = await world.SendAsync(file, kind);
        (await world.DeliverAsync()).ShouldBe(3);
        var (report, _) = await local.InOneGoAsync(kind, file);
        Json(await world.ReportAsync(upload)).ShouldBe(Json(report));
        world.ShouldHold(local.Content());
    }

    [Fact]
    public async Task The_progress_of_every_slice_is_seen()
    {
        var file = ManyOrders.File(24_000, 6_000);
        using var world = new UploadWorld();
        var upload = await world.SendAsync(file);
        (await world.NowAsync(upload)).Position.ShouldBeNull();
        await world.Apply.HandleAsync(ApplyUpload.MessageOf(await world.NowAsync(upload)));
        var first = (await world.NowAsync(upload)).Position.ShouldNotBeNull();
        await world.Apply.HandleAsync(ApplyUpload.MessageOf(await world.NowAsync(upload)));
        var second = (await world.NowAsync(upload)).Position.ShouldNotBeNull();
        first.Rows.ShouldBe(24_000);
        first.Accepted.ShouldBeInRange(6_000, 10_000);
        second.Accepted.ShouldBeInRange(first.Accepted + 6_000, 20_000);
        string.CompareOrdinal(first.After, second.After).ShouldBeLessThan(0);
    }

    [Fact]
    public async Task Nothing_is_applied_twice_when_every_slice_begins_where_the_last_one_ended()
    {
        var file = ManyOrders.File(24_000, 6_000);
        using var world = new UploadWorld();
        var written = new Dictionary<string, int>();
        world.Trip.Store.Committed = (partition, writes) =>
        {
            if (partition.Table == StoreTable.Customers)
            {
                written[partition.Key] = written.GetValueOrDefault(partition.Key) + 1;
            }
        };
        world.Trip.Store.ResetWork();
        await world.SendAsync(file);
        await world.DeliverAsync();
        written.Count.ShouldBe(6_000);
        written.Values.ShouldAllBe(n => n == 2, "the contact once and the orders once");
    }

    [Fact]
    public async Task A_crash_anywhere_repeats_what_came_after_the_last_position_and_the_content_is_the_same()
    {
        var file = ManyOrders.File(12_000, 5_000);
        using var local = new UploadWorld();
        var (whole, refused) = await local.InOneGoAsync("orders", file);
        var content = local.Content();
        foreach (var crashAt in new[] { 3, 700, 9_000, 11_000, 20_011, 20_013 })
        {
            using var world = new UploadWorld();
            var upload = await world.SendAsync(file);
            var commits = 0;
            world.Trip.Store.Committed = (_, _) =>
            {
                if (++commits == crashAt)
                {
                    throw new StoreUnavailableException("gone");
                }
            };
            world.Trip.Queue.ThrowsThrough = false;
            await world.DeliverAsync();
            world.Trip.Queue.Parked.ShouldBeEmpty();
            commits.ShouldBeGreaterThan(crashAt);
            var report = await world.ReportAsync(upload);
            (report.Rows, report.Accepted, report.Refused, report.Customers, report.Orders).ShouldBe(
                (whole.Rows, whole.Accepted, whole.Refused, whole.Customers, whole.Orders)
            );
            (await world.RefusedRowsAsync(upload)).ShouldBe(refused);
            world.ShouldHold(content, $"crashed at commit {crashAt}");
            Directory.GetFiles(world.SpoolFolder).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task The_moment_of_recording_is_the_same_in_every_slice_however_long_it_takes()
    {
        using var world = new UploadWorld();
        var begun = world.Trip.Clock.Now;
        var upload = await world.SendAsync(ManyOrders.File(6_000, 5_000));
        while ((await world.NowAsync(upload)).State == UploadState.Applying)
        {
            await world.Apply.HandleAsync(ApplyUpload.MessageOf(await world.NowAsync(upload)));
            world.Trip.Clock.Now = world.Trip.Clock.Now.AddHours(1);
        }

        var orders = world
            .Trip.Store.Everything(StoreTable.Customers)
            .Where(r => r.Row.Properties.Has("recordedAt") && r.Row.Properties.Has("content"));
        orders.Select(r => r.Row.Properties.Instant("recordedAt")).Distinct().ShouldBe([begun]);
    }

    [Fact]
    public async Task A_file_that_is_refused_as_a_whole_says_where_and_why_and_may_be_tried_with_other_declarations()
    {
        using var world = new UploadWorld();
        var file = Bytes("who,number,day,amount\nc1,o1,2025-01-02,5\n");
        var upload = await world.SendAsync(file);
        await world.DeliverAsync();
        var refused = await world.NowAsync(upload);
        refused.State.ShouldBe(UploadState.Refused);
        refused.Reason.ShouldNotBeNull().ShouldContain("customer_id");
        (await world.Receive.ReportAsync(refused)).ShouldBeNull();

        var columns = new Dictionary<string, string>
        {
            ["customer_id"] = "who",
            ["order_id"] = "number",
            ["date"] = "day",
        };
        var again = await world.BeginAsync(file, declared: new() { Columns = columns });
        (again.Id, again.IsWhole, again.Round).ShouldBe((upload.Id, true, 2));
        await world.CompleteAsync(again);
        await world.DeliverAsync();
        (await world.ReportAsync(upload)).Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_cut_off_is_refused_with_its_line_in_the_language_asked_for()
    {
        using var world = new UploadWorld();
        var file = Bytes("customer_id,order_id,date,amount\nc1,o1,2025-01-02,5\nc2,o2");
        var upload = await world.SendAsync(file, declared: new() { Language = "zh" });
        await world.DeliverAsync();
        var refused = await world.NowAsync(upload);
        (refused.State, refused.Line, refused.Reason).ShouldBe((UploadState.Refused, 3, "最后一行不完整：文件被截断，请重新导出"));
    }

    [Fact]
    public async Task An_empty_file_is_refused_like_everywhere()
    {
        using var world = new UploadWorld();
        var upload = await world.SendAsync([]);
        await world.DeliverAsync();
        (await world.NowAsync(upload)).State.ShouldBe(UploadState.Refused);
    }

    [Fact]
    public async Task The_same_file_after_it_is_done_needs_no_bytes_and_changes_nothing()
    {
        using var world = new UploadWorld();
        var file = ManyOrders.File(9_000, 5_000);
        var upload = await world.SendAsync(file);
        await world.DeliverAsync();
        var first = await world.ReportAsync(upload);
        var content = world.Content();

        var again = await world.BeginAsync(file);
        again.IsWhole.ShouldBeTrue();
        await world.CompleteAsync(again);
        await world.DeliverAsync();
        var second = await world.ReportAsync(upload);
        (second.Accepted, second.Unchanged).ShouldBe((first.Accepted, first.Accepted));
        world.ShouldHold(content);
    }

    [Fact]
    public async Task While_it_is_applied_the_same_file_is_found_and_other_declarations_are_refused()
    {
        using var world = new UploadWorld();
        var file = ManyOrders.File(6_000, 5_000);
        var upload = await world.SendAsync(file);
        await world.Trip.Queue.DeliverDueAsync(world.Apply);
        (await world.BeginAsync(file)).State.ShouldBe(UploadState.Applying);
        (await world.Receive.BeginAsync(Wish(file, declared: new() { Currency = "USD" }))).ShouldBeOfType<BeginAnswer.Busy>();
        (await world.NowAsync(upload)).Declared.Currency.ShouldBeNull();
    }

    [Fact]
    public async Task Two_deliveries_at_once_end_in_one_account()
    {
        using var world = new UploadWorld(TimeSpan.FromMinutes(4));
        var file = ManyOrders.File(12_000, 5_000);
        var upload = await world.SendAsync(file);
        var message = ApplyUpload.MessageOf(await world.NowAsync(upload));
        HandlerAnswer? second = null;
        world.Trip.Store.Committed = (partition, writes) =>
        {
            if (second is null && partition.Key == "upload|" + upload.Id)
            {
                // At the first saved position of the one, the other does all of it.
                second = HandlerAnswer.Finished;
                world.Apply.HandleAsync(message).AsTask().GetAwaiter().GetResult();
            }
        };
        var first = await world.Apply.HandleAsync(message);
        first.ShouldBeOfType<HandlerAnswer.RetryAt>().At.ShouldBe(world.Trip.Clock.Now + world.Options.SliceTime);
        var done = await world.NowAsync(upload);
        done.State.ShouldBe(UploadState.Done);
        (await world.Apply.HandleAsync(message.Again())).ShouldBe(HandlerAnswer.Finished);
        (await world.ReportAsync(upload)).Rows.ShouldBe(12_000);
    }

    [Fact]
    public async Task Given_up_while_it_is_applied_it_stops_at_the_next_position()
    {
        using var world = new UploadWorld();
        var upload = await world.SendAsync(ManyOrders.File(6_000, 5_000));
        await world.Trip.Queue.DeliverDueAsync(world.Apply);
        var customers = world.Content().Length;
        await world.Receive.AbandonAsync(upload.Id);
        await world.DeliverAsync();
        world.Content().Length.ShouldBe(customers);
        (await world.NowAsync(upload)).State.ShouldBe(UploadState.Abandoned);
        world.InboxRows.ShouldBe(2);
    }
}

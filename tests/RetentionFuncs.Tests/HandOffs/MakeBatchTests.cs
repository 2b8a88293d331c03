using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.HandOffs;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Joining;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.HandOffs;

/// <summary>A list that was given out never changes: not by who makes one at the same time, and not by what fails on the way.</summary>
public sealed class MakeBatchTests
{
    private const Channel Calls = Channel.Phone;
    private static readonly HandClock Clock = new(DateTimeOffset.Parse("2026-03-09T10:00:00+01:00", null));

    private static MakeBatch Maker(IRowStore store) => new(store, new BusinessCalendar("Europe/Berlin"), Clock);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.03, 0.05, 0.1)]
    public async Task Whoever_makes_lists_at_once_gives_each_contact_into_one_list_that_stays_as_it_was_given(
        double crash,
        double unavailable,
        double lost
    )
    {
        for (ulong seed = 1; seed <= 150; seed++)
        {
            var world = new ListMakers(seed, new FaultRates(crash, unavailable, lost, 0));
            await world.RunAsync();
            await world.ShouldHaveListedEverybodyOnceAsync($"seed {seed}");
        }
    }

    [Fact]
    public async Task A_second_caller_may_do_all_its_work_between_any_two_steps_of_the_first()
    {
        for (var at = 0; ; at++)
        {
            var inner = SimRowStore.Quiet();
            var given = new List<(HandOffBatch Batch, string[] Items)>();
            await PutAsync(inner, 0, 1, 2);
            var steps = new SteppedStore(inner);
            steps.Before(at, () => ArriveAndMakeAsync(inner, given));
            await MakeAsync(steps, inner, given);
            if (steps.Calls <= at)
            {
                at.ShouldBeGreaterThan(8);
                return;
            }

            await MakeAsync(inner, inner, given);

            var tray = new HandOffTray(inner);
            (await tray.CountAsync(Calls)).ShouldBe(0, $"between step {at}");
            var batches = await tray.BatchesAsync();
            batches.ShouldAllBe(b => b.IsClosed && b.Count > 0, $"between step {at}");
            batches
                .SelectMany(b => ListMakers.ItemsOf(inner, b.Id))
                .Order()
                .ToArray()
                .ShouldBe(References(0, 1, 2, 3), $"between step {at}");
            given.ShouldAllBe(g => g.Items.SequenceEqual(ListMakers.ItemsOf(inner, g.Batch.Id)) && g.Batch.Count == g.Items.Length);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cut_off_at_any_step_the_list_is_finished_by_the_next_call(bool after)
    {
        for (var cut = 0; ; cut++)
        {
            var store = new CuttingStore();
            await PutAsync(store.Inner, 0, 1, 2);
            store.CutAt(cut, after);
            var whole = await TryAsync(store);
            store.CutAt(int.MaxValue, after);
            await PutAsync(store.Inner, 3);
            var given = new List<(HandOffBatch Batch, string[] Items)>();
            while (await MakeAsync(store, store.Inner, given)) { }

            var batches = await new HandOffTray(store).BatchesAsync();
            batches.ShouldAllBe(b => b.IsClosed && b.Count == ListMakers.ItemsOf(store.Inner, b.Id).Length && b.Count > 0, $"cut at {cut}");
            batches
                .SelectMany(b => ListMakers.ItemsOf(store.Inner, b.Id))
                .Order()
                .ToArray()
                .ShouldBe(References(0, 1, 2, 3), $"cut at {cut}");
            if (whole)
            {
                cut.ShouldBeGreaterThan(8);
                return;
            }
        }
    }

    [Fact]
    public async Task To_begin_a_list_costs_the_same_however_many_were_made_before()
    {
        var store = SimRowStore.Quiet();
        var reads = new List<int>();
        for (var i = 0; i < 40; i++)
        {
            await PutAsync(store, i);
            store.ResetWork();
            (await Maker(store).RunAsync(Calls))!.Id.ShouldBe($"phone-2026-03-09-{i + 1:00}");
            reads.Add(store.Work.RowsRead);
        }

        reads.Skip(1).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_list_left_open_before_lists_were_kept_track_of_is_finished_first()
    {
        var store = SimRowStore.Quiet();
        await PutAsync(store, 0);
        var old = new HandOffBatch("phone-2026-03-09-01", Calls, Clock.Now, false, 0);
        await store.PutAnyAsync(new PartitionId(StoreTable.Control, "handoff-batches"), old.Id, old.ToBag());
        (await Maker(store).RunAsync(Calls)).ShouldBe(old with { IsClosed = true, Count = 1 });
        await PutAsync(store, 1);
        (await Maker(store).RunAsync(Calls))!.Id.ShouldBe("phone-2026-03-09-02");
    }

    [Fact]
    public async Task The_lists_of_calls_and_of_text_messages_are_made_apart()
    {
        var store = SimRowStore.Quiet();
        await PutAsync(store, 0);
        (await Maker(store).RunAsync(Channel.Sms)).ShouldBeNull();
        (await new HandOffTray(store).TryPutAsync(Channel.Sms, ListMakers.Reference(1), "attempt")).ShouldBeTrue();
        (await Maker(store).RunAsync(Channel.Sms))!.Id.ShouldBe("sms-2026-03-09-01");
        (await Maker(store).RunAsync(Calls))!.Id.ShouldBe("phone-2026-03-09-01");
    }

    private static async Task ArriveAndMakeAsync(SimRowStore store, List<(HandOffBatch, string[])> given)
    {
        await PutAsync(store, 3);
        await MakeAsync(store, store, given);
    }

    private static async Task<bool> MakeAsync(IRowStore through, SimRowStore store, List<(HandOffBatch, string[])> given)
    {
        if (await Maker(through).RunAsync(Calls) is not { } batch)
        {
            return false;
        }

        given.Add((batch, ListMakers.ItemsOf(store, batch.Id)));
        return true;
    }

    private static async Task<bool> TryAsync(IRowStore store)
    {
        try
        {
            return await Maker(store).RunAsync(Calls) is not null;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    private static async Task PutAsync(SimRowStore store, params int[] numbers)
    {
        foreach (var number in numbers)
        {
            (await new HandOffTray(store).TryPutAsync(Calls, ListMakers.Reference(number), "attempt")).ShouldBeTrue();
        }
    }

    private static string[] References(params int[] numbers) => [.. numbers.Select(n => ListMakers.Reference(n).ToString())];
}

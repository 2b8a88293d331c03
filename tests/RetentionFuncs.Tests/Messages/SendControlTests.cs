using RetentionFuncs.Messages;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Messages;

/// <summary>Processes that share one account and one store.</summary>
public sealed class SendControlTests
{
    private static readonly SendLimits Limits = new(10, 5, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), 3);
    private static readonly SendResult.SystemicRefusal Key = new("401");
    private static readonly SendResult.Accepted Taken = new("m");

    private readonly HandClock _clock = new(DateTimeOffset.Parse("2026-03-02T10:00:00Z", null));
    private readonly SimRowStore _store = SimRowStore.Quiet();

    private SendControl Process() => new(_store, new SendGovernor(Limits), _clock);

    private ValueTask<SendPermit> AskAsync(SendControl process) => process.AskAsync(_clock.Now);

    private async Task<DateTimeOffset> WaitsAsync(SendControl process) =>
        (await AskAsync(process)).ShouldBeOfType<SendPermit.WaitUntil>().At;

    private async Task ReadyAsync(SendControl process) => (await AskAsync(process)).ShouldBe(SendPermit.Ready.Instance);

    private ValueTask<BreakerChange> TellAsync(SendControl process, SendResult result) => process.TellAsync(result, _clock.Now);

    [Fact]
    public async Task What_one_process_learns_stops_all_within_five_seconds()
    {
        var (a, b) = (Process(), Process());
        await ReadyAsync(a);
        await ReadyAsync(b);
        (await TellAsync(a, Key)).ShouldBe(BreakerChange.Opened);

        (await WaitsAsync(a)).ShouldBe(_clock.Now.AddMinutes(5), "who noticed stops at once");
        _clock.Now = _clock.Now.AddSeconds(4.9);
        await ReadyAsync(b);
        _clock.Now = _clock.Now.AddSeconds(0.1);
        (await WaitsAsync(b)).ShouldBe(_clock.Now.AddMinutes(5).AddSeconds(-5));
    }

    /// <summary>The bound of design S15, by count: what goes out after a stop is what was in flight and five seconds of sends.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Catalogue_102_after_a_stop_no_more_goes_out_than_was_in_flight_and_five_seconds_of_sends(int others)
    {
        var (first, rest) = (Process(), Enumerable.Range(0, others).Select(_ => Process()).ToArray());
        // The others have just read the row when it changes: the worst moment.
        for (var i = 0; i < 101; i++)
        {
            foreach (var process in rest)
            {
                await AskAsync(process);
            }

            _clock.Now = _clock.Now.AddMilliseconds(50);
        }

        await TellAsync(first, Key);
        var after = 0;
        for (var i = 0; i < 2000; i++)
        {
            foreach (var process in rest)
            {
                after += await AskAsync(process) is SendPermit.Ready ? 1 : 0;
            }

            _clock.Now = _clock.Now.AddMilliseconds(50);
        }

        after.ShouldBeLessThanOrEqualTo((int)(others * Limits.PerSecond * SendControl.CacheFor.TotalSeconds));
        after.ShouldBeGreaterThan(
            (int)(others * Limits.PerSecond * SendControl.CacheFor.TotalSeconds * 0.9),
            "the bound is not an idle one"
        );
    }

    [Fact]
    public async Task One_message_over_all_processes_tries_and_its_acceptance_opens_the_way_for_all()
    {
        var all = Enumerable.Range(0, 4).Select(_ => Process()).ToArray();
        await TellAsync(all[0], Key);
        _clock.Now = _clock.Now.AddMinutes(5);
        var ready = new List<SendControl>();
        foreach (var process in all)
        {
            if (await AskAsync(process) is SendPermit.Ready)
            {
                ready.Add(process);
            }
        }

        var tries = ready.ShouldHaveSingleItem();
        (await TellAsync(tries, Taken)).ShouldBe(BreakerChange.Closed);
        _clock.Now = _clock.Now.AddSeconds(5);
        foreach (var process in all)
        {
            await ReadyAsync(process);
        }

        (await all[1].StandingAsync()).IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task A_try_of_another_process_that_fails_doubles_the_wait_for_all()
    {
        var (a, b) = (Process(), Process());
        await TellAsync(a, Key);
        foreach (var minutes in new[] { 5, 10, 15, 15 })
        {
            (await b.StandingAsync()).ProbeAt.ShouldBe(_clock.Now.AddMinutes(minutes));
            _clock.Now = _clock.Now.AddMinutes(minutes);
            await ReadyAsync(b);
            (await TellAsync(b, new SendResult.SystemicRefusal("403"))).ShouldBe(BreakerChange.None, "it was known");
            (await b.StandingAsync()).Why.ShouldBe("403");
        }
    }

    [Fact]
    public async Task A_try_whose_result_never_comes_does_not_stop_sending_for_ever()
    {
        var (a, b) = (Process(), Process());
        await TellAsync(a, Key);
        _clock.Now = _clock.Now.AddMinutes(5);
        await ReadyAsync(a);
        (await WaitsAsync(b)).ShouldBe(_clock.Now.AddMinutes(5));
        _clock.Now = _clock.Now.AddMinutes(5);
        await ReadyAsync(b);
    }

    [Fact]
    public async Task Answers_under_way_when_it_stopped_neither_open_nor_lengthen_it()
    {
        var (a, b) = (Process(), Process());
        await ReadyAsync(b);
        await TellAsync(a, Key);
        var until = (await a.StandingAsync()).ProbeAt;
        (await TellAsync(a, Taken)).ShouldBe(BreakerChange.None);
        _clock.Now = _clock.Now.AddSeconds(20);
        (await TellAsync(b, Key)).ShouldBe(BreakerChange.None);

        (await b.StandingAsync()).ShouldSatisfyAllConditions(s => s.IsOpen.ShouldBeTrue(), s => s.ProbeAt.ShouldBe(until));
    }

    [Fact]
    public async Task A_person_closes_it_for_all_and_the_row_says_who()
    {
        var (a, b, c) = (Process(), Process(), Process());
        await TellAsync(a, Key);
        await WaitsAsync(b);
        (await c.CloseAsync("mei@linden.shop", "The key was renewed.")).ShouldBeTrue();
        await ReadyAsync(c);
        _clock.Now = _clock.Now.AddSeconds(5);
        await ReadyAsync(a);
        await ReadyAsync(b);

        (await a.StandingAsync()).ShouldSatisfyAllConditions(
            s => s.By.ShouldBe("mei@linden.shop"),
            s => s.Why.ShouldBe("The key was renewed.")
        );
        (await c.CloseAsync("mei@linden.shop", "Again.")).ShouldBeFalse();
        (await TellAsync(a, Key)).ShouldBe(BreakerChange.Opened, "and it may stop again");
    }

    [Fact]
    public async Task A_stop_that_the_store_did_not_take_holds_this_process_and_is_written_at_the_next_question()
    {
        var down = new DownStore(_store);
        var (a, b) = (new SendControl(down, new SendGovernor(Limits), _clock), Process());
        down.IsDown = true;
        (await TellAsync(a, Key)).ShouldBe(BreakerChange.Opened);
        await Should.ThrowAsync<StoreUnavailableException>(async () => await AskAsync(a));
        await ReadyAsync(b);
        down.IsDown = false;
        await WaitsAsync(a);
        _clock.Now = _clock.Now.AddSeconds(5);
        await WaitsAsync(b);
    }

    private sealed class DownStore(IRowStore inner) : IRowStore
    {
        public bool IsDown { get; set; }

        public ValueTask<RowPage> ReadAsync(PartitionId partition, RowRange range, int limit = 1000) =>
            IsDown ? throw new StoreUnavailableException("down") : inner.ReadAsync(partition, range, limit);

        public ValueTask<CommitResult> CommitAsync(PartitionId partition, IReadOnlyList<RowWrite> writes) =>
            IsDown ? throw new StoreUnavailableException("down") : inner.CommitAsync(partition, writes);
    }

    [Fact]
    public async Task A_process_that_starts_finds_the_stop_of_those_before_it()
    {
        await TellAsync(Process(), Key);
        (await WaitsAsync(Process())).ShouldBe(_clock.Now.AddMinutes(5));
    }

    [Fact]
    public async Task A_home_of_one_process_tries_at_once_when_it_is_started_again()
    {
        await TellAsync(Process(), Key);
        var again = Process();
        await again.TryAtOnceAsync();
        await ReadyAsync(again);
        await WaitsAsync(again);
        (await TellAsync(again, Taken)).ShouldBe(BreakerChange.Closed);
    }

    [Fact]
    public async Task A_stop_written_by_a_clock_years_ahead_ends_after_its_wait()
    {
        var (a, b) = (Process(), Process());
        await a.TellAsync(Key, _clock.Now.AddYears(10));
        (await WaitsAsync(b)).ShouldBe(_clock.Now.AddMinutes(5));
        _clock.Now = _clock.Now.AddMinutes(5);
        await ReadyAsync(b);
    }

    [Fact]
    public async Task Asking_reads_the_row_once_in_five_seconds()
    {
        var a = Process();
        for (var i = 0; i < 100; i++)
        {
            await AskAsync(a);
            _clock.Now = _clock.Now.AddMilliseconds(100);
        }

        _store.WorkOn(StoreTable.Control).Reads.ShouldBe(2);
    }

    [Theory]
    [InlineData(100, 10, 10, 1)]
    [InlineData(3, 4, 0.75, 2)]
    [InlineData(600, 1, 600, 10)]
    public void The_rate_of_the_account_is_divided_by_its_processes(double account, int instances, double perSecond, int burst)
    {
        var divided = SendLimits.Default.Divided(account, instances);

        (divided.PerSecond, divided.Burst).ShouldBe((perSecond, burst));
    }
}

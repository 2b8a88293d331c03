using RetentionFuncs.Backlogs;
using RetentionFuncs.Customers;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Backlogs;

public sealed class WaitingLineTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.Parse("2026-03-02T10:00:00Z", null);
    private readonly TripWorld _world = new();
    private readonly WaitingLine _line;

    public WaitingLineTests() => _line = new WaitingLine(_world.Store, "win-back");

    private SimRowStore Store => _world.Store;

    private WaitingCustomer Who(int number, decimal worth, ValueTier? tier = ValueTier.Standard) =>
        new(_world.KeyOf($"c{number}"), "2025-10-01", new DateOnly(2026, 1, 29), new BacklogRank(tier, worth), Start);

    private async Task<WaitingCustomer[]> FillAsync(int count)
    {
        var all = Enumerable.Range(0, count).Select(i => Who(i, i * 7 % 10)).ToArray();
        foreach (var who in all)
        {
            await _line.AddAsync(who);
        }

        return [.. all.OrderByDescending(w => w.Rank.Worth).ThenBy(w => w.Customer.Value, StringComparer.Ordinal)];
    }

    [Fact]
    public async Task The_line_is_one_over_all_shards_by_worth_and_by_key_where_it_is_equal()
    {
        var expected = await FillAsync(700);
        expected.Select(w => Shards.Of(w.Customer)).Distinct().Count().ShouldBe(Shards.Count);

        (await _line.ReadAsync().ToListAsync()).ShouldBe(expected);
        (await _line.ReadAsync(expected[299].Position).ToListAsync()).ShouldBe(expected[300..]);
        (await _line.CountAsync()).ShouldBe(700);
        (await _line.CountAsync(expected[450].Position)).ShouldBe(450);
    }

    [Fact]
    public async Task Whoever_takes_the_first_few_of_very_many_reads_a_page_of_each_shard()
    {
        await FillAsync(5_000);
        Store.ResetWork();

        (await _line.ReadAsync().Take(20).ToListAsync()).Count.ShouldBe(20);

        Store.WorkOn(StoreTable.Campaigns).RowsRead.ShouldBeLessThanOrEqualTo(Shards.Count * 32);
    }

    [Fact]
    public async Task Put_in_line_twice_a_customer_stands_once_and_with_another_worth_elsewhere()
    {
        await _line.AddAsync(Who(1, 5));
        await _line.AddAsync(Who(2, 6));
        await _line.AddAsync(Who(1, 5));
        (await _line.ReadAsync().ToListAsync()).ShouldBe([Who(2, 6), Who(1, 5)]);

        await _line.AddAsync(Who(1, 5, ValueTier.Key));
        (await _line.ReadAsync().ToListAsync()).ShouldBe([Who(1, 5, ValueTier.Key), Who(2, 6)]);
        (await _line.FindAsync(Who(1, 0).Customer)).ShouldBe(Who(1, 5, ValueTier.Key));
    }

    [Fact]
    public async Task Whoever_left_leaves_no_row_and_may_leave_twice()
    {
        await _line.AddAsync(Who(1, 5));
        (await _line.RemoveAsync(Who(1, 0).Customer)).ShouldBe(Who(1, 5));
        (await _line.RemoveAsync(Who(1, 0).Customer)).ShouldBeNull();
        Store.Everything(StoreTable.Campaigns).ShouldBeEmpty();
    }
}

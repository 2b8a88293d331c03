using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Touchpoints;
using static RetentionFuncs.ContactPolicy.SuppressionReason;

namespace RetentionFuncs.Tests.ContactPolicy;

/// <summary>The writes on an address's row: each once, each in spite of others, none for nothing.</summary>
public sealed class SuppressTests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-02T12:00:00Z", null);
    private static readonly AddressKey Address = new(new string('a', 26));

    private readonly BentStore _store = new(SimRowStore.Quiet());
    private readonly Suppress _suppress;

    public SuppressTests() => _suppress = new Suppress(_store);

    private static Suppression Of(SuppressionReason reason, int day = 0) => new(reason, Noon.AddDays(day), "test");

    private int Commits => _store.Commits.GetValueOrDefault(StoreTable.Addresses);

    [Theory]
    [InlineData(Bend.Conflict)]
    [InlineData(Bend.LostUnheard)]
    [InlineData(Bend.AppliedUnheard)]
    internal async Task A_suppression_that_meets_another_writer_or_a_lost_answer_stands_all_the_same(Bend bend)
    {
        await _suppress.RefuseTopicsAsync(Address, ["news"], Noon);
        _store.Bends = (_, number) => number is 2 or 3 ? bend : Bend.None;

        (await _suppress.RunAsync(Address, Of(Unsubscribed))).Suppression.ShouldBe(Of(Unsubscribed));

        var standing = await _suppress.ReadAsync(Address);
        (standing.Suppression, standing.RefusedTopics).ShouldBe((Of(Unsubscribed), "news"));
    }

    [Fact]
    public async Task What_somebody_else_wrote_between_the_look_and_the_write_is_kept()
    {
        await _suppress.RunAsync(Address, Of(NoOffers));
        var others = 0;
        _store.Before = _ =>
        {
            if (others++ == 0)
            {
                _suppress.PauseAsync(Address, new Pause(Noon, Noon.AddDays(9))).AsTask().GetAwaiter().GetResult();
            }
        };

        await _suppress.RunAsync(Address, Of(Unsubscribed, 1));

        var standing = await _suppress.ReadAsync(Address);
        (standing.Suppression, standing.Pause).ShouldBe((Of(Unsubscribed, 1), new Pause(Noon, Noon.AddDays(9))));
    }

    [Fact]
    public async Task Adding_says_whether_the_address_stands_otherwise_than_before()
    {
        (await _suppress.AddAsync(Address, Of(Manual))).ShouldBeTrue();
        (await _suppress.AddAsync(Address, Of(Manual, 1))).ShouldBeFalse();
        (await _suppress.AddAsync(Address, Of(Unsubscribed))).ShouldBeFalse();
        (await _suppress.AddAsync(Address, Of(HardBounce, 2))).ShouldBeTrue();
        (await _suppress.ReadAsync(Address)).Suppression.ShouldBe(Of(HardBounce, 2));
        Commits.ShouldBe(2);
    }

    /// <summary>Applied, the answer lost: the second look finds one's own word there already, and it was news all the same.</summary>
    [Fact]
    public async Task Adding_is_told_as_new_though_the_first_answer_was_lost()
    {
        _store.Bends = (_, number) => number == 1 ? Bend.AppliedUnheard : Bend.None;
        (await _suppress.AddAsync(Address, Of(Manual))).ShouldBeTrue();

        _store.Bends = (_, number) => number == 2 ? Bend.Conflict : Bend.None;
        (await _suppress.AddAsync(Address, Of(Complaint))).ShouldBeTrue();
    }

    [Fact]
    public async Task One_mail_a_day_asks_an_address_and_the_second_day_begins_a_day_later_to_the_tick()
    {
        var day = TimeSpan.FromDays(1);
        (await AskAsync("one", 0)).ShouldBe("one");
        (await AskAsync("two", day.Ticks - 1)).ShouldBe("one");
        (await AskAsync("two", day.Ticks)).ShouldBe("two");

        // The same request told again is the same request, whenever: it does not begin another day.
        (await AskAsync("two", 3 * day.Ticks)).ShouldBe("two");
        (await _suppress.ReadAsync(Address)).Pending!.At.ShouldBe(Noon.AddTicks(day.Ticks));

        async Task<string?> AskAsync(string id, long ticks) =>
            (await _suppress.AskAsync(Address, new PendingRequest(id, Noon.AddTicks(ticks)), day)).Pending?.Id;
    }

    [Theory]
    [InlineData(NoOffers, true)]
    [InlineData(Unsubscribed, true)]
    [InlineData(Manual, false)]
    [InlineData(Complaint, false)]
    [InlineData(HardBounce, false)]
    public async Task Nothing_asks_an_address_that_may_not_come_back(SuppressionReason reason, bool asks)
    {
        await _suppress.RunAsync(Address, Of(reason));

        var standing = await _suppress.AskAsync(Address, new PendingRequest("one", Noon), TimeSpan.FromDays(1));

        (standing.MayComeBack, standing.Pending is not null).ShouldBe((asks, asks));
    }

    [Fact]
    public async Task What_changes_nothing_writes_nothing()
    {
        await _suppress.RunAsync(Address, Of(Complaint));
        await _suppress.RefuseTopicsAsync(Address, ["news"], Noon);
        var commits = Commits;

        await _suppress.RefuseTopicsAsync(Address, ["news"], Noon.AddDays(1));
        await _suppress.LiftAsync(Address, Noon.AddDays(-1));
        await _suppress.FreeSlotAsync(Address, "t", "1");

        Commits.ShouldBe(commits);
    }
}

using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Joining;

/// <summary>What becomes of messages and journeys.</summary>
public sealed partial class JoinCustomersTests
{
    [Fact]
    public async Task What_was_planned_under_the_old_id_ends_with_its_reason_is_never_sent_and_not_planned_again()
    {
        await ReachCheckInAsync();
        await _world.Product.ReviewDue.RunAsync();
        (await _world.TouchesAsync("old")).Single().State.ShouldBe(TouchpointState.Planned);
        await MergeAsync("old", "new");

        await _world.Queue.DeliverDueAsync(_world.Product.Handler);
        await _world.TickEveryDayAsync("2026-06-30", "2026-07-20");

        _world.Provider.Accepted.ShouldBeEmpty();
        var touch = (await _world.TouchesAsync("old")).Single();
        (touch.State, touch.Reason).ShouldBe((TouchpointState.Skipped, nameof(GateReason.CustomerMerged)));
        JourneyEntry.AllOf(await _world.PartitionAsync("old")).Single().Status.ShouldBe(EntryStatus.Exited);
        (await _world.Product.AuditTouchpoints.RunAsync()).Planned.ShouldBe(1);
    }

    [Fact]
    public async Task A_journey_that_was_sent_to_the_old_id_is_not_begun_again_under_the_new_one()
    {
        await ReachCheckInAsync();
        await _world.TickAsync("2026-06-29");
        _world.Provider.Accepted.Count.ShouldBe(1);
        await MergeAsync("old", "new");
        await _world.TickEveryDayAsync("2026-06-30", "2026-07-30");

        _world.Provider.Accepted.Count.ShouldBe(1);
        var entry = JourneyEntry.AllOf(await _world.PartitionAsync("new")).Single();
        (entry.Status, entry.Reason, entry.EnteredAt).ShouldBe((EntryStatus.Exited, nameof(GateReason.CustomerMerged), null));
        var explained = (await _world.Product.ExplainCustomer.RunAsync("new", _world.Clock.Now))!;
        explained.Campaigns.Single().Messages.Count.ShouldBe(1);
        (await _world.Product.AuditTouchpoints.RunAsync()).LogRowsMended.ShouldBe(0);
    }

    [Fact]
    public async Task A_journey_goes_on_under_the_new_id_when_it_had_only_begun_to_want_it()
    {
        // Nothing entered yet: the person crosses into the stage under the new id and is written to once.
        await _world.CustomerAsync("old");
        await _world.OrderAsync("old", "2026-03-01");
        await _world.CustomerAsync("new");
        await _world.LaunchAsync(CampaignWorks.WinBack());
        await _world.TickEveryDayAsync("2026-03-02", "2026-06-20");
        await MergeAsync("old", "new");
        await _world.TickEveryDayAsync("2026-06-21", "2026-07-01");

        _world.Provider.Accepted.Count.ShouldBe(1);
        (await _world.TouchesAsync("new")).Single().State.ShouldBe(TouchpointState.Sent);
        (await _world.TouchesAsync("old")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_old_id_got_lately_counts_against_the_new_ones_limit()
    {
        await _world.CustomerAsync("new");
        await ReachCheckInAsync();
        await _world.TickAsync("2026-06-29");
        await MergeAsync("old", "new");

        var slots = CustomerGate.Of(await _world.PartitionAsync("new")).Slots;
        slots.Taken.Single().Touch.ShouldBe((await _world.TouchesAsync("old")).Single().Id.Value);
        await MergeAsync("old", "new");
        CustomerGate.Of(await _world.PartitionAsync("new")).Slots.Taken.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Evidence_and_links_of_messages_to_the_old_id_still_work()
    {
        await ReachCheckInAsync();
        await _world.TickAsync("2026-06-29");
        var touch = (await _world.TouchesAsync("old")).Single();
        await MergeAsync("old", "new");

        var delivered = new DeliveryEvent(touch.Reference, touch.AttemptId!, DeliveryEventKind.Delivered, null, _world.Clock.Now, null);
        (await _world.Product.RecordDeliveryEvents.RunAsync([delivered])).Recorded.ShouldBe(1);
        (await _world.TouchesAsync("old")).Single().DeliveredAt.ShouldNotBeNull();
        (await _world.Product.ChangePreferences.StopAsync(touch.Reference, "one-click", _world.Clock.Now)).ShouldNotBeNull();
        (await new Suppress(_world.Rows).ReadAsync(touch.Address!.Value)).Suppression!.Reason.ShouldBe(SuppressionReason.Unsubscribed);
        (await _world.PartitionAsync("new")).Contacts().Single().EmailConsent!.State.ShouldBe(ConsentState.Denied);
    }

    [Fact]
    public async Task A_report_credits_the_old_ids_entry_with_what_the_person_ordered_after_the_merge()
    {
        await ReachCheckInAsync();
        await _world.TickAsync("2026-06-29");
        await MergeAsync("old", "new");
        await _world.OrderAsync("new", "2026-07-02", 80);

        IReadOnlyList<RetentionFuncs.Reports.EntryOutcome> entries = [];
        await _world.Product.BuildReport.RunAsync(
            new DateOnly(2026, 7, 29),
            truth: (_, all) =>
            {
                entries = all;
                return null;
            }
        );
        (entries.Single().Converted, entries.Single().Customer).ShouldBe((true, _world.KeyOf("old")));
    }
}

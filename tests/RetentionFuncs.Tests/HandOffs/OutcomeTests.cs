using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.HandOffs;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.HandOffs;

public sealed class OutcomeTests
{
    private static readonly DateTimeOffset Called = DateTimeOffset.Parse("2026-03-10T15:00:00+08:00", null);

    [Fact]
    public async Task A_result_is_on_the_touchpoint_and_the_same_result_again_is_none()
    {
        var world = await HandOffWorld.OneAsync(Channel.Phone);
        (await world.TellAsync(TouchOutcome.Reached, Called, "东西很好")).ShouldBe(new OutcomeEnding.Done(Recorded.New));
        (await world.TellAsync(TouchOutcome.Reached, Called, "东西很好")).ShouldBe(new OutcomeEnding.Done(Recorded.Unchanged));
        var touch = await world.TouchAsync();
        touch.Outcome.ShouldBe(TouchOutcome.Reached);
        touch.OutcomeAt.ShouldBe(Called);
        touch.DeliveredAt.ShouldBe(Called);
        (await FactsAsync(world)).ShouldBe(1);
    }

    [Fact]
    public async Task Several_tries_are_all_kept_and_the_latest_counts_in_whatever_order_they_are_told()
    {
        var world = await HandOffWorld.OneAsync(Channel.Phone);
        await world.TellAsync(TouchOutcome.Reached, Called.AddDays(1));
        await world.TellAsync(TouchOutcome.NoAnswer, Called);
        (await world.TouchAsync()).Outcome.ShouldBe(TouchOutcome.Reached);
        (await FactsAsync(world)).ShouldBe(2);
    }

    [Fact]
    public async Task A_wrong_number_is_never_called_or_texted_again()
    {
        var world = await HandOffWorld.OneAsync(Channel.Phone);
        await world.TellAsync(TouchOutcome.WrongNumber, Called);
        (await world.StandingAsync()).Suppression!.Reason.ShouldBe(SuppressionReason.HardBounce);
    }

    [Fact]
    public async Task Who_wants_no_more_calls_has_refused_calls_and_the_number_is_closed_for_marketing()
    {
        var world = await HandOffWorld.OneAsync(Channel.Phone);
        await world.TellAsync(TouchOutcome.DoNotContact, Called);
        (await world.StandingAsync()).Suppression!.Reason.ShouldBe(SuppressionReason.Unsubscribed);
        (await world.Trip.PartitionAsync("c1")).Contacts()[0].PhoneConsent!.State.ShouldBe(ConsentState.Denied);
    }

    [Fact]
    public async Task A_complaint_on_the_phone_stops_promotion_to_the_customer()
    {
        var world = await HandOffWorld.OneAsync(Channel.Phone);
        await world.TellAsync(TouchOutcome.Complained, Called);
        CustomerGate.Of(await world.Trip.PartitionAsync("c1")).ComplaintSince.ShouldBe(Called);
    }

    [Fact]
    public async Task A_result_for_nobody_on_file_or_for_an_e_mail_is_refused()
    {
        var world = await HandOffWorld.OneAsync(Channel.Phone);
        var nobody = new TouchRef(world.Trip.KeyOf("nobody"), new TouchId("a"));
        var news = new OutcomeNews(nobody, TouchOutcome.Reached, null, null);
        (await world.Trip.Product.RecordOutcome.RunAsync(news, world.Trip.Clock.Now)).ShouldBeOfType<OutcomeEnding.Refused>();
    }

    private static async Task<int> FactsAsync(HandOffWorld world)
    {
        var count = 0;
        var range = RowRange.Prefix("x-outcome|");
        await foreach (var _ in world.Trip.Rows.ReadAllAsync(CustomerPartition.IdOf(world.Trip.KeyOf("c1")), range))
        {
            count++;
        }

        return count;
    }
}

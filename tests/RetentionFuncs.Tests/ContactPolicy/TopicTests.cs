using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.ContactPolicy.Histories;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.ContactPolicy.Confirmations;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.ContactPolicy;

public sealed class TopicTests
{
    private static async Task<(TripWorld World, Touchpoint Touch)> PlannedAsync(string? topic)
    {
        var world = (await SignUps.OpenAsync(answered: false)).World;
        await world.CustomerAsync("ada");
        await world.OrderAsync("ada", "2026-03-01");
        await world.LaunchAsync(CampaignWorks.AfterOrder(2) with { Topic = topic, ExitOnOrder = false });
        world.Clock.Now = DateTimeOffset.Parse("2026-03-03T10:00:00+01:00", null);
        await world.Product.ReviewDue.RunAsync();
        return (world, (await world.TouchesAsync("ada")).Single());
    }

    [Theory]
    [InlineData("news", TouchpointState.Skipped)]
    [InlineData("care", TouchpointState.Sent)]
    [InlineData(null, TouchpointState.Sent)]
    public async Task A_refused_topic_stops_the_campaigns_about_it_and_no_other(string? topic, TouchpointState state)
    {
        var (world, touch) = await PlannedAsync(topic);
        await world.Product.ChangePreferences.RefuseTopicsAsync(touch.Reference, ["news"], world.Clock.Now);
        await world.Queue.DeliverDueAsync(world.Product.Handler);

        var settled = (await world.TouchesAsync("ada")).Single();
        settled.State.ShouldBe(state);
        settled.Reason.ShouldBe(state == TouchpointState.Skipped ? nameof(GateReason.TopicRefused) : null);
        var last = (await world.Product.ReadConsents.RunAsync(world.KeyOf("ada"))).Entries[^1];
        (last.Act, last.Detail).ShouldBe((ConsentAct.TopicsRefused, "news"));
    }

    [Fact]
    public async Task A_topic_refused_after_the_gates_were_asked_still_stops_the_claim()
    {
        var (world, touch) = await PlannedAsync("news");
        var partition = await world.PartitionAsync("ada");
        var address = world.Secret.AddressKeyOf(RetentionFuncs.Customers.CustomerRows.Contacts(partition)[0].Email!);
        await world.Product.ChangePreferences.RefuseTopicsAsync(touch.Reference, ["news"], world.Clock.Now);
        var claim = new ClaimTouchpoint(world.Rows, world.Clock);
        var denied = await claim.RunAsync(
            await world.PartitionAsync("ada"),
            touch,
            address,
            "attempt",
            FrequencyCap.Default,
            world.Clock.Now,
            "news"
        );
        denied.ShouldBeOfType<ClaimResult.Denied>().Touch.Reason.ShouldBe(nameof(GateReason.TopicRefused));
    }

    [Fact]
    public void Refusing_is_kept_once_in_order_and_outlives_the_row()
    {
        var at = DateTimeOffset.Parse("2026-03-03T10:00:00+01:00", null);
        var standing = AddressStanding.Unknown.Refusing(["news", "care"], at).Refusing(["news"], at.AddDays(1));
        (standing.RefusedTopics, standing.TopicsRefusedAt).ShouldBe(("care news", at));
        var read = AddressStanding.Read(standing.ToBag());
        (read.Refuses("care"), read.Refuses("car"), read.Refuses("news"), read.TopicsRefusedAt).ShouldBe((true, false, true, at));
        AddressStanding.Read(new PropertyBag()).Refuses("news").ShouldBeFalse();
    }

    [Fact]
    public void A_topic_is_named_in_the_language_asked_whatever_its_region_else_in_any_else_by_its_key()
    {
        var topic = new Topic(
            "news",
            new Dictionary<string, string>
            {
                ["zh-TW"] = "消息",
                ["zh-CN"] = "资讯",
                ["en"] = "News",
            }
        );
        (topic.NameIn("zh"), topic.NameIn("en")).ShouldBe(("资讯", "News"));
        topic.NameIn("fr").ShouldBeOneOf("资讯", "消息", "News");
        (topic with { Names = new Dictionary<string, string>() }).NameIn("en").ShouldBe("news");
    }
}

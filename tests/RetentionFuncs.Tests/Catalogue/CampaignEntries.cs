using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Experiments;
using RetentionFuncs.Offers;
using RetentionFuncs.Tests.Campaigns;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Catalogue;

/// <summary>Entries about campaigns and whom they may reach that no room of its own holds.</summary>
public sealed class CampaignEntries
{
    private static readonly DateTimeOffset Morning = DateTimeOffset.Parse("2026-06-29T10:00:00+02:00", null);

    private static CampaignDecision DecideFor(string address, bool sandbox = false)
    {
        var open = Contexts.Open();
        EmailAddress.TryParse(address, out var email, out _).ShouldBeTrue();
        return CampaignDecisions.Decide(
            open with
            {
                Contact = open.Contact! with { Email = email },
                Settings = open.Settings with { Sandbox = sandbox },
            },
            Gates.AtEntry
        );
    }

    [Theory]
    [InlineData("postmaster@linden.shop", "postmaster")]
    [InlineData("NoReply+x@linden.shop", "noreply")]
    [InlineData("Mailer-Daemon@linden.shop", "mailer-daemon")]
    public void Catalogue_042_a_role_mailbox_is_skipped_and_named(string address, string role)
    {
        DecideFor(address).ShouldBe(new CampaignDecision.Skip(Gate.AddressUsable, GateReason.RoleAddress, role));
        DecideFor("post." + address).ShouldBeOfType<CampaignDecision.Send>();
    }

    [Theory]
    [InlineData("a@example.com")]
    [InlineData("a@mail.example.org")]
    [InlineData("a@shop.invalid")]
    [InlineData("a@shop.test")]
    public void Catalogue_043_a_domain_that_reaches_nobody_is_skipped_unless_the_shop_is_a_sandbox(string address)
    {
        DecideFor(address)
            .ShouldBe(new CampaignDecision.Skip(Gate.AddressUsable, GateReason.ReservedDomain, address[(address.IndexOf('@') + 1)..]));
        DecideFor(address, sandbox: true).ShouldBeOfType<CampaignDecision.Send>();
        DecideFor("a@example.shop").ShouldBeOfType<CampaignDecision.Send>();
    }

    /// <summary>New rules for a zone are, to a message that is planned, the same as another zone.</summary>
    [Fact]
    public async Task Catalogue_065_the_hour_is_worked_out_again_at_the_claim()
    {
        var world = await PlannedAsync(CampaignWorks.WinBack());
        await world.CustomerAsync("c1", c => c with { Zone = "America/New_York" });

        await world.Queue.DeliverDueAsync(world.Product.SendTouchpoint);

        world.Provider.Calls.ShouldBe(0);
        var touch = (await world.TouchesAsync("c1")).Single();
        (touch.State, touch.DueAt).ShouldBe((TouchpointState.Planned, DateTimeOffset.Parse("2026-06-29T09:00:00-04:00", null)));
    }

    [Fact]
    public async Task Catalogue_077_a_message_whose_offer_has_ended_meanwhile_is_not_sent()
    {
        var campaign = CampaignWorks.WinBack();
        var offer = (JourneyStep.Message)campaign.Steps[2] with { Offer = new PercentOffer(10, 1), ValidForDays = 5 };
        var world = await PlannedAsync(campaign with { Steps = [offer] });
        (await world.TouchesAsync("c1")).Single().Coupon!.EndsOn.ShouldBe(new DateOnly(2026, 6, 29));

        world.Clock.Now = Morning.AddDays(1);
        await world.Queue.DeliverDueAsync(world.Product.SendTouchpoint);

        world.Provider.Calls.ShouldBe(0);
        (await world.TouchesAsync("c1")).Single().State.ShouldBe(TouchpointState.Expired);
    }

    [Fact]
    public async Task Catalogue_077_on_its_last_day_the_offer_is_still_sent()
    {
        var campaign = CampaignWorks.WinBack();
        var offer = (JourneyStep.Message)campaign.Steps[2] with { Offer = new PercentOffer(10, 2), ValidForDays = 5 };
        var world = await PlannedAsync(campaign with { Steps = [offer] });

        world.Clock.Now = Morning.AddDays(1);
        await world.Queue.DeliverDueAsync(world.Product.SendTouchpoint);

        world.Provider.Accepted.Count.ShouldBe(1);
    }

    [Fact]
    public void Catalogue_078_a_draw_is_the_same_whenever_it_is_made_and_a_share_outside_its_range_is_refused()
    {
        for (var i = 0; i < 1000; i++)
        {
            var person = new PersonKey($"person{i:D20}");
            ControlDraw.ArmOf("win-back", person, 0.3m).ShouldBe(ControlDraw.ArmOf("win-back", new PersonKey(person.Value), 0.3m));
        }

        Should.Throw<ArgumentOutOfRangeException>(() => ControlDraw.ArmOf("win-back", new PersonKey("a"), 1.01m));
        Should.Throw<ArgumentOutOfRangeException>(() => ControlDraw.ArmOf("win-back", new PersonKey("a"), -0.01m));
    }

    [Fact]
    public async Task Catalogue_080_what_runs_keeps_the_version_it_began_with()
    {
        var world = await PlannedAsync(CampaignWorks.WinBack());
        var old = (await world.TouchesAsync("c1")).Single().Version;
        var edited = CampaignWorks.VersionOf(CampaignWorks.WinBack() with { Priority = 11 });
        await world.Product.LaunchCampaign.ApplyAsync(edited);
        await world.CustomerAsync("c2");
        await world.OrderAsync("c2", "2026-03-02");

        await world.TickEveryDayAsync("2026-06-29", "2026-07-10");

        (await world.TouchesAsync("c1"))
            .Select(t => (t.Step, t.Version, t.State))
            .ShouldBe([("check-in", old, TouchpointState.Sent), ("offer", old, TouchpointState.Sent)]);
        (await world.TouchesAsync("c2")).ShouldAllBe(t => t.Version == edited.Hash && t.Version != old);
    }

    [Fact]
    public async Task Catalogue_081_a_campaign_stopped_for_good_enters_nobody_and_sends_nothing()
    {
        var world = await PlannedAsync(CampaignWorks.WinBack());
        await world.Product.LaunchCampaign.StopAsync("win-back");
        await world.CustomerAsync("c2");
        await world.OrderAsync("c2", "2026-03-02");

        await world.TickEveryDayAsync("2026-06-29", "2026-07-10");

        world.Provider.Calls.ShouldBe(0);
        (await world.TouchesAsync("c1")).ShouldAllBe(t => t.State == TouchpointState.Skipped);
        (await world.TouchesAsync("c2")).ShouldBeEmpty();
    }

    /// <summary>Customer c1 with a first message planned on 29 June at ten, not sent yet.</summary>
    private static async Task<TripWorld> PlannedAsync(Campaign campaign)
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-01");
        await world.LaunchAsync(campaign);
        await world.TickEveryDayAsync("2026-06-25", "2026-06-28");
        world.Clock.Now = Morning;
        await world.Product.ReviewDue.RunAsync();
        return world;
    }
}

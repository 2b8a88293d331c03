using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Experiments;
using RetentionFuncs.Explanations;

namespace RetentionFuncs.Tests.Campaigns;

public sealed class GatesTests
{
    private static readonly DecisionContext Open = Contexts.Open();

    private static CampaignDecision Decide(DecisionContext context) => CampaignDecisions.Decide(context, Gates.AtEntry);

    [Fact]
    public void When_every_gate_lets_it_pass_the_message_is_sent_now() =>
        Decide(Open).ShouldBe(new CampaignDecision.Send(TestArm.Treatment, Open.Now));

    public static TheoryData<string, Gate, GateReason> Skips =>
        new()
        {
            { "stopped", Gate.Live, GateReason.CampaignNotLive },
            { "not started", Gate.Live, GateReason.NotStartedYet },
            { "ended", Gate.Live, GateReason.CampaignEnded },
            { "crossed 8 days ago", Gate.Live, GateReason.CrossedBeforeStart },
            { "not in audience", Gate.Audience, GateReason.NotInAudience },
            { "no consent", Gate.Consent, GateReason.NoConsent },
            { "denied", Gate.Consent, GateReason.ConsentDenied },
            { "soft opt-in in China", Gate.Consent, GateReason.ConsentNotExpress },
            { "implied and two years old", Gate.Consent, GateReason.ConsentTooOld },
            { "implied in Germany", Gate.Consent, GateReason.ConsentOnlyImplied },
            { "no proof and no sale in Germany", Gate.Consent, GateReason.ConsentNotConfirmed },
            { "soft opt-in without a sale", Gate.Consent, GateReason.SaleMissing },
            { "Irish, a year after the sale", Gate.Consent, GateReason.FirstMessageTooLate },
            { "a child's birthday", Gate.Consent, GateReason.TooYoung },
            { "topic refused", Gate.Suppressed, GateReason.TopicRefused },
            { "unsubscribed", Gate.Suppressed, GateReason.Unsubscribed },
            { "bounced", Gate.Suppressed, GateReason.HardBounced },
            { "refuses profiling", Gate.DoNotProfile, GateReason.ProfilingRefused },
            { "nobody there", Gate.AddressUsable, GateReason.NobodyToWriteTo },
            { "no address", Gate.AddressUsable, GateReason.NoAddress },
            { "role mailbox", Gate.AddressUsable, GateReason.RoleAddress },
            { "reserved domain", Gate.AddressUsable, GateReason.ReservedDomain },
            { "complaint open", Gate.Complaint, GateReason.ComplaintOpen },
            { "budget spent", Gate.Budget, GateReason.BudgetSpent },
            { "expired", Gate.Live, GateReason.Expired },
        };

    [Theory]
    [MemberData(nameof(Skips))]
    public void A_skip_names_the_gate_that_spoke(string fact, Gate gate, GateReason reason)
    {
        var skip = Decide(With(fact)).ShouldBeOfType<CampaignDecision.Skip>();
        (skip.Gate, skip.Reason).ShouldBe((gate, reason));
        ReasonSentences.Of(reason, skip.Detail).Zh.ShouldNotBe(ReasonSentences.Of(reason, skip.Detail).En);
    }

    private static DecisionContext With(string fact) =>
        fact switch
        {
            "stopped" => Open with { Head = Open.Head with { Status = CampaignStatus.Stopped } },
            "not started" => Open with { Head = Open.Head with { StartOn = Open.Today.AddDays(1) } },
            "ended" => Open with { Campaign = Open.Campaign with { End = Open.Today } },
            "crossed 8 days ago" => Open with { TriggerDay = Open.Today.AddDays(-8) },
            "not in audience" => Open with { Facts = Open.Facts! with { Stage = RetentionFuncs.Scoring.LapseStage.Cooling } },
            "no consent" => Contact(c => c with { EmailConsent = null }),
            "denied" => Contact(c => c with { EmailConsent = c.EmailConsent! with { State = ConsentState.Denied } }),
            "soft opt-in in China" => Contact(c =>
                c with
                {
                    Country = "CN",
                    EmailConsent = c.EmailConsent! with { Basis = ConsentBasis.SoftOptIn },
                }
            ),
            "implied and two years old" => Contact(c =>
                c with
                {
                    Country = "CA",
                    EmailConsent = c.EmailConsent! with { Basis = ConsentBasis.Implied },
                }
            ) with
            {
                Summary = Open.Summary with { PurchaseDays = [Open.Today.AddMonths(-24)] },
            },
            "implied in Germany" => Contact(c => c with { EmailConsent = c.EmailConsent! with { Basis = ConsentBasis.Implied } }),
            "no proof and no sale in Germany" => Open with { Summary = Open.Summary with { PurchaseDays = [] } },
            "soft opt-in without a sale" => Contact(c =>
                c with
                {
                    EmailConsent = c.EmailConsent! with { Basis = ConsentBasis.SoftOptIn },
                }
            ) with
            {
                Summary = Open.Summary with { PurchaseDays = [] },
            },
            "Irish, a year after the sale" => Contact(c =>
                c with
                {
                    Country = "IE",
                    EmailConsent = c.EmailConsent! with { Basis = ConsentBasis.SoftOptIn },
                }
            ) with
            {
                Summary = Open.Summary with { PurchaseDays = [Open.Today.AddMonths(-12)] },
            },
            "a child's birthday" => Contact(c =>
                c with
                {
                    Birthday = new Birthday(Open.Today.Year - 10, Open.Today.Month, Open.Today.Day),
                }
            ) with
            {
                Campaign = Open.Campaign with { Trigger = new CampaignTrigger.BirthdayCame() },
            },
            "topic refused" => Open with
            {
                Campaign = Open.Campaign with { Topic = "news" },
                Address = Open.Address.Refusing(["news", "care"], Open.Now),
            },
            "unsubscribed" => Suppressed(SuppressionReason.Unsubscribed),
            "bounced" => Suppressed(SuppressionReason.HardBounce),
            "refuses profiling" => Open with { Customer = Open.Customer with { DoNotProfile = true } },
            "nobody there" => Open with { Contact = null },
            "no address" => Contact(c => c with { Email = null }),
            "role mailbox" => Contact(c => c with { Email = Mail("NoReply+x@linden.shop") }),
            "reserved domain" => Contact(c => c with { Email = Mail("ada@mail.example.com") }),
            "complaint open" => Open with { ComplaintOpen = true },
            "budget spent" => Open with { BudgetLeft = false },
            "expired" => Open with { ExpiresAt = Open.Now },
            _ => throw new ArgumentOutOfRangeException(nameof(fact)),
        };

    private static DecisionContext Contact(Func<Contact, Contact> change) => Open with { Contact = change(Open.Contact!) };

    private static DecisionContext Suppressed(SuppressionReason reason) =>
        Open with
        {
            Address = Open.Address with { Suppression = new Suppression(reason, Open.Now.AddDays(-1), "test") },
        };

    private static EmailAddress Mail(string text)
    {
        EmailAddress.TryParse(text, out var email, out _).ShouldBeTrue();
        return email;
    }

    [Theory]
    [InlineData(-7, true)]
    [InlineData(-8, false)]
    public void A_crossing_counts_as_news_for_seven_days(int days, bool passes) =>
        (Decide(Open with { TriggerDay = Open.Today.AddDays(days) }) is CampaignDecision.Send).ShouldBe(passes);

    [Theory]
    [InlineData(-23, -1, true)]
    [InlineData(-24, 0, false)]
    public void Consent_implied_by_a_purchase_ends_after_twenty_four_months(int months, int days, bool passes)
    {
        var context = Contact(c => c with { Country = "CA", EmailConsent = c.EmailConsent! with { Basis = ConsentBasis.Implied } });
        context = context with { Summary = context.Summary with { PurchaseDays = [context.Today.AddMonths(months).AddDays(days)] } };
        (Decide(context) is CampaignDecision.Send).ShouldBe(passes);
    }

    [Fact]
    public void A_stronger_campaign_holds_the_weaker_until_tomorrow_and_skips_it_when_that_is_too_late()
    {
        var held = Decide(Open with { StrongerCampaign = "birthday" }).ShouldBeOfType<CampaignDecision.Hold>();
        (held.Gate, held.Until).ShouldBe((Gate.Competition, Open.Calendar.StartOf(Open.Today.AddDays(1))));
        Decide(Open with { StrongerCampaign = "birthday", ExpiresAt = Open.Now.AddHours(1) }).ShouldBeOfType<CampaignDecision.Skip>();
    }

    [Fact]
    public void At_the_cap_a_message_is_held_until_a_slot_is_free_and_skipped_when_that_is_too_late()
    {
        var slots = CapSlots
            .None.Take("x", "1", Open.Now.AddDays(-6), Open.Settings.Cap)
            .Take("y", "1", Open.Now.AddDays(-5), Open.Settings.Cap);
        var held = Decide(Open with { CustomerSlots = slots }).ShouldBeOfType<CampaignDecision.Hold>();
        (held.Reason, held.Until).ShouldBe((GateReason.CustomerCapped, Open.Now.AddDays(1)));
        var late = Decide(Open with { CustomerSlots = slots, ExpiresAt = Open.Now.AddHours(20) }).ShouldBeOfType<CampaignDecision.Skip>();
        late.Reason.ShouldBe(GateReason.CustomerCapped);
    }

    [Fact]
    public void A_service_message_needs_no_consent_no_slot_and_no_morning()
    {
        var night = Contexts.Open(DateTimeOffset.Parse("2026-06-29T23:00:00+02:00", null));
        var service = night with
        {
            Step = night.Step with { Purpose = MessagePurpose.Service },
            Contact = night.Contact! with { EmailConsent = null },
            Customer = night.Customer with { DoNotProfile = true },
            ComplaintOpen = true,
        };
        Decide(service).ShouldBe(new CampaignDecision.Send(TestArm.Treatment, service.Now));
    }

    [Fact]
    public void A_break_ends_by_itself()
    {
        var paused = Open with { Address = Open.Address with { Pause = new Pause(Open.Now.AddDays(-90), Open.Now) } };
        Decide(paused).ShouldBeOfType<CampaignDecision.Send>();
        var still = paused with { Address = paused.Address with { Pause = new Pause(Open.Now.AddDays(-90), Open.Now.AddTicks(1)) } };
        Decide(still).ShouldBeOfType<CampaignDecision.Skip>().Reason.ShouldBe(GateReason.PausedByPerson);
    }

    [Fact]
    public void A_break_also_stops_care_for_who_refused_offers()
    {
        var refused = Suppressed(SuppressionReason.NoOffers);
        Decide(refused).ShouldBeOfType<CampaignDecision.Send>();
        var both = refused with { Address = refused.Address with { Pause = new Pause(Open.Now, Open.Now.AddDays(90)) } };
        Decide(both).ShouldBeOfType<CampaignDecision.Skip>().Reason.ShouldBe(GateReason.PausedByPerson);
    }

    [Fact]
    public void The_draw_comes_after_every_gate_that_stops_for_good_and_before_the_night()
    {
        var night = Contexts.Open(DateTimeOffset.Parse("2026-06-29T23:00:00+02:00", null));
        var all = night with { Head = night.Head with { ControlShare = 1 } };
        Decide(all).ShouldBe(new CampaignDecision.Send(TestArm.Control, DateTimeOffset.Parse("2026-06-30T09:00:00+02:00", null)));
        Decide(all with { BudgetLeft = false }).ShouldBeOfType<CampaignDecision.Skip>();
    }

    [Fact]
    public void Every_reason_has_a_sentence_of_its_own_in_both_languages()
    {
        var reasons = Enum.GetValues<GateReason>();
        reasons.Select(r => ReasonSentences.Of(r, "x").En).Distinct().Count().ShouldBe(reasons.Length);
        reasons.Select(r => ReasonSentences.Of(r, "x").Zh).Distinct().Count().ShouldBe(reasons.Length);
    }
}

using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;

namespace RetentionFuncs.Tests.Campaigns;

/// <summary>Where each gate begins and ends to speak, to the minute and the day.</summary>
public sealed class GatesCornerTests
{
    private static readonly DecisionContext Open = Contexts.Open();

    private static CampaignDecision? Entry(DecisionContext c) => Gates.AtEntry.FirstToSpeak(c);

    private static CampaignDecision? Step(DecisionContext c) => Gates.AtStep.FirstToSpeak(c);

    private static CampaignDecision? Claim(DecisionContext c) => Gates.AtClaim.FirstToSpeak(c);

    private static GateReason? Skipped(CampaignDecision? decision) => (decision as CampaignDecision.Skip)?.Reason;

    private static DecisionContext By(Channel channel, string? phone = null, bool consent = true) =>
        Open with
        {
            Step = Open.Step with { Channel = channel },
            Contact = (Open.Contact! with { Phone = phone, Email = null, EmailConsent = null }) with
            {
                SmsConsent = consent && channel == Channel.Sms ? Open.Contact.EmailConsent : null,
                PhoneConsent = consent && channel == Channel.Phone ? Open.Contact.EmailConsent : null,
            },
        };

    [Theory]
    [InlineData(Channel.Sms, null, GateReason.NoNumber)]
    [InlineData(Channel.Sms, "12", GateReason.NoNumber)]
    [InlineData(Channel.Sms, "+86 10 12345678", GateReason.NotAMobile)]
    [InlineData(Channel.Sms, "+49 151 23456789", null)]
    [InlineData(Channel.Phone, null, GateReason.NoNumber)]
    [InlineData(Channel.Phone, "+49 30 1234567", null)]
    public void A_text_needs_a_mobile_and_a_call_any_number_and_neither_an_address(Channel channel, string? phone, GateReason? reason) =>
        Skipped(Entry(By(channel, phone))).ShouldBe(reason);

    [Theory]
    [InlineData(Channel.Sms)]
    [InlineData(Channel.Phone)]
    public void A_consent_speaks_for_its_own_channel_only(Channel channel) =>
        Skipped(Entry(By(channel, "+49 151 23456789", consent: false))).ShouldBe(GateReason.NoConsent);

    [Fact]
    public void Nobody_in_the_role_is_told_with_the_role() =>
        Entry(Open with { Contact = null }).ShouldBe(new CampaignDecision.Skip(Gate.AddressUsable, GateReason.NobodyToWriteTo, "primary"));

    [Theory]
    [InlineData("postmaster")]
    [InlineData("abuse")]
    [InlineData("noreply")]
    [InlineData("no-reply")]
    [InlineData("donotreply")]
    [InlineData("mailer-daemon")]
    [InlineData("hostmaster")]
    [InlineData("webmaster")]
    [InlineData("root")]
    [InlineData("security")]
    [InlineData("spam")]
    public void Every_role_mailbox_is_known(string role) =>
        Entry(To($"{role}@linden.shop")).ShouldBe(new CampaignDecision.Skip(Gate.AddressUsable, GateReason.RoleAddress, role));

    [Theory]
    [InlineData("example.com", true)]
    [InlineData("example.net", true)]
    [InlineData("example.org", true)]
    [InlineData("a.example.com", true)]
    [InlineData("a.example.net", true)]
    [InlineData("a.example.org", true)]
    [InlineData("a.test", true)]
    [InlineData("a.example", true)]
    [InlineData("a.invalid", true)]
    [InlineData("a.localhost", true)]
    [InlineData("notexample.com", false)]
    [InlineData("test.shop", false)]
    public void Domains_that_reach_nobody_are_known(string domain, bool reserved)
    {
        Entry(To($"a@{domain}"))
            .ShouldBe(reserved ? new CampaignDecision.Skip(Gate.AddressUsable, GateReason.ReservedDomain, domain) : null);
        Entry(To($"a@{domain}") with { Settings = Open.Settings with { Sandbox = true } }).ShouldBeNull();
    }

    private static DecisionContext To(string address)
    {
        EmailAddress.TryParse(address, out var email, out _).ShouldBeTrue();
        return Open with { Contact = Open.Contact! with { Email = email } };
    }

    [Fact]
    public void A_stop_of_all_sending_looks_again_in_five_minutes_and_a_pause_in_fifteen()
    {
        var killed = new CampaignDecision.Hold(Open.Now.AddMinutes(5), Gate.Live, GateReason.SendingStopped);
        var paused = new CampaignDecision.Hold(Open.Now.AddMinutes(15), Gate.Live, GateReason.CampaignPaused);
        foreach (var gates in new[] { Gates.AtEntry, Gates.AtStep, Gates.AtClaim })
        {
            gates.FirstToSpeak(Open with { Killed = true }).ShouldBe(killed);
            gates.FirstToSpeak(Open with { Head = Open.Head with { Status = CampaignStatus.Paused } }).ShouldBe(paused);
            Skipped(gates.FirstToSpeak(Open with { Head = Open.Head with { Status = CampaignStatus.Draft } }))
                .ShouldBe(GateReason.CampaignNotLive);
        }
    }

    /// <summary>A stop or pause is told before the calendar: what waits may still go, what is out of time is over.</summary>
    [Fact]
    public void While_sending_is_stopped_or_paused_nobody_is_skipped_for_coming_late()
    {
        var late = Open with { TriggerDay = Open.Today.AddDays(-400) };
        Skipped(Entry(late)).ShouldBe(GateReason.CrossedBeforeStart);
        Entry(late with { Killed = true }).ShouldBeOfType<CampaignDecision.Hold>().Reason.ShouldBe(GateReason.SendingStopped);
        Entry(late with { Head = late.Head with { Status = CampaignStatus.Paused } })
            .ShouldBeOfType<CampaignDecision.Hold>()
            .Reason.ShouldBe(GateReason.CampaignPaused);
    }

    [Fact]
    public void The_first_day_counts_and_the_last_does_not()
    {
        DecisionContext On(DateOnly? head, DateOnly? file, DateOnly? end) =>
            Open with
            {
                Head = Open.Head with { StartOn = head },
                Campaign = Open.Campaign with { Start = file, End = end },
            };
        Entry(On(null, null, null)).ShouldBeNull();
        Entry(On(Open.Today, null, null)).ShouldBeNull();
        Entry(On(null, Open.Today, null)).ShouldBeNull();
        Skipped(Entry(On(Open.Today.AddDays(1), null, null))).ShouldBe(GateReason.NotStartedYet);
        Skipped(Entry(On(null, Open.Today.AddDays(1), null))).ShouldBe(GateReason.NotStartedYet);
        Entry(On(Open.Today, Open.Today.AddDays(1), null)).ShouldBeNull();
        Entry(On(null, null, Open.Today.AddDays(1))).ShouldBeNull();
        Skipped(Entry(On(null, null, Open.Today))).ShouldBe(GateReason.CampaignEnded);
        Step(On(null, null, Open.Today)).ShouldBeNull();
        Claim(On(null, null, Open.Today)).ShouldBeNull();
    }

    [Fact]
    public void A_crossing_before_the_start_is_no_news_unless_the_backlog_lets_it_in()
    {
        var began = Open with { Head = Open.Head with { StartOn = Open.Today.AddDays(-3) } };
        Entry(began with { TriggerDay = Open.Today.AddDays(-3) }).ShouldBeNull();
        Entry(began with { TriggerDay = Open.Today.AddDays(-4) })
            .ShouldBe(new CampaignDecision.Skip(Gate.Live, GateReason.CrossedBeforeStart, $"{Open.Today.AddDays(-4):yyyy-MM-dd}"));
        Entry(began with { TriggerDay = Open.Today.AddDays(-400), Admitted = true }).ShouldBeNull();
    }

    [Fact]
    public void An_audience_is_a_condition_of_entry_only_and_says_what_kept_the_customer_out()
    {
        var cooling = Open with { Facts = Open.Facts! with { Stage = RetentionFuncs.Scoring.LapseStage.Cooling } };
        Entry(cooling).ShouldBeOfType<CampaignDecision.Skip>().Detail!.ShouldContain("stage");
        Entry(Open with { Facts = null }).ShouldBe(new CampaignDecision.Skip(Gate.Audience, GateReason.NotInAudience));
        Entry(Open with { Facts = null, Audience = null }).ShouldBeNull();
        Step(cooling).ShouldBeNull();
        Claim(cooling).ShouldBeNull();
    }

    [Fact]
    public void At_the_claim_everything_legal_is_asked_again_and_competition_and_budget_are_not()
    {
        Claim(Open).ShouldBeNull();
        Claim(Open with { StrongerCampaign = "birthday", BudgetLeft = false }).ShouldBeNull();
        Skipped(Step(Open with { BudgetLeft = false })).ShouldBe(GateReason.BudgetSpent);
        Step(Open with { StrongerCampaign = "birthday" }).ShouldBeOfType<CampaignDecision.Hold>().Detail.ShouldBe("birthday");
        foreach (var gates in new[] { Gates.AtEntry, Gates.AtStep, Gates.AtClaim })
        {
            Skipped(gates.FirstToSpeak(Open with { Contact = null })).ShouldBe(GateReason.NobodyToWriteTo);
            Skipped(gates.FirstToSpeak(Open with { Contact = Open.Contact! with { EmailConsent = null } })).ShouldBe(GateReason.NoConsent);
            Skipped(gates.FirstToSpeak(Open with { Customer = Open.Customer with { DoNotProfile = true } }))
                .ShouldBe(GateReason.ProfilingRefused);
            Skipped(gates.FirstToSpeak(Open with { ComplaintOpen = true })).ShouldBe(GateReason.ComplaintOpen);
            Skipped(gates.FirstToSpeak(To("root@linden.shop"))).ShouldBe(GateReason.RoleAddress);
            Skipped(gates.FirstToSpeak(Suppressed(SuppressionReason.Manual))).ShouldBe(GateReason.SuppressedByHand);
        }
    }

    [Theory]
    [InlineData(SuppressionReason.NoOffers, GateReason.NoOffersWanted)]
    [InlineData(SuppressionReason.Unsubscribed, GateReason.Unsubscribed)]
    [InlineData(SuppressionReason.Complaint, GateReason.ComplainedBefore)]
    [InlineData(SuppressionReason.HardBounce, GateReason.HardBounced)]
    [InlineData(SuppressionReason.Manual, GateReason.SuppressedByHand)]
    public void A_suppression_is_told_by_its_reason_and_day(SuppressionReason reason, GateReason told)
    {
        var promotion = Suppressed(reason) with { Step = Open.Step with { Purpose = MessagePurpose.Promotion } };
        Entry(promotion).ShouldBe(new CampaignDecision.Skip(Gate.Suppressed, told, $"{Open.Today.AddDays(-1):yyyy-MM-dd}"));
        SuppressionGate.ReasonOf(null).ShouldBe(GateReason.PausedByPerson);
    }

    private static DecisionContext Suppressed(SuppressionReason reason) =>
        Open with
        {
            Address = Open.Address with { Suppression = new Suppression(reason, Open.Now.AddDays(-1), "test") },
        };

    [Theory]
    [InlineData("DE", ConsentBasis.SoftOptIn, null)]
    [InlineData("CN", ConsentBasis.Express, null)]
    [InlineData("CN", ConsentBasis.Implied, GateReason.ConsentNotExpress)]
    [InlineData("DE", ConsentBasis.Implied, GateReason.ConsentOnlyImplied)]
    [InlineData("CA", ConsentBasis.Implied, null)]
    public void A_consent_needs_the_ground_that_the_country_asks_for(string country, ConsentBasis basis, GateReason? reason)
    {
        var contact = Open.Contact! with { Country = country, EmailConsent = Open.Contact.EmailConsent! with { Basis = basis } };
        Skipped(Entry(Open with { Contact = contact })).ShouldBe(reason);
    }

    [Fact]
    public void A_consent_implied_by_purchases_needs_a_purchase()
    {
        var implied = Open with
        {
            Contact = Open.Contact! with
            {
                Country = "CA",
                EmailConsent = Open.Contact.EmailConsent! with { Basis = ConsentBasis.Implied },
            },
            Summary = Open.Summary with { PurchaseDays = [] },
        };
        Skipped(Claim(implied)).ShouldBe(GateReason.ConsentTooOld);
    }

    [Fact]
    public void The_later_of_two_caps_is_told_and_a_service_message_asks_neither()
    {
        CapSlots Full(int days) =>
            Enumerable
                .Range(0, Open.Settings.Cap.Messages)
                .Aggregate(CapSlots.None, (s, i) => s.Take($"t{i}", "1", Open.Now.AddDays(days), Open.Settings.Cap));
        var week = TimeSpan.FromDays(Open.Settings.Cap.Days);
        DecisionContext With(CapSlots customer, CapSlots address) =>
            Open with
            {
                CustomerSlots = customer,
                Address = Open.Address with { Slots = address },
                ExpiresAt = Open.Now.AddDays(30),
            };
        CampaignDecision.Hold Until(int days, GateReason reason) => new(Open.Now.AddDays(days) + week, Gate.Cap, reason);

        Entry(With(Full(-2), CapSlots.None)).ShouldBe(Until(-2, GateReason.CustomerCapped));
        Entry(With(CapSlots.None, Full(-2))).ShouldBe(Until(-2, GateReason.AddressCapped));
        Entry(With(Full(-2), Full(-1))).ShouldBe(Until(-1, GateReason.AddressCapped));
        Entry(With(Full(-1), Full(-2))).ShouldBe(Until(-1, GateReason.CustomerCapped));
        Entry(With(Full(-1), Full(-1))).ShouldBe(Until(-1, GateReason.CustomerCapped));
        Entry(With(Full(-7), Full(-7))).ShouldBeNull();
        var service = With(Full(-1), Full(-1)) with { Step = Open.Step with { Purpose = MessagePurpose.Service }, StrongerCampaign = "x" };
        Entry(service).ShouldBeNull();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void A_message_is_held_only_while_it_will_be_of_use_then(int ticks, bool held)
    {
        var night = Contexts.Open(DateTimeOffset.Parse("2026-06-29T23:00:00+02:00", null));
        var morning = DateTimeOffset.Parse("2026-06-30T09:00:00+02:00", null);
        var decision = Claim(night with { ExpiresAt = morning.AddTicks(ticks) });
        decision.ShouldBe(
            held
                ? new CampaignDecision.Hold(morning, Gate.QuietHours, GateReason.Night)
                : new CampaignDecision.Skip(Gate.QuietHours, GateReason.Night)
        );
        Claim(night with { Step = night.Step with { Purpose = MessagePurpose.Service } }).ShouldBeNull();
    }

    /// <summary>Who asks to be written to may not have bought anything yet; who has is asked like anybody else.</summary>
    [Fact]
    public void A_stranger_who_asked_for_mail_is_in_every_audience_and_a_customer_only_in_theirs()
    {
        var asked = Open with { Campaign = Open.Campaign with { Trigger = new CampaignTrigger.ConsentRequested() } };
        Entry(asked with { Facts = null }).ShouldBeNull();
        Entry(asked).ShouldBeNull();
        Skipped(Entry(asked with { Facts = Open.Facts! with { Stage = RetentionFuncs.Scoring.LapseStage.Cooling } }))
            .ShouldBe(GateReason.NotInAudience);
        Entry(asked with { Audience = null }).ShouldBeNull();
    }

    [Theory]
    [InlineData(MessagePurpose.Promotion, "news", true)]
    [InlineData(MessagePurpose.Care, "news", true)]
    [InlineData(MessagePurpose.Care, "care", false)]
    [InlineData(MessagePurpose.Care, null, false)]
    [InlineData(MessagePurpose.Service, "news", false)]
    public void A_refused_topic_is_told_by_its_name_and_binds_no_service_message(MessagePurpose purpose, string? topic, bool speaks)
    {
        var refused = Open with
        {
            Campaign = Open.Campaign with { Topic = topic },
            Step = Open.Step with { Purpose = purpose },
            Address = Open.Address.Refusing(["news"], Open.Now),
        };
        foreach (var gates in new[] { Gates.AtEntry, Gates.AtStep, Gates.AtClaim })
        {
            gates
                .FirstToSpeak(refused)
                .ShouldBe(speaks ? new CampaignDecision.Skip(Gate.Suppressed, GateReason.TopicRefused, "news") : null);
        }
    }

    /// <summary>A list may be made at night, since a person works it off by day; what a gateway sends by itself waits for the morning.</summary>
    [Theory]
    [InlineData(Channel.Email, false, true)]
    [InlineData(Channel.Phone, false, false)]
    [InlineData(Channel.Sms, false, false)]
    [InlineData(Channel.Sms, true, true)]
    public void Night_holds_what_reaches_the_reader_by_itself(Channel channel, bool gateway, bool held)
    {
        var night = Contexts.Open(DateTimeOffset.Parse("2026-06-29T23:00:00+02:00", null));
        var contact = night.Contact! with { Phone = "+49 151 23456789", SmsConsent = night.Contact.EmailConsent };
        night = night with
        {
            Step = night.Step with { Channel = channel },
            Contact = contact with { PhoneConsent = contact.EmailConsent },
            Settings = night.Settings with { SmsGateway = gateway ? new Uri("https://sms.linden.shop") : null },
        };
        (Claim(night) is CampaignDecision.Hold).ShouldBe(held);
    }
}

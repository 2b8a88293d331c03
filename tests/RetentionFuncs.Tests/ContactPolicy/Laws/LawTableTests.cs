using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.ContactPolicy.Laws;
using RetentionFuncs.Customers;
using RetentionFuncs.Messages;
using RetentionFuncs.Tests.Campaigns;

namespace RetentionFuncs.Tests.ContactPolicy.Laws;

public sealed class LawTableTests
{
    private static readonly DecisionContext Open = Contexts.Open();

    private static readonly string?[] Countries =
    [
        "US",
        "CA",
        "DE",
        "IE",
        "GB",
        "FR",
        "AT",
        "ES",
        "PL",
        "SE",
        "NO",
        "IS",
        "LI",
        "CN",
        "BR",
        "JP",
        "CH",
        "ZZ",
        null,
    ];

    /// <summary>Days since the last purchase; negative: never bought.</summary>
    private static readonly int[] Bought = [-1, 0, 1, 180, 364, 365, 366, 729, 730, 731, 1500];

    private static readonly (SuppressionReason?, bool)[] Objections =
    [
        (null, false),
        (null, true),
        (SuppressionReason.NoOffers, false),
        (SuppressionReason.NoOffers, true),
        (SuppressionReason.Unsubscribed, false),
        (SuppressionReason.Manual, false),
        (SuppressionReason.Complaint, false),
        (SuppressionReason.HardBounce, false),
    ];

    private static readonly (bool Asked, bool Yes, ConsentBasis Basis, bool Confirmed, int Days)[] Answers =
    [
        (false, false, ConsentBasis.Express, false, 0),
        (true, false, ConsentBasis.Express, false, 10),
        (true, false, ConsentBasis.Express, true, 10),
        (true, false, ConsentBasis.Implied, false, 10),
        (true, true, ConsentBasis.Express, false, 10),
        (true, true, ConsentBasis.Express, true, 900),
        (true, true, ConsentBasis.SoftOptIn, false, 400),
        (true, true, ConsentBasis.Implied, false, 10),
        (true, true, ConsentBasis.Inquiry, false, 180),
        (true, true, ConsentBasis.Inquiry, false, 181),
        (true, true, ConsentBasis.Inquiry, false, 182),
        (true, true, ConsentBasis.Inquiry, false, 183),
    ];

    /// <summary>Age on the birthday; null: no birthday message; −1: the year is not on file.</summary>
    private static readonly int?[] Ages = [null, -1, 12, 13, 14, 15, 16, 17, 18];

    private static IEnumerable<Case> All()
    {
        foreach (var country in Countries)
        foreach (var channel in Enum.GetValues<Channel>())
        foreach (var purpose in Enum.GetValues<MessagePurpose>())
        foreach (var answer in Answers)
        foreach (var bought in Bought)
        foreach (var (objection, isBreak) in Objections)
        {
            var today = Open.Today;
            var age = Ages[(bought + 1 + answer.Days + (int)channel + (isBreak ? 3 : 0) + (int)(objection ?? 0)) % Ages.Length];
            yield return new Case(
                country,
                channel,
                purpose,
                answer.Asked,
                answer.Yes,
                answer.Basis,
                answer.Confirmed,
                today.AddDays(-answer.Days),
                bought < 0 ? null : today.AddDays(-bought),
                bought % 2 == 1,
                age is -1 ? null : age,
                age is not null,
                objection,
                isBreak,
                today
            );
        }
    }

    [Fact]
    public void Goal_24_the_gates_agree_with_an_independent_reading_of_the_law_in_every_combination()
    {
        var (count, yes) = (0, 0);
        var wrong = new List<string>();
        foreach (var one in All().Concat(All().Select(Shifted)))
        {
            var goes = new GateRule[] { ConsentGate.Given, SuppressionGate.NotSuppressed }.FirstToSpeak(ContextOf(one)) is null;
            var lawful = LawOracle.MayGoOut(one);
            (count, yes) = (count + 1, yes + (goes ? 1 : 0));
            if (goes != lawful && wrong.Count < 5)
            {
                wrong.Add($"{one} goes out: {goes}, lawful: {lawful}");
            }
        }

        wrong.ShouldBeEmpty();
        count.ShouldBeGreaterThanOrEqualTo(250_000);
        yes.ShouldBeInRange(count / 20, count / 2);
    }

    /// <summary>The same on a day after a leap day, with the other ages and marketing before the other way round.</summary>
    private static Case Shifted(Case one)
    {
        var by = new DateOnly(2028, 3, 1).DayNumber - one.Today.DayNumber;
        return one with
        {
            Today = one.Today.AddDays(by),
            AnsweredOn = one.AnsweredOn.AddDays(by),
            Bought = one.Bought?.AddDays(by),
            MarketedBefore = !one.MarketedBefore,
            AgeToday = one.AgeToday is { } age ? 12 + ((age - 8) % 7) : null,
        };
    }

    private static DecisionContext ContextOf(Case c)
    {
        var now = Open.Calendar.StartOf(c.Today).AddHours(12);
        var answered = Open.Calendar.StartOf(c.AnsweredOn).AddHours(12);
        Consent? answer = c.Asked
            ? new Consent(c.Yes ? ConsentState.Granted : ConsentState.Denied, c.Basis, "form", answered, answered)
            {
                ConfirmedAt = c.Confirmed ? answered : null,
            }
            : null;
        Birthday? born = c.IsBirthday ? new Birthday(c.AgeToday is { } age ? c.Today.Year - age : null, c.Today.Month, c.Today.Day) : null;
        var contact = Open.Contact! with { Country = c.Country, EmailConsent = null, Birthday = born };
        return Open with
        {
            Now = now,
            Campaign = Open.Campaign with { Trigger = c.IsBirthday ? new CampaignTrigger.BirthdayCame() : Open.Campaign.Trigger },
            Step = Open.Step with { Channel = c.Channel, Purpose = c.Purpose },
            Contact = answer is null ? contact : contact.With(c.Channel, answer),
            Summary = Open.Summary with { PurchaseDays = c.Bought is { } day ? [day] : [] },
            FirstMarketing = c.MarketedBefore ? c.Today.AddDays(-30) : null,
            Address = Open.Address with
            {
                Suppression = c.Objection is { } reason ? new Suppression(reason, now.AddDays(-1), "test") : null,
                Pause = c.OnABreak ? new Pause(now.AddDays(-1), now.AddDays(1)) : null,
            },
        };
    }

    private static GateReason? Ask(
        string? country,
        Consent? answer,
        DateOnly? bought = null,
        string today = "2026-06-29",
        Channel channel = default
    ) =>
        AskLaw.Of(
            new LawQuestion(
                country,
                channel,
                MessagePurpose.Care,
                answer,
                answer is null ? null : DateOnly.FromDateTime(answer.OccurredAt.Date),
                bought,
                null,
                null,
                Day(today)
            )
        );

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");

    private static Consent Yes(ConsentBasis basis, string at = "2026-01-01") =>
        new(
            ConsentState.Granted,
            basis,
            "form",
            DateTimeOffset.Parse(at + "T12:00:00Z", null),
            DateTimeOffset.Parse(at + "T12:00:00Z", null)
        );

    [Theory]
    [InlineData("2025-03-01", "2027-02-28", true)] // 729 days
    [InlineData("2025-03-01", "2027-03-01", false)] // 730 days
    [InlineData("2023-03-01", "2025-02-28", true)] // 730 days, over a leap day
    [InlineData("2023-03-01", "2025-03-01", false)] // 731 days, over a leap day
    [InlineData("2024-02-29", "2026-02-27", true)]
    [InlineData("2024-02-29", "2026-02-28", false)]
    [InlineData("2026-02-28", "2028-02-27", true)]
    [InlineData("2026-02-28", "2028-02-28", false)]
    [InlineData("2028-02-29", "2030-02-27", true)]
    public void In_Canada_a_purchase_implies_consent_for_two_years(string bought, string today, bool passes) =>
        Ask("CA", Yes(ConsentBasis.Implied), Day(bought), today).ShouldBe(passes ? null : GateReason.ConsentTooOld);

    [Theory]
    [InlineData("2025-12-30", true)]
    [InlineData("2025-12-29", false)]
    public void In_Canada_an_inquiry_implies_consent_for_six_months(string asked, bool passes) =>
        Ask("CA", Yes(ConsentBasis.Inquiry, asked)).ShouldBe(passes ? null : GateReason.ConsentTooOld);

    [Theory]
    [InlineData(Channel.Email)]
    [InlineData(Channel.Sms)]
    public void In_Canada_and_Europe_texts_rest_on_the_same_grounds_as_mail_and_calls_on_a_clear_yes_alone(Channel channel)
    {
        (string Country, Consent Yes)[] grounds =
        [
            ("CA", Yes(ConsentBasis.Express)),
            ("CA", Yes(ConsentBasis.Implied)),
            ("CA", Yes(ConsentBasis.Inquiry)),
            ("FR", Yes(ConsentBasis.Express)),
            ("FR", Yes(ConsentBasis.SoftOptIn)),
            ("DE", Yes(ConsentBasis.SoftOptIn)),
        ];
        foreach (var (country, yes) in grounds)
        {
            Ask(country, yes, Day("2026-06-01"), channel: channel).ShouldBeNull($"{country} {yes.Basis}");
            Ask(country, yes, Day("2026-06-01"), channel: Channel.Phone)
                .ShouldBe(yes.Basis == ConsentBasis.Express ? null : GateReason.ConsentNotExpress, $"{country} {yes.Basis}");
        }

        Ask("DE", Yes(ConsentBasis.Express) with { ConfirmedAt = DateTimeOffset.UnixEpoch }, channel: channel).ShouldBeNull();
    }

    [Fact]
    public void In_Canada_a_soft_opt_in_is_worth_what_its_purchase_implies()
    {
        Ask("CA", Yes(ConsentBasis.SoftOptIn), Day("2026-06-01")).ShouldBeNull();
        Ask("CA", Yes(ConsentBasis.SoftOptIn), Day("2024-06-29")).ShouldBe(GateReason.ConsentTooOld);
        Ask("CA", Yes(ConsentBasis.SoftOptIn)).ShouldBe(GateReason.ConsentTooOld);
    }

    [Theory]
    [InlineData("DE", GateReason.ConsentOnlyImplied)]
    [InlineData("FR", GateReason.ConsentOnlyImplied)]
    [InlineData("CN", GateReason.ConsentNotExpress)]
    [InlineData("BR", GateReason.ConsentNotExpress)]
    public void Elsewhere_an_inquiry_of_yesterday_implies_nothing(string country, GateReason reason) =>
        Ask(country, Yes(ConsentBasis.Inquiry, "2026-06-28"), Day("2026-06-01")).ShouldBe(reason);

    [Fact]
    public void In_the_United_States_nobody_need_be_asked_for_mail_and_everybody_for_texts_and_calls()
    {
        Ask("US", null).ShouldBeNull();
        Ask("US", Yes(ConsentBasis.Express) with { State = ConsentState.Denied }).ShouldBe(GateReason.ConsentDenied);
        Ask("US", null, channel: Channel.Sms).ShouldBe(GateReason.NoConsent);
        Ask("US", Yes(ConsentBasis.SoftOptIn), Day("2026-06-01"), channel: Channel.Phone).ShouldBe(GateReason.ConsentNotExpress);
    }

    [Fact]
    public void In_Germany_a_yes_counts_with_its_proof_or_with_a_sale()
    {
        Ask("DE", Yes(ConsentBasis.Express)).ShouldBe(GateReason.ConsentNotConfirmed);
        Ask("DE", Yes(ConsentBasis.Express) with { ConfirmedAt = DateTimeOffset.UnixEpoch }).ShouldBeNull();
        Ask("DE", Yes(ConsentBasis.Express), Day("2020-01-01")).ShouldBeNull();
        Ask("DE", Yes(ConsentBasis.SoftOptIn)).ShouldBe(GateReason.SaleMissing);
        Ask("DE", Yes(ConsentBasis.Implied), Day("2026-06-01")).ShouldBe(GateReason.ConsentOnlyImplied);
    }

    [Fact]
    public void In_Ireland_the_first_message_on_a_soft_opt_in_goes_out_within_a_year_of_the_sale()
    {
        Ask("IE", Yes(ConsentBasis.SoftOptIn), Day("2025-06-30")).ShouldBeNull();
        Ask("IE", Yes(ConsentBasis.SoftOptIn), Day("2025-06-29")).ShouldBe(GateReason.FirstMessageTooLate);
        Ask("FR", Yes(ConsentBasis.SoftOptIn), Day("2020-06-29")).ShouldBeNull();

        // Whoever was written to before the year was over may be written to afterwards.
        LawQuestion Late(DateOnly? first) =>
            new(
                "IE",
                Channel.Email,
                MessagePurpose.Care,
                Yes(ConsentBasis.SoftOptIn),
                Day("2024-01-01"),
                Day("2024-01-01"),
                first,
                null,
                Day("2026-06-29")
            );
        AskLaw.Of(Late(null)).ShouldBe(GateReason.FirstMessageTooLate);
        AskLaw.Of(Late(Day("2024-12-31"))).ShouldBeNull();
    }

    [Theory]
    [InlineData("US", 13)]
    [InlineData("GB", 13)]
    [InlineData("CN", 14)]
    [InlineData("CA", 14)]
    [InlineData("FR", 16)]
    [InlineData("DE", 16)]
    [InlineData("BR", 18)]
    [InlineData(null, 18)]
    public void No_birthday_message_goes_to_the_under_age_not_even_as_service(string? country, int age)
    {
        foreach (var purpose in Enum.GetValues<MessagePurpose>())
        {
            var yes = Yes(ConsentBasis.Express) with { ConfirmedAt = DateTimeOffset.UnixEpoch };
            LawQuestion Birthday(int? year) =>
                new(country, Channel.Email, purpose, yes, Day("2026-01-01"), null, null, new Birthday(year, 6, 29), Day("2026-06-29"));
            AskLaw.Of(Birthday(2026 - age)).ShouldBeNull();
            AskLaw.Of(Birthday(2026 - age + 1)).ShouldBe(GateReason.TooYoung);
            AskLaw.Of(Birthday(null)).ShouldBeNull();
        }
    }

    [Fact]
    public void Who_was_born_on_29_February_comes_of_age_on_28_February()
    {
        var yes = Yes(ConsentBasis.Express);
        LawQuestion On(string day) =>
            new("CN", Channel.Email, MessagePurpose.Care, yes, Day("2026-01-01"), null, null, new Birthday(2012, 2, 29), Day(day));
        AskLaw.Of(On("2026-02-27")).ShouldBe(GateReason.TooYoung);
        AskLaw.Of(On("2026-02-28")).ShouldBeNull();
    }

    [Fact]
    public void Catalogue_149_consent_that_ends_between_plan_and_send_stops_the_message_at_the_claim()
    {
        var planned = Open with
        {
            Contact = Open.Contact! with { Country = "CA", EmailConsent = Yes(ConsentBasis.Implied) },
            Summary = Open.Summary with { PurchaseDays = [Open.Today.AddMonths(-24).AddDays(1)] },
        };
        Gates.AtEntry.FirstToSpeak(planned).ShouldBeNull();
        var sent = planned with { Now = planned.Now.AddDays(1) };
        var skip = Gates.AtClaim.FirstToSpeak(sent).ShouldBeOfType<CampaignDecision.Skip>();
        skip.Reason.ShouldBe(GateReason.ConsentTooOld);
    }

    [Fact]
    public void Only_China_asks_for_a_mark_on_advertisements()
    {
        ContactLaws.Countries.Where(c => ContactLaws.Of(c).MarksAdverts).ShouldBe(["CN"]);
        ContactLaws.Of("cn").ShouldBe(ContactLaws.Of("CN"));
        foreach (var purpose in Enum.GetValues<MessagePurpose>())
        {
            AdvertMark.IsRequired(purpose, "CN").ShouldBe(purpose != MessagePurpose.Service);
            AdvertMark.IsRequired(purpose, "HK").ShouldBeFalse();
        }
    }

    [Fact]
    public void No_country_on_file_is_no_licence()
    {
        foreach (var country in new[] { null, "", "ZZ", "BR" })
        {
            Ask(country, null).ShouldBe(GateReason.NoConsent);
            Ask(country, Yes(ConsentBasis.SoftOptIn), Day("2026-06-01")).ShouldBe(GateReason.ConsentNotExpress);
            Ask(country, Yes(ConsentBasis.Implied), Day("2026-06-01")).ShouldBe(GateReason.ConsentNotExpress);
            Ask(country, Yes(ConsentBasis.Express)).ShouldBeNull();
        }
    }
}

using RetentionFuncs.Experiences;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring.Reasons;
using RetentionFuncs.ShopEvents;

namespace RetentionFuncs.Tests.ShopEvents;

public sealed class ShopExperienceReaderTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.Parse("2026-03-09T23:30:00+01:00", null);

    public static TheoryData<string, string, ExperienceNews> Events =>
        new()
        {
            {
                "complaint.opened",
                """ "complaint":{"id":"K-1","topic":"quality"} """,
                new ExperienceNews.ComplaintOpened("e", At, "K-1", ComplaintTopic.Quality)
            },
            { "complaint.opened", """ "complaint":{"id":"K-1"} """, new ExperienceNews.ComplaintOpened("e", At, "K-1", null) },
            { "complaint.resolved", """ "complaint":{"id":"K-1"} """, new ExperienceNews.ComplaintResolved("e", At, "K-1") },
            {
                "order.delivered",
                """ "delivery":{"order":"O-1","promisedOn":"2026-03-06","deliveredOn":"2026-03-08","ordered":10,"delivered":8} """,
                new ExperienceNews.Delivery("e", At, "O-1", new DateOnly(2026, 3, 6), new DateOnly(2026, 3, 8), 10, 8)
            },
            {
                "order.delivered",
                """ "delivery":{"order":"O-1"} """,
                new ExperienceNews.Delivery("e", At, "O-1", null, new DateOnly(2026, 3, 9), null, null)
            },
            {
                "order.returned",
                """ "return":{"order":"O-1","amount":12.5,"currency":"EUR","cause":"wrong_item"} """,
                new ExperienceNews.Returned("e", At, "O-1", new Money(12.5m, "EUR"), ReturnCause.WrongItem)
            },
            { "order.returned", """ "return":{"order":"O-1"} """, new ExperienceNews.Returned("e", At, "O-1", null, null) },
            {
                "survey.answered",
                """ "survey":{"satisfaction":"very_dissatisfied","reason":"price"} """,
                new ExperienceNews.Answered("e", At, Satisfaction.VeryDissatisfied, ReasonKind.Price)
            },
            {
                "invoice.paid",
                """ "invoice":{"id":"I-1","dueOn":"2026-02-01","paidOn":"2026-03-01","amount":600000,"currency":"CNY"} """,
                new ExperienceNews.InvoicePaid(
                    "e",
                    At,
                    "I-1",
                    new DateOnly(2026, 2, 1),
                    new DateOnly(2026, 3, 1),
                    new Money(600_000, "CNY")
                )
            },
            { "account.owner_left", """ "account":{"owner":"S-7"} """, new ExperienceNews.OwnerLeft("e", At, "S-7") },
            { "account.contact_moved", """ "account":{"contact":"buyer"} """, new ExperienceNews.ContactMoved("e", At, "buyer") },
        };

    [Theory]
    [MemberData(nameof(Events))]
    public void Each_kind_says_what_happened(string type, string body, ExperienceNews expected) =>
        Read(type, body).ShouldBeOfType<ShopEventReading.Understood>().Event.Experience.ShouldBe(expected);

    [Theory]
    [InlineData("complaint.opened", """ "complaint":{} """, "complaint.id", "is missing")]
    [InlineData("complaint.opened", """ "complain":{"id":"K"} """, "complaint", "is missing")]
    [InlineData("complaint.opened", """ "complain":{"id":"K"} """, "complain", "'complaint'")]
    [InlineData("complaint.opened", """ "complaint":{"id":"K","topic":"taste"} """, "complaint.topic", "quality, delivery, service")]
    [InlineData("complaint.opened", """ "complaint":{"id":"K","tpoic":"price"} """, "complaint.tpoic", "'topic'")]
    [InlineData("complaint.resolved", """ "complaint":{"id":"K","topic":"price"} """, "complaint.topic", "is not known here")]
    [InlineData("order.delivered", """ "delivery":{"order":"O","promisedOn":"06.03.2026"} """, "delivery.promisedOn", "is not a day")]
    [InlineData("order.delivered", """ "delivery":{"order":"O","promisedOn":"2026-02-30"} """, "delivery.promisedOn", "is not a day")]
    [InlineData("order.delivered", """ "delivery":{"order":"O","deliveredOn":"2026-03-10"} """, "delivery.deliveredOn", "after the event")]
    [InlineData("order.delivered", """ "delivery":{"order":"O","ordered":3} """, "delivery.delivered", "is missing beside")]
    [InlineData(
        "order.delivered",
        """ "delivery":{"order":"O","ordered":3,"delivered":4} """,
        "delivery.delivered",
        "more than was ordered"
    )]
    [InlineData("order.delivered", """ "delivery":{"order":"O","ordered":3,"delivered":-1} """, "delivery.delivered", "is below 0")]
    [InlineData("order.returned", """ "return":{"order":"O","amount":3} """, "return.currency", "is missing")]
    [InlineData("order.returned", """ "return":{"order":"O","cause":"ugly"} """, "return.cause", "wrong_item")]
    [InlineData("survey.answered", """ "survey":{} """, "survey.satisfaction", "one of them or both")]
    [InlineData("survey.answered", """ "survey":{"satisfaction":"5"} """, "survey.satisfaction", "very_satisfied, satisfied, no_opinion")]
    [InlineData("survey.answered", """ "survey":{"satisfaction":5} """, "survey.satisfaction", "is not a text")]
    [InlineData("survey.answered", """ "survey":{"reason":"moved"} """, "survey.reason", "forgot, price, wants_new")]
    [InlineData("invoice.paid", """ "invoice":{"id":"I","amount":1,"currency":"EUR"} """, "invoice.dueOn", "is missing")]
    [InlineData("invoice.paid", """ "invoice":{"id":"I","dueOn":"2026-01-01"} """, "invoice.amount", "is missing")]
    [InlineData("account.owner_left", """ "account":{} """, "account.owner", "is missing")]
    [InlineData("consent.withdrawn", """ "complaint":{"id":"K"} """, "complaint", "is not known here")]
    public void What_is_wrong_is_told_with_its_place(string type, string body, string path, string told)
    {
        var findings = Read(type, body).ShouldBeOfType<ShopEventReading.NotUnderstood>().Findings;
        findings.ShouldContain(
            f => f.Path == path && f.Message.En.Contains(told, StringComparison.Ordinal),
            string.Join("; ", findings.Select(f => f.Describe("en")))
        );
        findings.ShouldAllBe(f => f.Message.Zh.Length > 0);
    }

    [Fact]
    public void A_wrong_word_in_a_survey_is_one_finding_and_not_also_a_missing_answer() =>
        Read("survey.answered", """ "survey":{"reason":"moved"} """)
            .ShouldBeOfType<ShopEventReading.NotUnderstood>()
            .Findings.Count.ShouldBe(1);

    private static ShopEventReading Read(string type, string body) =>
        ShopEventReader.Read(
            $$"""{"schema":1,"id":"e","type":"{{type}}","occurredAt":"2026-03-09T23:30:00+01:00","customer":{"id":"c"},{{body}} }""",
            "e",
            At
        );
}

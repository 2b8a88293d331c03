using RetentionFuncs.Customers;
using RetentionFuncs.Experiences;
using RetentionFuncs.Findings;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Reasons;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Experiences;

public sealed class OpenInvoiceTests
{
    private static readonly DateTimeOffset Issued = DateTimeOffset.Parse("2026-01-05T00:00:00+01:00", null);
    private static readonly DateOnly DueOn = new(2026, 2, 4);
    private readonly TripWorld _world = new();

    [Fact]
    public async Task An_unpaid_invoice_is_open_and_overdue_from_the_day_after_its_due_day()
    {
        await TellAsync(Due("I-1", 100));
        var history = await HistoryAsync();
        history.OpenInvoices.ShouldHaveSingleItem().Rest.ShouldBe(100);
        history.OverdueOn(DueOn).ShouldBeEmpty();
        history.OverdueOn(DueOn.AddDays(1)).ShouldHaveSingleItem().DaysOverdueOn(DueOn.AddDays(9)).ShouldBe(9);
    }

    [Fact]
    public async Task A_short_payment_leaves_the_rest_open_and_the_second_one_closes_it()
    {
        await TellAsync(Due("I-1", 100), Part("p1", 60));
        (await HistoryAsync()).OpenInvoices.ShouldHaveSingleItem().Rest.ShouldBe(40);
        await TellAsync(Part("p2", 40));
        (await HistoryAsync()).OpenInvoices.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_payment_that_is_called_full_closes_the_invoice_although_less_came()
    {
        await TellAsync(Due("I-1", 100), Part("p", 97) with { IsPartial = false });
        (await HistoryAsync()).OpenInvoices.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Invoices_told_of_in_any_order_end_the_same(int seed)
    {
        ExperienceNews[] news =
        [
            Due("I-1", 100),
            Part("p1", 60),
            Part("p2", 40),
            Due("I-2", 50),
            Due("I-2", 80) with
            {
                EventId = "later",
                OccurredAt = Issued.AddDays(3),
                PromisedOn = new(2026, 3, 1),
            },
            Part("p3", 30) with
            {
                InvoiceId = "I-2",
            },
            Part("p4", 10) with
            {
                InvoiceId = "I-3",
                Amount = new Money(10, "USD"),
            },
            Due("I-3", 10),
        ];
        new Random(seed).Shuffle(news);
        await TellAsync(news);
        (await HistoryAsync())
            .OpenInvoices.Select(i => (i.About, i.Rest, i.PromisedOn))
            .ShouldBe([("I-2", 50m, new DateOnly(2026, 3, 1)), ("I-3", 10m, null)], ignoreOrder: true);
    }

    [Fact]
    public async Task Of_many_open_invoices_those_due_first_are_held_and_none_is_lost()
    {
        for (var i = 0; i <= Invoice.MostOpen; i++)
        {
            await TellAsync(Due($"I-{i}", 5) with { DueOn = DueOn.AddDays(i) });
        }

        (await HistoryAsync()).OpenInvoices.Count.ShouldBe(Invoice.MostOpen);
        await TellAsync(Part("p", 5) with { InvoiceId = "I-0" });
        (await HistoryAsync()).OpenInvoices.Select(i => i.About).ShouldBe(Enumerable.Range(1, Invoice.MostOpen).Select(i => $"I-{i}"));
    }

    [Fact]
    public void What_is_overdue_and_unpaid_counts_among_late_payments()
    {
        var history = ExperienceHistory.None with { Invoices = 3, LateInvoices = 1, OpenInvoices = [Open(DueOn)] };
        var signals = ValueSignals.Of(PurchaseSummary.Empty, history, DueOn.AddDays(40));
        (signals.LatePayments, signals.Payments, signals.Overdue, signals.DaysOverdue).ShouldBe((1, 3, 1, 40));
        ValueSignals.Of(PurchaseSummary.Empty, history, DueOn).Overdue.ShouldBe(0);
    }

    [Fact]
    public void An_account_that_leaves_invoices_unpaid_may_be_in_trouble_and_a_broken_promise_is_named()
    {
        var reason = ReasonsOf(CustomerKind.Account, DueOn.AddDays(31)).ShouldHaveSingleItem();
        reason.Kind.ShouldBe(ReasonKind.BusinessChange);
        reason
            .Evidence.ShouldHaveSingleItem()
            .ShouldBe(
                new Phrase(
                    "an invoice is overdue and unpaid, the oldest since 2026-02-04; payment promised by 2026-02-20 has not come",
                    "有 1 张账单逾期未付，最早应于 2026-02-04 付清；答应 2026-02-20 前付款，至今未到账"
                )
            );
        ReasonsOf(CustomerKind.Account, DueOn).ShouldBeEmpty();
        ReasonsOf(CustomerKind.Person, DueOn.AddDays(31)).ShouldBeEmpty();
        ReasonsOf(CustomerKind.Account, DueOn.AddDays(61))[0].Weight.ShouldBeGreaterThan(reason.Weight);
    }

    [Fact]
    public async Task An_invoice_of_later_than_the_moment_asked_for_is_not_known_yet()
    {
        await TellAsync(Due("I-1", 100));
        var history = await HistoryAsync();
        history.Before(Issued).OpenInvoices.ShouldBeEmpty();
        history.Before(Issued.AddTicks(1)).OpenInvoices.Count.ShouldBe(1);
    }

    private static IReadOnlyList<LikelyReason> ReasonsOf(CustomerKind kind, DateOnly day) =>
        LikelyReasons.Of(
            new ReasonFacts(
                kind,
                1,
                PurchaseSummary.Empty,
                null,
                ExperienceHistory.None with
                {
                    OpenInvoices = [Open(DueOn)],
                },
                new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero)
            ),
            ReasonPriors.Equal
        );

    private static OpenInvoice Open(DateOnly due) => new("k", "I-1", due, 100, new DateOnly(2026, 2, 20), Issued);

    private static ExperienceNews.InvoiceDue Due(string invoice, decimal amount) =>
        new("due " + invoice, Issued, invoice, DueOn, new Money(amount, "EUR"));

    private static ExperienceNews.InvoicePaid Part(string id, decimal amount) =>
        new(id, Issued.AddDays(20), "I-1", DueOn, new DateOnly(2026, 1, 25), new Money(amount, "EUR")) { IsPartial = true };

    private async Task TellAsync(params ExperienceNews[] news)
    {
        foreach (var one in news)
        {
            await _world.Product.RecordExperience.RunAsync("c1", one, Issued.AddDays(60));
        }
    }

    private async Task<ExperienceHistory> HistoryAsync() => (await _world.PartitionAsync("c1")).Experiences();
}

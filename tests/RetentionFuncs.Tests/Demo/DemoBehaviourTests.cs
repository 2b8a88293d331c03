using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Embedded.Demo;
using RetentionFuncs.Reports;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Demo;

public sealed class DemoBehaviourTests
{
    private const int Window = 30;
    private static readonly DemoShop Shop = DemoShop.Create(7, new DateOnly(2026, 6, 30));
    private static readonly DateOnly First = Shop.HistoryEnd.AddDays(1);
    private static readonly IReadOnlyList<DemoContact> Nothing = [];
    private static readonly TouchRef Touch = new(new CustomerKey(new string('a', 26)), new TouchId(new string('b', 26)));
    private static readonly DateTimeOffset Sent = new(2026, 4, 1, 9, 0, 0, TimeSpan.FromHours(2));

    /// <summary>Everyone silent for 120 days or more when the history ends enters on the first day of the run.</summary>
    private static readonly IReadOnlyList<DemoEntry> Entries = Silent();

    [Fact]
    public void The_same_seed_and_contacts_give_the_same_orders()
    {
        static List<string> Run() =>
            [.. Days(20).SelectMany(Orders(Shop.Behaviour(), _ => Nothing)).Select(o => $"{o.Id} {o.At:O} {o.Total}")];
        Run().ShouldBe(Run());
        Run().Count.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void A_treated_customer_buys_whenever_an_untreated_one_would_have_bought_first()
    {
        var treated = FirstOrders(Shop.Behaviour(), everyone: true);
        var alone = FirstOrders(Shop.Behaviour(), everyone: false);
        alone.ShouldAllBe(a => treated.ContainsKey(a.Key) && treated[a.Key] <= a.Value);
        treated.Count.ShouldBeGreaterThan(alone.Count, "the messages add orders");
    }

    [Fact]
    public void Treating_some_changes_nobody_elses_luck()
    {
        var half = Entries.Where((_, i) => i % 2 == 0).ToDictionary(e => e.CustomerId, e => e.WhenTreated);
        var others = Entries.Where((_, i) => i % 2 == 1).Select(e => e.CustomerId).ToHashSet();
        List<string> Run(Func<string, IReadOnlyList<DemoContact>> contacts) =>
            [.. Days(Window).SelectMany(Orders(Shop.Behaviour(), contacts)).Where(o => others.Contains(o.CustomerId)).Select(o => o.Id)];
        Run(id => half.TryGetValue(id, out var c) ? c : Nothing).ShouldBe(Run(_ => Nothing));
    }

    [Fact]
    public void A_bad_mailbox_is_not_moved_by_mail_and_answers_with_a_bounce()
    {
        var bad = Shop.People.First(p => p.Bounces && p.FirstDay < First && !p.Traits.IsBulk);
        var entry = DemoEntry.Planned(bad.ExternalId, First, Window, (0, DemoMessage.CheckIn), (7, DemoMessage.Offer));
        Shop.Behaviour().TruthFor([entry]).ShouldBe(0);
        var answer = new DemoMailbox(Shop).AnswersTo(bad.ExternalId, Touch, "x", Sent).Single();
        (answer.Kind, answer.Bounce).ShouldBe((DeliveryEventKind.Bounced, BounceKind.Hard));
    }

    [Fact]
    public void Most_mail_is_delivered_and_little_of_it_resented()
    {
        var mailbox = new DemoMailbox(Shop);
        var events = Shop.People.SelectMany(p => mailbox.AnswersTo(p.ExternalId, Touch, "x", Sent)).ToList();
        int Count(DeliveryEventKind kind) => events.Count(e => e.Kind == kind);
        Count(DeliveryEventKind.Delivered).ShouldBeInRange(4800, 4920);
        Count(DeliveryEventKind.Bounced).ShouldBe(Shop.People.Count(p => p.Bounces));
        Count(DeliveryEventKind.Unsubscribed).ShouldBeInRange(10, 60);
        Count(DeliveryEventKind.Complained).ShouldBeInRange(0, 15);
        events.ShouldAllBe(e => e.At > Sent);
    }

    [Fact]
    public void Answers_written_as_lines_are_read_back_the_same()
    {
        foreach (var told in Shop.People.Take(400).SelectMany(p => new DemoMailbox(Shop).AnswersTo(p.ExternalId, Touch, "x", Sent)))
        {
            DeliveryEventLines.TryParse(DemoMailbox.ToJsonLine(told), out var read, out var problem).ShouldBeTrue(problem.En);
            read.ShouldBe(told);
        }
    }

    [Fact]
    public void A_coupon_is_used_by_most_who_order_in_its_time_and_takes_its_percentage_off()
    {
        var coupon = new DemoCoupon("TEST", 15, First.AddDays(10));
        var contacts = new[] { new DemoContact(First, DemoMessage.Offer, coupon) };
        var orders = Days(20).SelectMany(Orders(Shop.Behaviour(), _ => contacts)).ToList();
        orders.Where(o => o.Day > coupon.EndsOn).ShouldAllBe(o => o.Coupon == null);
        var inTime = orders.Where(o => o.Day <= coupon.EndsOn).ToList();
        (inTime.Count(o => o.Coupon == "TEST") / (double)inTime.Count).ShouldBeInRange(0.72, 0.88);
        inTime.Where(o => o.Coupon is not null).ShouldAllBe(o => Math.Abs(o.Discount - (0.15m * (o.Total + o.Discount))) < 0.03m);
    }

    [Fact]
    public void Days_are_asked_for_in_order_only()
    {
        var behaviour = Shop.Behaviour();
        Should.Throw<InvalidOperationException>(() => behaviour.OrdersOn(First.AddDays(1), _ => Nothing));
        behaviour.OrdersOn(First, _ => Nothing);
        Should.Throw<InvalidOperationException>(() => behaviour.OrdersOn(First, _ => Nothing));
    }

    [Theory]
    [InlineData(0, 12, 10)]
    [InlineData(11, 12, 1)]
    [InlineData(12, 12, 0)]
    [InlineData(3, 40, 10)]
    public void The_truth_for_one_entry_is_the_formula_by_hand(int sentAfter, int window, int daysAtWork)
    {
        var person = Shop.People.First(p => !p.Bounces && !p.Traits.IsBulk && p.FirstDay < First);
        var daily = Shop.AwayAtEnd[person.Index] ? person.Traits.Return : person.Traits.Rate;
        var added = 0.0055 * person.Traits.Responsiveness;
        var alone = 1 - Math.Pow(1 - daily, window);
        var treated = 1 - (Math.Pow(1 - daily, window) * Math.Pow(1 - added, daysAtWork));
        var entry = DemoEntry.Planned(person.ExternalId, First, window, (sentAfter, DemoMessage.CheckIn));
        Shop.Behaviour().TruthFor([entry]).ShouldBe(treated - alone, 1e-12);
    }

    [Fact]
    public void The_hidden_truth_is_what_many_runs_average_to()
    {
        var truth = Shop.Behaviour().TruthFor(Entries);
        truth.ShouldBeInRange(0.08, 0.15);
        var (treated, alone) = (0, 0);
        const int runs = 12;
        for (var luck = 1; luck <= runs; luck++)
        {
            treated += FirstOrders(Shop.BehaviourWithLuck(luck), everyone: true).Count;
            alone += FirstOrders(Shop.BehaviourWithLuck(luck), everyone: false).Count;
        }

        ((treated - alone) / (double)(runs * Entries.Count)).ShouldBe(truth, 0.006);
    }

    [Fact]
    public void About_95_of_100_estimates_hold_the_truth_within_their_interval()
    {
        const int runs = 300;
        var held = 0;
        for (var luck = 1; luck <= runs; luck++)
        {
            var random = new Random(luck);
            var sample = Entries.OrderBy(_ => random.Next()).Take(600).ToList();
            var treated = sample.Take(420).ToDictionary(e => e.CustomerId, e => e.WhenTreated);
            var behaviour = Shop.BehaviourWithLuck(1000 + luck);
            var came = Days(Window)
                .SelectMany(Orders(behaviour, id => treated.TryGetValue(id, out var c) ? c : Nothing))
                .Select(o => o.CustomerId)
                .ToHashSet();
            var inTreatment = treated.Keys.Count(came.Contains);
            var inControl = sample.Skip(420).Count(e => came.Contains(e.CustomerId));
            held += Uplift.Of(inTreatment, 420, inControl, 180).Interval.Contains(behaviour.TruthFor(sample)) ? 1 : 0;
        }

        // Four standard errors of a 95 % proportion around it.
        (held / (double)runs).ShouldBeInRange(0.905, 0.99);
    }

    private static List<DemoEntry> Silent()
    {
        var last = Shop.History.GroupBy(o => o.CustomerId).ToDictionary(g => g.Key, g => g.Max(o => o.Day));
        return
        [
            .. last.Where(l => Shop.HistoryEnd.DayNumber - l.Value.DayNumber >= 120)
                .OrderBy(l => l.Key, StringComparer.Ordinal)
                .Select(l => DemoEntry.Planned(l.Key, First, Window, (0, DemoMessage.CheckIn), (7, DemoMessage.Offer))),
        ];
    }

    private static Dictionary<string, DateOnly> FirstOrders(DemoBehaviour behaviour, bool everyone)
    {
        var contacts = Entries.ToDictionary(e => e.CustomerId, e => everyone ? e.WhenTreated : Nothing);
        return Days(Window)
            .SelectMany(Orders(behaviour, id => contacts.GetValueOrDefault(id, Nothing)))
            .Where(o => contacts.ContainsKey(o.CustomerId))
            .GroupBy(o => o.CustomerId)
            .ToDictionary(g => g.Key, g => g.Min(o => o.Day));
    }

    private static IEnumerable<DateOnly> Days(int count) => Enumerable.Range(0, count).Select(i => First.AddDays(i));

    private static Func<DateOnly, IEnumerable<DemoOrder>> Orders(
        DemoBehaviour behaviour,
        Func<string, IReadOnlyList<DemoContact>> contacts
    ) => day => behaviour.OrdersOn(day, contacts);
}

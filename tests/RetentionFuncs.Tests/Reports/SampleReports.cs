using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Embedded.Demo;
using RetentionFuncs.Experiments;
using RetentionFuncs.Findings;
using RetentionFuncs.Orders;
using RetentionFuncs.Reports;
using RetentionFuncs.Scoring;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Reports;

/// <summary>A report over the generated shop, its campaigns run by the bare rules: enough of everything for the renderers.</summary>
internal static class SampleReports
{
    public static readonly DateOnly AsOf = new(2026, 6, 30);

    private static readonly Lazy<RetentionReport> Made = new(() => Run(DemoShop.Create(7, AsOf)));

    public static RetentionReport Full => Made.Value;

    public static RetentionReport Empty { get; } =
        RetentionReport.Of(AsOf, "Leaf & Cup <Ltd>", "EUR", 365, StageSeries.Empty, [], DeliveryCounts.None, []);

    private sealed record Plan(
        string Key,
        string En,
        string Zh,
        CampaignJob Job,
        int Days,
        int Silence,
        bool FirstOnly,
        (int After, DemoMessage Message)[] Steps
    );

    private static readonly Plan[] Plans =
    [
        new("win-back", "Win-back", "老客召回", CampaignJob.WinBack, 30, 120, false, [(0, DemoMessage.CheckIn), (7, DemoMessage.Offer)]),
        new("second-order", "Second order", "促成二单", CampaignJob.PreventLoss, 30, 21, true, [(0, DemoMessage.SecondOrder)]),
        new("long-gone", "Long gone", "沉睡客户问候", CampaignJob.WinBack, 21, 365, false, [(0, DemoMessage.Greeting)]),
    ];

    private static RetentionReport Run(DemoShop shop)
    {
        var behaviour = shop.Behaviour();
        var days = shop.History.GroupBy(o => o.CustomerId).ToDictionary(g => g.Key, g => g.Select(o => o.Day).Distinct().ToList());
        var entries = Plans.ToDictionary(p => p.Key, _ => new Dictionary<string, (DateOnly On, TestArm Arm)>());
        var contacts = new Dictionary<string, List<DemoContact>>();
        var orders = new List<DemoOrder>();
        for (var day = shop.HistoryEnd.AddDays(1); day <= shop.AsOf; day = day.AddDays(1))
        {
            foreach (var plan in Plans)
            {
                Enter(shop, plan, day, days, entries[plan.Key], contacts);
            }

            foreach (var order in behaviour.OrdersOn(day, id => contacts.TryGetValue(id, out var c) ? [.. c.Where(x => x.On <= day)] : []))
            {
                orders.Add(order);
                days.TryAdd(order.CustomerId, []);
                days[order.CustomerId].Add(day);
            }
        }

        var history = new StageHistory(AsOf.AddDays(-364), AsOf, LapseRule.Default);
        foreach (var person in shop.People.Where(p => days.ContainsKey(p.ExternalId)))
        {
            history.Add(new PurchaseSummary([.. days[person.ExternalId]], 1, []), person.Country);
        }

        var byCustomer = orders.ToLookup(o => o.CustomerId);
        return RetentionReport.Of(
            AsOf,
            "Leaf & Cup <Ltd>",
            "EUR",
            365,
            history.ToSeries(),
            Plans.Select(p => Facts(shop, behaviour, p, entries[p.Key], byCustomer)),
            new DeliveryCounts(1_862, 1_801, 41, 3, 2, 11, 4, 16),
            [
                new(
                    new Phrase("messages whose outcome is not known; the provider's log may tell.", "条消息结果未知，可查服务商日志确认。"),
                    4,
                    "retention doctor"
                ),
                new(
                    new Phrase("addresses bounced for good; ask for new ones at the next order.", "个邮箱永久退信，下次下单时请客户更新。"),
                    41
                ),
            ]
        );
    }

    private static void Enter(
        DemoShop shop,
        Plan plan,
        DateOnly day,
        Dictionary<string, List<DateOnly>> days,
        Dictionary<string, (DateOnly, TestArm)> entries,
        Dictionary<string, List<DemoContact>> contacts
    )
    {
        foreach (var person in shop.People.Where(p => p.Consent == true && days.ContainsKey(p.ExternalId)))
        {
            var own = days[person.ExternalId];
            var due = day.DayNumber - own[^1].DayNumber == plan.Silence && (!plan.FirstOnly || own.Count == 1);
            if (!due || entries.ContainsKey(person.ExternalId))
            {
                continue;
            }

            var arm = ControlDraw.ArmOf(plan.Key, new PersonKey(person.ExternalId), 0.3m);
            entries[person.ExternalId] = (day, arm);
            if (arm == TestArm.Treatment)
            {
                contacts.TryAdd(person.ExternalId, []);
                contacts[person.ExternalId].AddRange(plan.Steps.Select(s => Contact(day, s)));
            }
        }
    }

    private static DemoContact Contact(DateOnly day, (int After, DemoMessage Message) step)
    {
        var on = day.AddDays(step.After);
        return new DemoContact(
            on,
            step.Message,
            step.Message == DemoMessage.Offer ? new DemoCoupon("K7C2-ZVX5", 12, on.AddDays(14)) : null
        );
    }

    private static CampaignFacts Facts(
        DemoShop shop,
        DemoBehaviour behaviour,
        Plan plan,
        Dictionary<string, (DateOnly On, TestArm Arm)> entries,
        ILookup<string, DemoOrder> orders
    )
    {
        var outcomes = entries.Select(e => Outcome(plan, e.Key, e.Value.On, e.Value.Arm, orders[e.Key])).ToList();
        var closed = entries.Where(e => e.Value.On.AddDays(plan.Days) <= AsOf.AddDays(1));
        return new CampaignFacts(
            plan.Key,
            new Dictionary<string, string> { ["en"] = plan.En, ["zh-CN"] = plan.Zh },
            plan.Job,
            plan.Days,
            0.3m,
            outcomes,
            new Dictionary<TouchpointState, int>
            {
                [TouchpointState.Sent] = outcomes.Count(o => o.Arm == TestArm.Treatment) * plan.Steps.Length,
                [TouchpointState.Unknown] = 2,
                [TouchpointState.Expired] = 7,
            },
            [
                new SkipCount("Consent", new Phrase("said no to marketing, or were never asked", "未同意或未被询问过营销许可"), 231),
                new SkipCount("Suppressed", new Phrase("unsubscribed, or their address bounced", "已退订或邮箱退信"), 38),
                new SkipCount("Cap", new Phrase("had two messages within seven days already", "七天内已收到两条消息"), 12),
            ],
            new CouponCounts(
                plan.Steps.Any(s => s.Message == DemoMessage.Offer) ? outcomes.Count(o => o.Arm == TestArm.Treatment) : 0,
                outcomes.Count(o => o.Discount > 0),
                outcomes.Sum(o => o.Discount)
            ),
            behaviour.TruthFor(closed.Select(e => DemoEntry.Planned(e.Key, e.Value.On, plan.Days, plan.Steps)))
        );
    }

    private static EntryOutcome Outcome(Plan plan, string id, DateOnly on, TestArm arm, IEnumerable<DemoOrder> orders)
    {
        var inside = orders.Where(o => o.Day >= on && o.Day < on.AddDays(plan.Days)).ToList();
        return new EntryOutcome(
            new CustomerKey(id),
            arm,
            on,
            "DE",
            on.AddDays(plan.Days) <= AsOf.AddDays(1),
            inside.Count > 0,
            inside.Count,
            inside.Sum(o => o.Total - o.Refunded),
            inside.Sum(o => o.Discount)
        );
    }
}

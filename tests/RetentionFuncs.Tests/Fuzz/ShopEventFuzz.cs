using System.Text;
using RetentionFuncs.Queues;
using RetentionFuncs.ShopEvents;
using RetentionFuncs.Tests.Trips;
using Xunit.Abstractions;

namespace RetentionFuncs.Tests.Fuzz;

/// <summary>Events as shops write them, damaged, read and carried through a whole product.</summary>
public sealed class ShopEventFuzz(ITestOutputHelper output)
{
    private static readonly string[] Kinds =
    [
        "order.placed",
        "order.cancelled",
        "order.refunded",
        "customer.changed",
        "consent.given",
        "consent.withdrawn",
        "complaint.opened",
        "complaint.resolved",
        "order.delivered",
        "order.returned",
        "survey.answered",
        "invoice.paid",
        "account.owner_left",
        "account.contact_moved",
    ];

    private static readonly string[] Values =
    [
        "null",
        "true",
        "0",
        "-1",
        "1e400",
        "79228162514264337593543950336",
        "0.00000000000000000000000000000001",
        "\"\"",
        "\"x\"",
        "[]",
        "{}",
        "[[]]",
        "\"2026-03-02T10:00:00+01:00\"",
        "\"0001-01-01T00:00:00Z\"",
        "\"9999-12-31T23:59:59+14:00\"",
        "\"2026-02-30\"",
        "\"EUR\"",
        "\"\\ud800\"",
        "\"\\u0000\"",
    ];

    private static readonly string[] Pieces = ["{", "}", "[", "]", ",", ":", "\"", "\n", "\\", "\"id\":\"e1\",", .. Values];

    private static string Event(FuzzCase c) =>
        $$$$"""
            {"schema":{{{{(c.OneIn(15) ? c.Of(Values) : "1")}}}},{{{{(
                c.OneIn(3) ? "" : $"\"id\":\"e{c.Random.Next(9)}\","
            )}}}}"type":"{{{{c.Of(Kinds)}}}}",
            "occurredAt":{{{{Some(c, "\"2026-03-02T09:00:00+01:00\"")}}}},
            "customer":{"id":"c{{{{c.Random.Next(3)}}}}","name":{{{{Some(c, "\"Ada\"")}}}},"email":{{{{Some(
                c,
                "\"ada@post.linden.shop\""
            )}}}},
            "country":{{{{Some(c, "\"DE\"")}}}},"birthday":{{{{Some(c, "\"1990-02-29\"")}}}},
            "consent":{"state":{{{{Some(c, "\"granted\"")}}}},"source":{{{{Some(c, "\"box\"")}}}} } } {{{{Part(c)}}}} }
            """;

    private static string Part(FuzzCase c) =>
        c.Random.Next(7) switch
        {
            0 or 1 =>
                $",\"order\":{{\"id\":\"o{c.Random.Next(3)}\",\"placedAt\":{Some(c, "\"2026-03-01T09:00:00+01:00\"")},\"total\":{Some(c, "59.90")},\"currency\":{Some(c, "\"EUR\"")},\"refunded\":{Some(c, "0")},\"lines\":[{{\"sku\":{Some(c, "\"S1\"")},\"quantity\":{Some(c, "2")},\"net\":{Some(c, "29.95")}}}]}}",
            2 => $",\"complaint\":{{\"id\":{Some(c, "\"k1\"")},\"topic\":{Some(c, "\"price\"")}}}",
            3 =>
                $",\"delivery\":{{\"order\":\"o1\",\"promisedOn\":{Some(c, "\"2026-03-01\"")},\"deliveredOn\":{Some(c, "\"2026-03-02\"")},\"ordered\":{Some(c, "3")},\"delivered\":{Some(c, "2")}}}",
            4 => $",\"survey\":{{\"satisfaction\":{Some(c, "\"satisfied\"")}}}",
            5 =>
                $",\"invoice\":{{\"id\":\"i1\",\"dueOn\":{Some(c, "\"2026-03-01\"")},\"amount\":{Some(c, "10")},\"currency\":{Some(c, "\"EUR\"")}}}",
            _ => "",
        };

    private static string Some(FuzzCase c, string good) => c.OneIn(12) ? c.Of(Values) : good;

    private static string Damaged(FuzzCase c) => c.OneIn(3) ? OddTexts.Damage(c, Event(c), Pieces) : Event(c);

    [Fact]
    public void An_event_is_understood_or_told_what_is_wrong() =>
        FuzzRun.Run(
            output,
            15_000,
            c =>
            {
                var text = c.Try(Damaged(c));
                var reading = ShopEventReader.Read(text, "kept", new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
                if (reading is ShopEventReading.NotUnderstood odd)
                {
                    odd.Findings.ShouldNotBeEmpty();
                    odd.Findings.ShouldAllBe(f => f.Describe("zh").Length > 0);
                }
            }
        );

    /// <summary>Posts of several events: each is answered for, what was taken is applied or put aside, and a repeat changes nothing.</summary>
    [Fact]
    public Task A_post_of_events_never_fails_and_what_it_takes_is_carried_to_an_end() =>
        FuzzRun.RunAsync(
            output,
            800,
            async c =>
            {
                var world = new TripWorld();
                var lines = Enumerable
                    .Range(0, c.Random.Next(1, 6))
                    .Select(_ => Damaged(c).Replace("\n", "", StringComparison.Ordinal))
                    .ToArray();
                var body = c.Try(c.OneIn(2) ? $"[{string.Join(',', lines)}]" : string.Join('\n', lines));
                var answers = await world.Product.ReceiveShopEvents.RunAsync(Encoding.UTF8.GetBytes(body));
                answers.ShouldAllBe(a => a.Place > 0 && (a.Receipt != EventReceipt.Refused || a.Findings.Count > 0));
                for (var i = 0; i < 3; i++)
                {
                    await world.Queue.DeliverDueAsync(world.Product.Handler);
                    world.Clock.Now += TimeSpan.FromHours(1);
                }

                world.Queue.Waiting.ShouldBeEmpty();
                var (aside, ids) = (answers.Where(a => a.Receipt == EventReceipt.SetAside).ToList(), answers.Select(a => a.Id).ToList());
                world.Queue.Parked.Count.ShouldBeLessThanOrEqualTo(aside.Count);
                if (ids.Distinct().Count() == ids.Count)
                {
                    world.Queue.Parked.Count.ShouldBe(aside.Count);
                }
            }
        );
}

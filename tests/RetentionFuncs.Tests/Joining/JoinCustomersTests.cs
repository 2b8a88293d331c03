using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Customers.Joining;
using RetentionFuncs.Experiences;
using RetentionFuncs.Orders;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Joining;

/// <summary>Two ids turn out to be one customer, or one turns out to be two.</summary>
public sealed partial class JoinCustomersTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.Parse("2026-03-02T09:00:00+01:00", null);

    private readonly TripWorld _world = new();

    [Fact]
    public async Task Catalogue_152_the_orders_of_both_ids_are_one_history_and_the_old_id_leads_to_it()
    {
        await _world.CustomerAsync("old");
        await _world.OrderAsync("old", "2026-01-10", 30);
        await _world.OrderAsync("old", "2026-02-10", 20);
        await _world.CustomerAsync("new");
        await _world.OrderAsync("new", "2026-01-20", 50);

        (await MergeAsync("old", "new")).ShouldBe(new JoinEnding.Done(2));

        var partition = await _world.PartitionAsync("new");
        partition.Summary().PurchaseDays.ShouldBe([new(2026, 1, 10), new(2026, 1, 20), new(2026, 2, 10)]);
        partition.Summary().SpendIn("EUR").ShouldBe(100);
        partition.Profile()!.ExternalId.ShouldBe("new");
        partition.Standing()!.NextReviewOn!.Value.ShouldBeGreaterThan(new(2026, 3, 1));
        (await OrdersAsync("old")).ShouldBeEmpty();
        var gone = await _world.PartitionAsync("old");
        (gone.Profile(), gone.Contacts().Count, gone.Summary().Orders).ShouldBe((null, 0, 0));
        (await _world.Product.ExplainCustomer.RunAsync("old", _world.Clock.Now))!.CustomerKey.ShouldBe(_world.KeyOf("new").Value);
    }

    [Fact]
    public async Task Catalogue_152_what_is_told_of_the_old_id_later_is_told_of_the_new_one()
    {
        await _world.CustomerAsync("old");
        await _world.CustomerAsync("new");
        await MergeAsync("old", "new");

        await _world.OrderAsync("old", "2026-03-01", 70);
        await ApplyAsync(
            """{"schema":1,"type":"customer.changed","occurredAt":"2026-03-02T09:30:00Z","customer":{"id":"old","country":"AT"}}"""
        );
        await TellAsync("old", new ExperienceNews.ComplaintOpened("e", At, "K", null));

        var partition = await _world.PartitionAsync("new");
        (partition.Summary().Orders, partition.Contacts().Single().Country, partition.Profile()!.ExternalId).ShouldBe((1, "AT", "new"));
        CustomerGate.Of(partition).ComplaintSince.ShouldBe(At);
        (await _world.PartitionAsync("old")).Profile().ShouldBeNull();
    }

    [Theory]
    // Both answers by day of March, a yes positive and a no negative; whether both have one address; what is left.
    [InlineData(0, 1, true, 1)]
    [InlineData(1, 0, true, 1)]
    [InlineData(2, -1, true, 2)]
    [InlineData(1, -2, true, -2)]
    [InlineData(-1, 2, true, 2)]
    [InlineData(-2, 1, true, -2)]
    [InlineData(1, -1, true, -1)]
    [InlineData(-1, 1, true, -1)]
    [InlineData(0, -1, true, -1)]
    [InlineData(0, 1, false, 0)]
    [InlineData(-1, 2, false, -1)]
    [InlineData(1, -2, false, -2)]
    [InlineData(2, -1, false, 2)]
    public async Task Catalogue_152_a_no_under_either_id_stays_unless_a_later_yes_for_that_address_lifts_it(
        int ofNew,
        int ofOld,
        bool sameAddress,
        int left
    )
    {
        CustomerNews With(CustomerNews news, int answer, string address)
        {
            EmailAddress.TryParse(address, out var email, out _);
            var at = new DateTimeOffset(2026, 2, Math.Max(1, Math.Abs(answer)), 0, 0, 0, TimeSpan.Zero);
            var state = answer > 0 ? ConsentState.Granted : ConsentState.Denied;
            return news with { Email = email, EmailConsent = answer == 0 ? null : new(state, ConsentBasis.Express, "box", at, at) };
        }

        await _world.CustomerAsync("new", n => With(n, ofNew, "ada@post.linden.shop"));
        await _world.CustomerAsync("old", n => With(n, ofOld, sameAddress ? "ada@post.linden.shop" : "other@post.linden.shop"));
        await MergeAsync("old", "new");

        var contact = (await _world.PartitionAsync("new")).Contacts().Single();
        contact.Email!.Value.ShouldBe("ada@post.linden.shop");
        var answer = contact.EmailConsent is { } c ? c.OccurredAt.Day * (c.State == ConsentState.Granted ? 1 : -1) : 0;
        answer.ShouldBe(left);
    }

    [Fact]
    public async Task Gaps_are_filled_from_the_old_id_nothing_is_overwritten_and_a_refused_profile_is_refused_for_both()
    {
        await _world.CustomerAsync("new", n => n with { Email = null, EmailConsent = null, Country = "AT", ContactName = null });
        await _world.CustomerAsync("old", n => n with { DoNotProfile = true, Birthday = new Birthday(1990, 3, 5), Phone = "+4930555" });
        await MergeAsync("old", "new");

        var partition = await _world.PartitionAsync("new");
        var contact = partition.Contacts().Single();
        (contact.Email!.Value, contact.Country, contact.Name, contact.Birthday, contact.Phone).ShouldBe(
            ("old@post.linden.shop", "AT", "Ada Winter", new Birthday(1990, 3, 5), "+4930555")
        );
        contact.EmailConsent!.State.ShouldBe(ConsentState.Granted);
        partition.Profile()!.DoNotProfile.ShouldBeTrue();
        // The draw is about whoever was first seen with the address, and never computed anew (S6).
        partition.PersonOf(contact.Key).ShouldBe(new PersonKey(_world.KeyOf("old").Value));
    }

    [Fact]
    public async Task The_person_a_draw_was_about_stays()
    {
        await _world.CustomerAsync("old");
        await _world.CustomerAsync("new");
        var before = await _world.PartitionAsync("new");
        var person = before.PersonOf(before.Contacts().Single().Key);
        await MergeAsync("old", "new");
        var after = await _world.PartitionAsync("new");
        after.PersonOf(after.Contacts().Single().Key).ShouldBe(person);
    }

    [Fact]
    public async Task An_open_complaint_under_the_old_id_holds_messages_back_under_the_new_one_and_is_told_once()
    {
        await _world.CustomerAsync("new");
        await TellAsync("old", new ExperienceNews.ComplaintOpened("e1", At, "K-1", ComplaintTopic.Quality));
        await TellAsync("old", new ExperienceNews.Answered("e2", At, null, RetentionFuncs.Scoring.Reasons.ReasonKind.Price));
        await TellAsync("new", new ExperienceNews.ComplaintOpened("e3", At.AddHours(1), "K-2", null));
        await TellAsync("new", new ExperienceNews.ComplaintResolved("e4", At.AddHours(2), "K-2"));
        await MergeAsync("old", "new");

        var partition = await _world.PartitionAsync("new");
        partition
            .Experiences()
            .Kept.Select(e => e.Kind)
            .Order()
            .ShouldBe([ExperienceKind.Complaint, ExperienceKind.Complaint, ExperienceKind.Survey]);
        CustomerGate.Of(partition).ComplaintSince.ShouldBe(At);
        (await new ReasonAnswers(_world.Rows).CountAsync()).Single().Value.ShouldBe(1);
        await TellAsync("new", new ExperienceNews.ComplaintResolved("e5", At.AddHours(3), "K-1"));
        CustomerGate.Of(await _world.PartitionAsync("new")).ComplaintSince.ShouldBeNull();
    }
}

using RetentionFuncs.Customers;
using RetentionFuncs.Imports;
using RetentionFuncs.Messages;
using RetentionFuncs.ShopEvents;
using RetentionFuncs.Tests.Imports;
using RetentionFuncs.Tests.Trips;
using static RetentionFuncs.Tests.Messages.MessageSamples;

namespace RetentionFuncs.Tests.Fuzz;

/// <summary>What the generators found, each as the shortest case that showed it.</summary>
public sealed class FoundTests
{
    [Theory]
    [InlineData("(=20{0}")]
    [InlineData("<&gt;{0}")]
    [InlineData("<{0}>=20")]
    [InlineData("({0}).\u200B")]
    public void A_link_with_marks_around_the_remains_of_a_mail_program_still_unsubscribes(string shape)
    {
        var token = Links.Token(LinkPurpose.Unsubscribe, Touch);
        Links.TryRead(string.Format(shape, token), LinkPurpose.Unsubscribe, out var touch).ShouldBeTrue();
        touch.ShouldBe(Touch);
    }

    [Fact]
    public void Half_a_character_in_an_event_is_a_finding_and_no_fault()
    {
        foreach (var json in new[] { "\uD800", "{\"schema\":1,\"id\":\"\uDE17\"}" })
        {
            ShopEventReader.Read(json, "kept", Now).ShouldBeOfType<ShopEventReading.NotUnderstood>().Findings.ShouldHaveSingleItem();
        }
    }

    [Fact]
    public void A_NUL_that_a_template_writes_by_its_escape_does_not_leave() =>
        Refused(Request(Version(English with { Html = English.Html + "<p>\0</p>" }))).ShouldContain("NUL");

    /// <summary>The yes of the file has no date, so that it bore the day of each import and was always the newest.</summary>
    [Fact]
    public async Task An_undated_yes_imported_again_does_not_outlive_a_no_given_meanwhile()
    {
        var world = new TripWorld();
        await ImportAsync(world, "yes", 0);
        (await ConsentAsync(world)).State.ShouldBe(ConsentState.Granted);
        world.Clock.Now += TimeSpan.FromHours(1);
        var no = new Consent(ConsentState.Denied, ConsentBasis.Express, "page", world.Clock.Now, world.Clock.Now);
        await world.CustomerAsync("c1", c => c with { EmailConsent = no });

        await ImportAsync(world, "yes", unchanged: 1);

        (await ConsentAsync(world)).ShouldBe(no);
    }

    [Fact]
    public async Task An_undated_yes_imported_again_keeps_the_day_it_was_first_told()
    {
        var world = new TripWorld();
        await ImportAsync(world, "yes", 0);
        var first = await ConsentAsync(world);

        await ImportAsync(world, "yes", unchanged: 1);
        (await ConsentAsync(world)).ShouldBe(first);

        await ImportAsync(world, "no", 0);
        (await ConsentAsync(world)).State.ShouldBe(ConsentState.Denied);
    }

    /// <summary>The due day was read as the first day of year 1.</summary>
    [Theory]
    [InlineData("N/A")]
    [InlineData("\u202E")]
    public async Task An_invoice_without_a_due_day_that_can_be_seen_is_refused(string due)
    {
        var world = new TripWorld();
        var outcome = await ImportKinds.RunAsync(
            ImportKinds.Receivables,
            ImportFuzz.Ground(world),
            ImportWorld.File_($"customer_id,invoice,due,amount\nc1,i1,{due},5\n"),
            new ImportOptions(),
            ImportFuzz.Sink(world)
        );
        outcome.ShouldBeOfType<ImportOutcome.Completed>().Report.Refused.ShouldBe(1);
    }

    private static async Task ImportAsync(TripWorld world, string consent, long unchanged)
    {
        world.Clock.Now += TimeSpan.FromDays(1);
        var outcome = await ImportKinds.RunAsync(
            ImportKinds.Customers,
            ImportFuzz.Ground(world),
            ImportWorld.File_($"customer_id,email,consent\nc1,c1@post.linden.shop,{consent}\n"),
            new ImportOptions(),
            ImportFuzz.Sink(world)
        );
        outcome.ShouldBeOfType<ImportOutcome.Completed>().Report.Unchanged.ShouldBe(unchanged);
    }

    private static async Task<Consent> ConsentAsync(TripWorld world) =>
        (await world.PartitionAsync("c1")).Contacts().Single().EmailConsent!;
}

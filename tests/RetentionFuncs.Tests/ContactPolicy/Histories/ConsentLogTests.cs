using RetentionFuncs.ContactPolicy.Histories;
using RetentionFuncs.Customers;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.ContactPolicy.Histories;

/// <summary>What an undone import leaves in the history, and what is kept of the place a button was pressed from.</summary>
public sealed class ConsentLogTests
{
    private readonly TripWorld _world = new();

    private DateTimeOffset Now => _world.Clock.Now;

    private ConsentLog Log => new(_world.Secret, new Ids());

    private Consent Answer(ConsentState state, string source) =>
        new(state, ConsentBasis.SoftOptIn, source, Now.AddDays(-9), Now.AddDays(-8)) { ConfirmedAt = Now.AddDays(-7), Words = "v2" };

    private async Task<Contact> ContactAsync(string customer = "ada")
    {
        await _world.CustomerAsync(customer, n => n with { Phone = "+49 30 1234567", EmailConsent = null });
        return (await _world.PartitionAsync(customer)).Contacts().Single();
    }

    private async Task<IReadOnlyList<ConsentEntry>> WriteAsync(Action<CustomerPartition> write, string customer = "ada")
    {
        var partition = await _world.PartitionAsync(customer);
        write(partition);
        (await partition.CommitAsync()).ShouldBeOfType<CommitResult.Applied>();
        var history = await _world.Product.ReadConsents.RunAsync(_world.KeyOf(customer));
        history.IsWhole.ShouldBeTrue();
        return history.Entries;
    }

    [Fact]
    public async Task An_undone_import_is_told_by_the_answer_that_counts_again_on_each_channel_it_had_told_of()
    {
        var bare = await ContactAsync();
        var before = bare with { EmailConsent = Answer(ConsentState.Denied, "till"), PhoneConsent = Answer(ConsentState.Granted, "till") };
        var known = before with { EmailConsent = Answer(ConsentState.Granted, "file"), SmsConsent = Answer(ConsentState.Granted, "file") };

        var entries = await WriteAsync(p =>
        {
            Log.Note(p, null, known);
            Log.NoteUndone(p, known, before, Now.AddDays(1));
        });

        var undone = entries.Where(e => e.Act == ConsentAct.TakenBack).ToArray();
        undone.Select(e => e.Channel).ShouldBe([Channel.Email, Channel.Sms]);
        undone[0]
            .ShouldBe(
                new ConsentEntry(
                    4,
                    ConsentAct.TakenBack,
                    known.Key,
                    Channel.Email,
                    _world.Secret.AddressKeyOf(known, Channel.Email),
                    ConsentState.Denied,
                    ConsentBasis.SoftOptIn,
                    "till",
                    "v2",
                    null,
                    null,
                    Now.AddDays(-9),
                    Now.AddDays(1),
                    Now.AddDays(-7)
                )
            );
        (undone[1].State, undone[1].Source, undone[1].RecordedAt).ShouldBe((null, "undo of an import", Now.AddDays(1)));
        undone[1].Address.ShouldBe(_world.Secret.AddressKeyOf(known, Channel.Sms).ShouldNotBeNull());
    }

    [Fact]
    public async Task A_contact_that_goes_with_the_import_takes_back_every_answer_it_had()
    {
        var known = await ContactAsync() with
        {
            EmailConsent = Answer(ConsentState.Granted, "file"),
            PhoneConsent = Answer(ConsentState.Denied, "file"),
        };
        var entries = await WriteAsync(p =>
        {
            Log.Note(p, null, known);
            Log.NoteUndone(p, known, null, Now);
        });
        entries
            .Select(e => (e.Number, e.Act, e.Channel, e.State))
            .ShouldBe([
                (1, ConsentAct.Answered, Channel.Email, ConsentState.Granted),
                (2, ConsentAct.Answered, Channel.Phone, ConsentState.Denied),
                (3, ConsentAct.TakenBack, Channel.Email, null),
                (4, ConsentAct.TakenBack, Channel.Phone, null),
            ]);
    }

    [Fact]
    public async Task The_same_place_is_known_again_under_one_customer_and_under_no_other()
    {
        var (ada, bob) = (await ContactAsync(), await ContactAsync("bob"));
        string?[] Pressed(IReadOnlyList<ConsentEntry> entries) => [.. entries.Select(e => e.From)];
        ConsentEntry Of(Contact c) => ConsentEntry.Of(ConsentAct.Answered, c, Channel.Email, null, "page", Now);
        var first = Pressed(
            await WriteAsync(p =>
            {
                Log.Add(p, ada, Of(ada), "203.0.113.7");
                Log.Add(p, ada, Of(ada), "203.0.113.7");
                Log.Add(p, ada, Of(ada), "203.0.113.8");
                Log.Add(p, ada, Of(ada));
            })
        );
        var other = Pressed(
            await WriteAsync(p => new ConsentLog(_world.Secret, new Ids("other")).Add(p, bob, Of(bob), "203.0.113.7"), "bob")
        );

        first[0]!.Length.ShouldBe(26);
        (first[1] == first[0], first[2] == first[0], first[3]).ShouldBe((true, false, null));
        other.Single().ShouldNotBe(first[0]);
    }

    private sealed class Ids(string salt = "salt") : RetentionFuncs.Identity.IIdSource
    {
        public string NewId() => salt;
    }
}

using RetentionFuncs.ContactPolicy.Histories;
using RetentionFuncs.Customers;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.ContactPolicy.Histories;

public sealed class ConsentHistoryTests
{
    private static async Task<TripWorld> WorldAsync()
    {
        var world = new TripWorld();
        var at = world.Clock.Now;
        await world.CustomerAsync("ada");
        await world.CustomerAsync("ada", n => n with { EmailConsent = Answer(ConsentState.Denied, at) });
        await world.CustomerAsync(
            "ada",
            n =>
                n with
                {
                    Phone = "+49 30 1234567",
                    SmsConsent = Answer(ConsentState.Granted, at) with { Words = "till v2" },
                    PhoneConsent = Answer(ConsentState.Granted, at),
                }
        );
        return world;
    }

    private static Consent Answer(ConsentState state, DateTimeOffset at) => new(state, ConsentBasis.Express, "till", at, at);

    private static async Task<ConsentHistory> ReadAsync(TripWorld world) => await world.Product.ReadConsents.RunAsync(world.KeyOf("ada"));

    private static async Task<List<StoredRow>> RowsAsync(TripWorld world)
    {
        var rows = new List<StoredRow>();
        await foreach (
            var row in world.Rows.ReadAllAsync(CustomerPartition.IdOf(world.KeyOf("ada")), new RowRange("x-consent|", "x-consent|~"))
        )
        {
            rows.Add(row);
        }

        return rows;
    }

    private static ValueTask PutAsync(TripWorld world, string key, PropertyBag bag) =>
        world.Rows.PutAnyAsync(CustomerPartition.IdOf(world.KeyOf("ada")), key, bag);

    [Fact]
    public async Task Every_answer_on_every_channel_is_a_row_with_who_when_and_on_what_words()
    {
        var world = await WorldAsync();
        var history = await ReadAsync(world);
        history.IsWhole.ShouldBeTrue();
        history
            .Entries.Select(e => (e.Number, e.Channel, e.State, e.Source, e.Words))
            .ShouldBe([
                (1, Channel.Email, ConsentState.Granted, "checkout", null),
                (2, Channel.Email, ConsentState.Denied, "till", null),
                (3, Channel.Sms, ConsentState.Granted, "till", "till v2"),
                (4, Channel.Phone, ConsentState.Granted, "till", null),
            ]);
        history.Entries[2].Address.ShouldBe(history.Entries[3].Address);
        history.Entries.All(e => e.Contact.Value.Length == 26).ShouldBeTrue();
    }

    [Fact]
    public async Task News_that_changes_no_answer_adds_no_row()
    {
        var world = await WorldAsync();
        await world.CustomerAsync("ada", n => n with { ContactName = "Ada W", EmailConsent = null });
        await world.CustomerAsync("ada", n => n with { EmailConsent = Answer(ConsentState.Granted, world.Clock.Now.AddYears(-5)) });
        (await ReadAsync(world)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Any_changed_property_of_any_row_breaks_the_chain_there()
    {
        var world = await WorldAsync();
        foreach (var (row, number) in (await RowsAsync(world)).Select((r, i) => (r, i + 1)))
        {
            foreach (var (name, value) in row.Properties.Entries)
            {
                var bent = row.Properties.Copy();
                _ = value is long number64
                    ? bent.Set(name, number64 + 1)
                    : bent.Set(name, name == "act" ? "FoundOnFile" : Bend(name, (string)value));
                await PutAsync(world, row.Key, bent);
                (await ReadAsync(world)).BrokenAt.ShouldBe(number, $"{name} of row {number}");
            }

            await PutAsync(world, row.Key, row.Properties);
        }

        (await ReadAsync(world)).IsWhole.ShouldBeTrue();
    }

    /// <summary>Another value that still reads.</summary>
    private static string Bend(string name, string value) =>
        name switch
        {
            "channel" => value == "Email" ? "Phone" : "Email",
            "state" => value == "Granted" ? "Denied" : "Granted",
            "basis" => "Implied",
            "occurredAt" or "recordedAt" or "confirmedAt" => "2020-01-01T00:00:00.0000000+00:00",
            _ => value + "x",
        };

    [Fact]
    public async Task A_row_taken_away_put_in_or_moved_is_noticed()
    {
        var world = await WorldAsync();
        var rows = await RowsAsync(world);
        var partition = CustomerPartition.IdOf(world.KeyOf("ada"));

        await world.Rows.DeleteAnyAsync(partition, rows[3].Key);
        (await ReadAsync(world)).BrokenAt.ShouldBe(4);
        await world.Rows.DeleteAnyAsync(partition, rows[0].Key);
        (await ReadAsync(world)).BrokenAt.ShouldBe(1);
        foreach (var row in rows)
        {
            await PutAsync(world, row.Key, row.Properties);
        }

        await PutAsync(world, "x-consent|00000005", rows[3].Properties);
        (await ReadAsync(world)).BrokenAt.ShouldBe(5);
        await world.Rows.DeleteAnyAsync(partition, "x-consent|00000005");
        await PutAsync(world, rows[1].Key, rows[2].Properties);
        await PutAsync(world, rows[2].Key, rows[1].Properties);
        (await ReadAsync(world)).BrokenAt.ShouldBe(2);
    }

    [Fact]
    public async Task Who_rewrites_the_whole_chain_without_the_secret_is_found_out()
    {
        var world = await WorldAsync();
        var foreign = new RetentionFuncs.Identity.InstanceSecret(new byte[32]);
        var head = ConsentRows.Beginning;
        foreach (var entry in (await ReadAsync(world)).Entries)
        {
            var bag = ConsentRows.ToBag(entry with { State = ConsentState.Granted }, head, "salt", foreign);
            await PutAsync(world, ConsentRows.KeyOf(entry.Number), bag);
            head = bag.Text("seal");
        }

        await PutAsync(world, CustomerPartition.ConsentsRow, new PropertyBag().Set("count", 4).Set("head", head).Set("salt", "salt"));
        (await ReadAsync(world)).BrokenAt.ShouldBe(1);
    }

    [Fact]
    public async Task Without_payload_and_salt_the_chain_still_holds_and_says_nothing_of_anybody()
    {
        var world = await WorldAsync();
        foreach (var row in await RowsAsync(world))
        {
            await PutAsync(world, row.Key, ConsentRows.WithoutPayload(row.Properties));
        }

        var partition = await world.PartitionAsync("ada");
        var state = partition.Find(CustomerPartition.ConsentsRow)!.Copy().Set("salt", (string?)null);
        await PutAsync(world, CustomerPartition.ConsentsRow, state);

        var history = await ReadAsync(world);
        (history.IsWhole, history.Count, history.Entries.Count).ShouldBe((true, 4, 0));
        (await RowsAsync(world))
            .SelectMany(r => r.Properties.Entries)
            .Select(e => e.Key)
            .Distinct()
            .ShouldBe(["number", "payload", "before", "seal"]);

        var rows = await RowsAsync(world);
        await PutAsync(world, rows[2].Key, rows[2].Properties.Copy().Set("payload", rows[1].Properties.Text("payload")));
        (await ReadAsync(world)).BrokenAt.ShouldBe(3);
    }

    [Fact]
    public async Task What_was_on_file_before_there_was_a_history_is_written_down_first()
    {
        var world = await WorldAsync();
        var partition = CustomerPartition.IdOf(world.KeyOf("ada"));
        foreach (var row in await RowsAsync(world))
        {
            await world.Rows.DeleteAnyAsync(partition, row.Key);
        }

        await world.Rows.DeleteAnyAsync(partition, CustomerPartition.ConsentsRow);
        (await ReadAsync(world)).IsWhole.ShouldBeTrue();
        await world.CustomerAsync("ada", n => n with { SmsConsent = Answer(ConsentState.Denied, world.Clock.Now.AddDays(1)) });

        var history = await ReadAsync(world);
        history.IsWhole.ShouldBeTrue();
        history
            .Entries.Select(e => (e.Act, e.Channel, e.State))
            .ShouldBe([
                (ConsentAct.FoundOnFile, Channel.Email, ConsentState.Denied),
                (ConsentAct.FoundOnFile, Channel.Sms, ConsentState.Granted),
                (ConsentAct.FoundOnFile, Channel.Phone, ConsentState.Granted),
                (ConsentAct.Answered, Channel.Sms, ConsentState.Denied),
            ]);
    }

    [Fact]
    public async Task Explain_tells_the_answers_in_both_languages_and_a_broken_chain()
    {
        var world = await WorldAsync();
        var told = (await world.Product.ExplainCustomer.RunAsync("ada", world.Clock.Now.AddDays(1)))!;
        told.Consents.Select(c => c.Sentence.En)
            .ShouldBe([
                "Consent, e-mail: yes, express; said at 'checkout'.",
                "Consent, e-mail: no; said at 'till'.",
                "Consent, text messages: yes, express; said at 'till', on the words 'till v2'.",
                "Consent, calls: yes, express; said at 'till'.",
            ]);
        told.Consents[2].Sentence.Zh.ShouldBe("许可（短信）：同意，明示同意；来源“till”，文本版本“till v2”。");
        told.ConsentsBrokenAt.ShouldBeNull();

        var row = (await RowsAsync(world))[0];
        await PutAsync(world, row.Key, row.Properties.Copy().Set("source", "a box that was never ticked"));
        (await world.Product.ExplainCustomer.RunAsync("ada", world.Clock.Now.AddDays(1)))!.ConsentsBrokenAt.ShouldBe(1);
    }

    /// <summary>Histories are kept for years: what an earlier version sealed must hold under a later one. Worked out outside this code.</summary>
    [Fact]
    public void The_form_of_a_sealed_row_is_pinned()
    {
        var at = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(1));
        var entry = new ConsentEntry(
            7,
            ConsentAct.Answered,
            new ContactKey(new string('c', 26)),
            Channel.Email,
            null,
            ConsentState.Granted,
            ConsentBasis.Express,
            "form",
            "v2",
            "wish",
            ConsentRows.HashOf("203.0.113.7", "salt"),
            at,
            at.AddDays(1),
            at.AddDays(2)
        );
        var secret = new RetentionFuncs.Identity.InstanceSecret([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        var row = ConsentRows.ToBag(entry, "before", "salt", secret);
        (entry.From, row.Text("payload"), row.Text("seal")).ShouldBe(
            (
                "nti5lylqzzypy6mkx27kudrd6h",
                "7x736m32rdpcrg5vxi7nx4ccted6ztf44b2zah2xlatbxvuw3xfa",
                "dah63czycg2yagvgaw6nvfexfqg6ax7zv2zzabmajoswujm6vmcq"
            )
        );
        ConsentRows.Read(row).ShouldBe(entry);
    }

    /// <summary>Rows cut off the end leave a chain that holds: only the state row knows how many there were, and which was the last.</summary>
    [Fact]
    public async Task A_state_row_that_tells_of_another_length_or_another_end_is_noticed()
    {
        var world = await WorldAsync();
        var state = (await world.PartitionAsync("ada")).Find(CustomerPartition.ConsentsRow)!;
        await PutAsync(world, CustomerPartition.ConsentsRow, state.Copy().Set("count", 5));
        (await ReadAsync(world)).BrokenAt.ShouldBe(5);
        await PutAsync(world, CustomerPartition.ConsentsRow, state.Copy().Set("head", "another"));
        (await ReadAsync(world)).BrokenAt.ShouldBe(5);
        await PutAsync(world, CustomerPartition.ConsentsRow, state);
        (await ReadAsync(world)).IsWhole.ShouldBeTrue();
    }
}

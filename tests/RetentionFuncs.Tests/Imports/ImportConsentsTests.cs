using RetentionFuncs.Customers;
using RetentionFuncs.Imports;

namespace RetentionFuncs.Tests.Imports;

public sealed class ImportConsentsTests : IDisposable
{
    private readonly KindsWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("2025-01-01,granted\nada,email,2025-06-01,denied\nada,email,2025-03-01,granted", ConsentState.Denied, 6)]
    [InlineData("2025-06-01,denied\nada,email,2025-09-01,granted\nada,email,2025-01-01,granted", ConsentState.Granted, 9)]
    public async Task The_newest_answer_by_its_own_moment_counts_whatever_the_order_of_rows(string rows, ConsentState state, int month)
    {
        await CustomerAsync();
        var report = await _world.TakeAsync("consents", "customer_id,channel,moment,state\nada,email," + rows + "\n");
        (report.Accepted, report.Unchanged, report.Customers).ShouldBe((3, 0, 1));
        var consent = (await _world.ContactAsync("ada")).EmailConsent!;
        (consent.State, consent.OccurredAt.Month, consent.Source).ShouldBe((state, month, "consents.csv"));
    }

    [Fact]
    public async Task Each_channel_has_an_answer_of_its_own_and_all_means_every_one()
    {
        await CustomerAsync();
        await _world.TakeAsync(
            "consents",
            """
            customer_id,channel,state,basis,source,moment,words
            ada,all,denied,,call,2025-01-01,
            ada,sms,granted,soft opt-in,checkout,2025-02-01,v3

            """
        );
        var contact = await _world.ContactAsync("ada");
        (contact.EmailConsent!.State, contact.PhoneConsent!.State).ShouldBe((ConsentState.Denied, ConsentState.Denied));
        (contact.SmsConsent!.State, contact.SmsConsent.Basis, contact.SmsConsent.Source, contact.SmsConsent.Words).ShouldBe(
            (ConsentState.Granted, ConsentBasis.SoftOptIn, "checkout", "v3")
        );
    }

    [Theory]
    [InlineData("yes", "double opt-in", true)]
    [InlineData("double_opt_in", "", true)]
    [InlineData("confirmed", "", true)]
    [InlineData("双重确认", "", true)]
    [InlineData("yes", "express", false)]
    [InlineData("no", "double opt-in", false)]
    public async Task A_yes_that_the_previous_tool_had_confirmed_keeps_its_proof(string state, string basis, bool isProven)
    {
        await CustomerAsync();
        await _world.TakeAsync("consents", $"customer_id,state,basis,moment\nada,{state},{basis},2025-06-01T10:00:00Z\n");
        var consent = (await _world.ContactAsync("ada")).EmailConsent!;
        consent.ConfirmedAt.ShouldBe(isProven ? consent.OccurredAt : null);
    }

    [Fact]
    public async Task A_contact_is_found_by_an_address_that_it_alone_has()
    {
        await CustomerAsync();
        await _world.TakeAsync("consents", "email,state,moment\nADA@post.linden.shop,no,2025-06-01\n");
        await _world.TakeAsync("consents", "手机号,同意状态,时间\n13812345678,同意,2025-06-01\n");
        var contact = await _world.ContactAsync("ada");
        (contact.EmailConsent!.State, contact.SmsConsent!.State).ShouldBe((ConsentState.Denied, ConsentState.Granted));
    }

    [Fact]
    public async Task Nobody_comes_into_being_by_an_answer()
    {
        await CustomerAsync();
        var report = await _world
            .ImportAsync(
                "consents",
                "customer_id,email,state,moment\nben,,yes,2025-06-01\nben,,no,2025-07-01\n,eve@post.linden.shop,yes,2025-06-01\nada,,yes,2025-06-01\n"
            )
            .Report();
        (report.Rows, report.Accepted, report.Refused).ShouldBe((4, 1, 3));
        report
            .Refusals.Select(r => r.Reason)
            .Distinct()
            .ShouldBe(
                [
                    "is no customer on file; import the customers first",
                    "is the address of no contact on file; import the customers first, or name the customer_id",
                ],
                ignoreOrder: true
            );
        (await _world.PartitionAsync("ben")).Profile().ShouldBeNull();
    }

    [Fact]
    public async Task The_same_history_again_changes_nothing()
    {
        await CustomerAsync();
        const string History = "customer_id,state,moment\nada,yes,2025-06-01\nada,no,2025-07-01\n";
        await _world.TakeAsync("consents", History);
        var rows = await _world.RowsAsync("ada");
        (await _world.TakeAsync("consents", History)).Unchanged.ShouldBe(2);
        (await _world.RowsAsync("ada")).ShouldBe(rows);
    }

    [Fact]
    public async Task A_no_at_the_same_moment_as_a_yes_counts_and_is_noticed()
    {
        await CustomerAsync();
        var report = await _world.TakeAsync("consents", "customer_id,state,moment\nada,no,2025-06-01\nada,yes,2025-06-01\n");
        (await _world.ContactAsync("ada")).EmailConsent!.State.ShouldBe(ConsentState.Denied);
        report.Notices.ShouldContain(n => n.Contains("the no counts"));
    }

    [Fact]
    public async Task A_yes_from_an_old_list_does_not_lift_a_later_no()
    {
        await _world.TakeAsync("customers", "customer_id,email,consent,consent_at\nada,ada@post.linden.shop,no,2026-02-01\n");
        (await _world.TakeAsync("consents", "customer_id,state,moment\nada,yes,2025-06-01\n")).Unchanged.ShouldBe(1);
        (await _world.ContactAsync("ada")).EmailConsent!.State.ShouldBe(ConsentState.Denied);
    }

    [Theory]
    [InlineData("ada,maybe,2025-06-01", "state")]
    [InlineData("ada,,2025-06-01", "state")]
    [InlineData("ada,yes,", "moment")]
    [InlineData(",yes,2025-06-01", "customer_id")]
    public async Task A_wrong_field_refuses_its_row(string row, string column)
    {
        await CustomerAsync();
        (await _world.ImportAsync("consents", $"customer_id,state,moment\n{row}\n").OnlyRefusal()).Column.ShouldBe(column);
    }

    [Fact]
    public async Task An_answer_may_be_of_one_contact_of_an_account()
    {
        await _world.TakeAsync(
            "customers",
            "customer_id,kind,contact_id,role,email\nacme,account,k1,buyer,k1@post.linden.shop\nacme,account,k2,finance,k2@post.linden.shop\n"
        );
        await _world.TakeAsync("consents", "customer_id,contact_id,state,moment\nacme,k2,yes,2025-06-01\n");
        var contacts = (await _world.PartitionAsync("acme")).Contacts();
        contacts.Single(c => c.ExternalId == "k2").EmailConsent!.State.ShouldBe(ConsentState.Granted);
        contacts.Single(c => c.ExternalId == "k1").EmailConsent.ShouldBeNull();
    }

    private Task CustomerAsync() =>
        _world.TakeAsync("customers", "customer_id,name,email,phone,country\nada,Ada,ada@post.linden.shop,+8613812345678,CN\n");
}

using RetentionFuncs.Customers;
using RetentionFuncs.Imports;

namespace RetentionFuncs.Tests.Imports;

public sealed class ImportCustomersTests : IDisposable
{
    private readonly ImportWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_person_is_read_whole()
    {
        await _world
            .CustomersAsync(
                "customer_id,name,email,phone,country,language,time_zone,birthday,consent,consent_at,consent_source,do_not_profile\n"
                    + "c1,Ann Lee,ann@shop.com,+49 170 1,Germany,de,Europe/Berlin,1990-03-05,soft_opt_in,2024-01-02,checkout box,yes\n"
            )
            .Report();
        var (customer, contacts, rows) = _world.Sink.Customers["c1"];
        customer.ShouldBe(new Customer(_world.Ground.Secret.CustomerKeyOf("c1"), "c1", CustomerKind.Person, "Ann Lee", DoNotProfile: true));
        rows.ShouldBe(1);
        var contact = contacts.ShouldHaveSingleItem();
        contact.ShouldSatisfyAllConditions(
            c => c.Key.ShouldBe(_world.Ground.Secret.ContactKeyOf(customer.Key, "primary")),
            c => c.Roles.ShouldBe(["primary"]),
            c => c.Email!.Value.ShouldBe("ann@shop.com"),
            c => (c.Country, c.Locale, c.Zone).ShouldBe(("DE", "de", "Europe/Berlin")),
            c => c.Birthday.ShouldBe(new Birthday(1990, 3, 5)),
            c =>
                c.EmailConsent.ShouldBe(
                    new Consent(
                        ConsentState.Granted,
                        ConsentBasis.SoftOptIn,
                        "checkout box",
                        new DateTimeOffset(2024, 1, 2, 0, 0, 0, TimeSpan.FromHours(8)),
                        ImportWorld.Now
                    )
                )
        );
    }

    [Fact]
    public async Task Catalogue_024_the_same_customer_twice_with_the_same_data_is_one()
    {
        var report = await _world
            .CustomersAsync("customer_id,name,email\nc1,Ann,a@shop.com\nc2,Bo,b@shop.com\nc1,Ann,a@shop.com\n")
            .Report();
        (report.Rows, report.Accepted, report.Customers).ShouldBe((3, 3, 2));
        _world.Sink.Customers["c1"].Rows.ShouldBe(2);
    }

    [Fact]
    public async Task Catalogue_024_the_same_customer_twice_with_different_data_refuses_both()
    {
        var report = await _world
            .CustomersAsync("customer_id,name,email\nc1,Ann,a@shop.com\nc2,Bo,b@shop.com\nc1,Anna,a@shop.com\n")
            .Report();
        (report.Accepted, report.Refused).ShouldBe((1, 2));
        report.Refusals.ShouldBe([
            new RejectedRow(2, "customer_id", "c1", "stands in the file more than once with different data"),
            new RejectedRow(4, "customer_id", "c1", "stands in the file more than once with different data"),
        ]);
        _world.Sink.Customers.Keys.ShouldBe(["c2"]);
        _world.RefusedLines.Select(l => l.Split(',')[1]).ShouldBe(["name", "Ann", "Anna"]);
    }

    [Fact]
    public async Task Catalogue_025_one_address_at_two_customers_is_allowed()
    {
        var report = await _world.CustomersAsync("customer_id,email\nc1,a@shop.com\nc2,a@shop.com\n").Report();
        report.Accepted.ShouldBe(2);
    }

    [Fact]
    public async Task An_account_has_one_contact_a_row_with_roles_and_one_of_them_primary()
    {
        await _world
            .CustomersAsync(
                "customer_id,kind,company,contact_id,name,role\na1,account,Acme,k1,Ann,buyer; decision maker\na1,account,Acme,k2,Bo,primary/finance\na1,account,Acme,k3,Cy,技术\n"
            )
            .Report();
        var account = _world.Sink.Customers["a1"];
        (account.Customer.Kind, account.Customer.Name).ShouldBe((CustomerKind.Account, "Acme"));
        account.Contacts.Select(c => string.Join('+', c.Roles)).ShouldBe(["buyer+decision", "primary+finance", "technical"]);
    }

    [Fact]
    public async Task Where_no_contact_is_primary_the_first_becomes_it()
    {
        await _world.CustomersAsync("customer_id,contact_id,name,role\na1,k1,Ann,buyer\na1,k2,Bo,finance\n").Report();
        _world.Sink.Customers["a1"].Contacts.Select(c => c.Is("primary")).ShouldBe([true, false]);
        _world.Sink.Customers["a1"].Customer.Kind.ShouldBe(CustomerKind.Account);
    }

    [Fact]
    public async Task Rows_of_one_account_that_disagree_about_the_account_are_refused()
    {
        var report = await _world.CustomersAsync("customer_id,kind,contact_id\na1,account,k1\na1,person,k2\n").Report();
        report.Refused.ShouldBe(2);
    }

    [Theory]
    [InlineData("email", "a@@b")]
    [InlineData("email", "a@x.com;b@y.com")]
    [InlineData("country", "Atlantis")]
    [InlineData("language", "e")]
    [InlineData("birthday", "32874")]
    [InlineData("consent", "maybe")]
    [InlineData("consent_at", "03/04/2025")]
    [InlineData("role", "boss")]
    [InlineData("kind", "alien")]
    [InlineData("do_not_profile", "perhaps")]
    public async Task A_field_nobody_understands_refuses_its_row(string column, string value)
    {
        var refused = await _world.CustomersAsync($"customer_id,{column},x\nc1,{value},\nc2,,\n").OnlyRefusal();
        (refused.Line, refused.Value).ShouldBe((2, value));
        _world.Sink.Customers.Keys.ShouldBe(["c2"]);
    }

    [Theory]
    [InlineData("Europe/Berlin", "Europe/Berlin")]
    [InlineData("Europe/Kyiv", "Europe/Kyiv")]
    [InlineData("China Standard Time", "Asia/Shanghai")]
    [InlineData("Mars/Olympus", null)]
    public async Task Catalogue_064_zones_are_IANA_or_mapped_or_refused(string zone, string? expected)
    {
        var report = await _world.CustomersAsync($"customer_id,time_zone\nc1,{zone}\n").Report();
        report.Accepted.ShouldBe(expected is null ? 0 : 1);
        _world.Sink.Customers.GetValueOrDefault("c1")?.Contacts[0].Zone.ShouldBe(expected);
    }

    [Theory]
    [InlineData("UK", "GB")]
    [InlineData("us", "US")]
    [InlineData("中国", "CN")]
    public async Task Countries_are_codes_and_the_usual_names(string country, string expected)
    {
        await _world.CustomersAsync($"customer_id,country\nc1,{country}\n").Report();
        _world.Sink.Customers["c1"].Contacts[0].Country.ShouldBe(expected);
    }

    [Theory]
    [InlineData("zh_CN", "zh-CN")]
    [InlineData("EN", "en")]
    [InlineData("zh-hans-cn", "zh-Hans-CN")]
    public async Task Languages_are_written_in_their_usual_case(string language, string expected)
    {
        await _world.CustomersAsync($"customer_id,locale\nc1,{language}\n").Report();
        _world.Sink.Customers["c1"].Contacts[0].Locale.ShouldBe(expected);
    }

    [Fact]
    public async Task Catalogue_047_and_048_an_empty_name_and_a_placeholder_are_no_name()
    {
        var report = await _world.CustomersAsync("customer_id,name\nc1,\nc2,N/A\n").Report();
        _world.Sink.Customers.Values.ShouldAllBe(c => c.Customer.Name == null && c.Contacts[0].Name == null);
        report.Notices.ShouldBe(["name: holds a placeholder, read as empty (1 rows, first on line 3 'N/A')"]);
    }

    [Fact]
    public async Task Catalogue_049_a_long_name_is_cut_with_a_notice()
    {
        var report = await _world
            .CustomersAsync($"customer_id,name\nc1,{new string('x', 20_000)}\n", o => o with { Language = "zh" })
            .Report();
        _world.Sink.Customers["c1"].Customer.Name!.Length.ShouldBe(200);
        report.Notices.ShouldHaveSingleItem().ShouldStartWith("name：已截断为 200 个字符（1 行，首见第 2 行");
    }

    [Fact]
    public async Task No_word_about_consent_says_nothing()
    {
        await _world.CustomersAsync("customer_id,consent\nc1,\n").Report();
        _world.Sink.Customers["c1"].Contacts[0].EmailConsent.ShouldBeNull();
    }

    [Fact]
    public async Task A_consent_without_source_comes_from_the_file()
    {
        await _world.CustomersAsync("customer_id,consent\nc1,是\n").Report();
        _world.Sink.Customers["c1"].Contacts[0].EmailConsent!.Source.ShouldBe("file.csv");
    }
}

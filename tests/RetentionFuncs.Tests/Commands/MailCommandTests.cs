using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Findings;
using RetentionFuncs.Settings;
using RetentionFuncs.Tests.Outbox;
using RetentionFuncs.Tests.Smtp;

namespace RetentionFuncs.Tests.Commands;

public sealed class MailCommandTests
{
    private static IEnumerable<EmlReader> Messages(Shop shop) => shop.Outbox().Order().Select(f => EmlReader.Read(File.ReadAllBytes(f)));

    private static async Task<Shop> ReadyAsync(string? settings = null)
    {
        var shop = await Shop.OpenAsync(settings);
        await shop.CustomersAsync(2, "2026-01-05");
        (await shop.RunAsync("campaigns", "apply")).Ended();
        return shop;
    }

    [Fact]
    public async Task A_test_goes_out_in_both_languages_marked_with_a_dead_code_and_leaves_no_touchpoint()
    {
        using var shop = await ReadyAsync();
        var step = await OfferStepAsync(shop);

        var told = (await shop.RunAsync("campaigns", "test", "win-back", "--step", step, "--to", "me@linden.shop", "--json")).Ended();

        told.Json().GetProperty("copies").GetArrayLength().ShouldBe(2);
        var messages = Messages(shop).ToArray();
        messages.Select(m => m.Header("Subject")[..4]).Order().ShouldBe(["[Tes", "[测试]"]);
        messages.ShouldAllBe(m => m.Header("To").EndsWith("<me@linden.shop>"));
        messages.ShouldAllBe(m => m.Parts[0].Text.Contains("TEST-TEST-TEST-TEST"));
        messages.ShouldAllBe(m => m.Header("X-Rf-Touch").StartsWith("test-"));
        var doctor = (await shop.RunAsync("doctor", "--json")).Json();
        doctor.GetProperty("audit").GetProperty("planned").GetInt32().ShouldBe(0);
    }

    private static async Task<string> OfferStepAsync(Shop shop)
    {
        var file = await File.ReadAllTextAsync(Path.Combine(shop.Data, "campaigns", "win-back.yaml"));
        var before = file[..file.IndexOf("offer:", StringComparison.Ordinal)];
        return before[(before.LastIndexOf("id:", StringComparison.Ordinal) + 3)..].Split('\n', ',')[0].Trim();
    }

    [Fact]
    public async Task A_test_may_use_a_customers_facts_and_says_what_is_not_there()
    {
        using var shop = await ReadyAsync();
        var step = await OfferStepAsync(shop);
        string[] test = ["campaigns", "test", "win-back", "--step", step, "--to", "me@linden.shop"];

        (await shop.RunAsync([.. test, "--customer", "c1"])).Ended();

        Messages(shop).ShouldContain(m => m.Parts[0].Text.Contains("Ada 1"));
        (await shop.RunAsync([.. test, "--customer", "c99"])).Ended(Exit.WrongUsage).Err.ShouldContain("no customer 'c99'");
        (await shop.RunAsync("campaigns", "test", "win-back", "--step", "nope", "--to", "me@linden.shop"))
            .Ended(Exit.WrongUsage)
            .Err.ShouldContain(step);
        (await shop.RunAsync("campaigns", "test", "nope", "--step", step, "--to", "me@linden.shop"))
            .Ended(Exit.WrongUsage)
            .Err.ShouldContain("apply its file first");
        (await shop.RunAsync("campaigns", "test", "win-back", "--step", step, "--to", "a@b\r\n.c")).Ended(Exit.WrongUsage);
        (await shop.RunAsync("kill-switch", "on", "--reason", "fire")).Ended();
        (await shop.RunAsync(test)).Ended(Exit.WrongUsage).Err.ShouldContain("kill-switch off");
    }

    [Fact]
    public async Task Seeds_get_one_marked_copy_of_each_steps_first_message_of_a_day()
    {
        using var shop = await ReadyAsync("seeds: [me@linden.shop, boss@linden.shop, ME@linden.shop]");
        await shop.GreetAsync("greeting", new DateOnly(2099, 1, 1));

        (await shop.RunAsync("tick", "--as-of", "2099-01-01")).Ended();
        (await shop.RunAsync("tick", "--as-of", "2099-01-01")).Ended();

        var to = Messages(shop)
            .Select(m => (To: m.Header("To").Split('<')[^1], Seed: m.Header("Subject").StartsWith("[Seed] ", StringComparison.Ordinal)))
            .Order();
        to.ShouldBe([
            ("boss@linden.shop", true),
            ("c1@post.linden.shop>", false),
            ("c2@post.linden.shop>", false),
            ("me@linden.shop", true),
        ]);
        Messages(shop)
            .Where(m => m.Header("To").EndsWith("linden.shop", StringComparison.Ordinal) && !m.Header("To").Contains("post"))
            .ShouldAllBe(m => !m.Parts[0].Text.Contains("Ada"));
    }

    [Fact]
    public async Task Messages_leave_by_the_mail_server_that_the_settings_name()
    {
        await using var server = LoopbackMailServer.Start();
        using var shop = await ReadyAsync($"mail: {{via: smtp, host: 127.0.0.1, port: {server.Port}, security: none}}");
        await shop.GreetAsync("greeting", new DateOnly(2099, 1, 1));

        (await shop.RunAsync("tick", "--as-of", "2099-01-01")).Ended();

        server.Taken.Select(t => t.To).Order().ShouldBe(["c1@post.linden.shop", "c2@post.linden.shop"]);
        shop.Outbox().ShouldBeEmpty();
        (await shop.RunAsync("doctor")).Out.ShouldContain($"mail server 127.0.0.1:{server.Port}");
        (await shop.RunAsync("explain", "c1")).Ended().Out.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Doctor_says_that_nothing_leaves_while_messages_are_files()
    {
        using var shop = await Shop.OpenAsync();
        (await shop.RunAsync("doctor")).Out.ShouldContain("nothing leaves this machine");
    }

    [Fact]
    public async Task Red_records_that_were_recorded_hold_a_launch_until_they_are_mended_or_it_is_insisted_on()
    {
        using var shop = await ReadyAsync();
        (await shop.RunAsync("campaigns", "launch", "birthday")).Ended();
        shop.Write("bad.txt", "linden.shop. 300 IN TXT \"v=spf1 +all\"");

        (await shop.RunAsync("doctor", "dns", "bad.txt")).Ended(Exit.WithRefusals).Out.ShouldContain("✗ linden.shop SPF: '+all'");

        var held = (await shop.RunAsync("campaigns", "launch", "win-back")).Ended(Exit.WrongUsage);
        held.Err.ShouldContain("DMARC: There is no DMARC record");
        held.Err.ShouldContain("--yes");
        (await shop.RunAsync("campaigns", "launch", "win-back", "--yes")).Ended().Err.ShouldContain("not in order");

        (await shop.RunAsync("doctor", "dns", "nowhere.txt")).Ended(Exit.WrongUsage);
        shop.Write("odd.txt", "hello");
        (await shop.RunAsync("doctor", "dns", "odd.txt", "--lang", "zh")).Ended(Exit.WrongUsage).Err.ShouldContain("odd.txt:1:1");
    }

    private static MailRoute RouteOf(string mail, HomeOptions? options = null) =>
        MailRoute.Of(Read(mail).Settings!.Mail, options ?? new HomeOptions(TimeProvider.System));

    private static SettingsReading Read(string line) =>
        SettingsFile.Parse(SettingsFile.Default("Linden", "Europe/Berlin", "EUR") + line + "\n");

    [Theory]
    [InlineData("", typeof(MailRoute.Outbox))]
    [InlineData("mail: {via: outbox}", typeof(MailRoute.Outbox))]
    [InlineData("mail: {via: smtp, host: smtp.linden.shop}", typeof(MailRoute.Smtp))]
    public void The_way_is_what_the_settings_say(string line, Type route) => RouteOf(line).ShouldBeOfType(route);

    [Fact]
    public void A_user_without_a_password_in_the_environment_is_refused_and_neither_is_ever_told()
    {
        const string Line = "mail: {via: smtp, host: smtp.linden.shop, user: shop}";
        Should.Throw<HomeRefusedException>(() => RouteOf(Line)).Message.ShouldContain("RETENTION_SMTP_PASSWORD");
        Should.Throw<HomeRefusedException>(() => RouteOf("mail: {via: http}")).Message.ShouldContain("RETENTION_SEND_URL");

        var route = RouteOf(Line, new HomeOptions(TimeProvider.System) { SmtpPassword = "hunter2" });
        (route.Told.En + route).ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("mail: {via: smtp, host: h.example}", 587, MailSecurity.StartTls)]
    [InlineData("mail: {via: smtp, host: h.example, port: 465}", 465, MailSecurity.Tls)]
    [InlineData("mail: {via: smtp, host: h.example, security: tls}", 465, MailSecurity.Tls)]
    [InlineData("mail: {via: smtp, host: localhost, security: none}", 25, MailSecurity.None)]
    public void Port_and_security_follow_from_each_other(string line, int port, MailSecurity security)
    {
        var mail = Read(line).Settings!.Mail;
        (mail.Port, mail.Security).ShouldBe((port, security));
    }

    [Theory]
    [InlineData("mail: {via: smtp}", "'host' is missing")]
    [InlineData("mail: {via: smpt, host: h.example}", "Did you mean 'smtp'?")]
    [InlineData("mail: {via: smtp, host: h.example, password: x}", "RETENTION_SMTP_PASSWORD")]
    [InlineData("mail: {via: smtp, host: h.example, security: none}", "in the clear")]
    [InlineData("mail: {via: smtp, host: 'https://h.example'}", "the mail server's name")]
    [InlineData("mail: {via: outbox, host: h.example}", "'host' is not known here")]
    [InlineData("warm_up: {first_day: 50}", "'start' is missing")]
    [InlineData("warm_up: {start: 2026-12-01, growth: 9}", "a number from 1 to 3")]
    [InlineData("warm_up: {start: 2026-12-01, domains: [https://x.example]}", "This is not a domain")]
    [InlineData("recency: {long: 800 days}", "not longer than 'long'")]
    [InlineData("recency: {canary: 1}", "from 10 to 10000")]
    [InlineData("utm: {source: \"a\\nb\"}", "one line")]
    [InlineData("utm: {content: x}", "'content' is not known here")]
    [InlineData("images: {hosts: [https://cdn.example/]}", "not the name of a host")]
    [InlineData("seeds: [nobody]", "A seed address has no @ sign")]
    public void A_wrong_setting_is_refused_with_what_to_do(string line, string says) =>
        Read(line).Findings.Where(f => f.IsError).Select(f => f.ToString()).ShouldContain(f => f.Contains(says));

    [Fact]
    public void Every_new_setting_arrives()
    {
        var settings = Read(
            "warm_up: {start: 2026-12-01, first_day: 40, growth: 1.3, days: 20, domains: [News.Linden.shop]}\nrecency: {long: 200 days, too_long: never, canary: 30}\n"
                + "utm: {source: shop}\nimages: {hosts: [CDN.linden.shop]}\nseeds: [Me@linden.shop]"
        )
            .Settings.ShouldNotBeNull();

        settings.WarmUp!.ShouldBe(settings.WarmUp! with { Start = new(2026, 12, 1), FirstDay = 40, Growth = 1.3m, Days = 20 });
        settings.WarmUp!.Domains.ShouldBe(["news.linden.shop"]);
        settings.Recency.ShouldBe(new RetentionFuncs.Deliverability.RecencySettings(200, null, 30));
        settings.Utm.ShouldBe(new RetentionFuncs.Messages.UtmTags("shop", null, null));
        settings.ImageHosts.ShouldBe(["cdn.linden.shop"]);
        settings.Seeds.Single().Value.ShouldBe("Me@linden.shop");
    }
}

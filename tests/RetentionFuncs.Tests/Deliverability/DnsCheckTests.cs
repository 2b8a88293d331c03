using System.Security.Cryptography;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Deliverability.DnsRecords;

namespace RetentionFuncs.Tests.Deliverability;

/// <summary>Golden records of a shop's domain, and what is wrong with each variation.</summary>
public sealed class DnsCheckTests
{
    private static string Key(int bits)
    {
        using var rsa = RSA.Create(bits);
        return Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo());
    }

    private static readonly string Key2048 = Key(2048);

    private static readonly string Good = $"""
        ; <<>> DiG 9.18 <<>> linden.shop TXT
        linden.shop.	300	IN	TXT	"google-site-verification=abc" ; another one
        linden.shop.	300	IN	TXT	"v=spf1 include:_spf.post.example " "ip4:203.0.113.9 -all"
        _spf.post.example. 300 IN TXT "v=spf1 ip4:198.51.100.0/24 a:out.post.example ~all"
        s1._domainkey.linden.shop. 300 IN TXT ("v=DKIM1; k=rsa; "
            "p={Key2048[..200]}"
            "{Key2048[200..]}" )
        _dmarc.linden.shop. 300 IN TXT "v=DMARC1; p=quarantine; rua=mailto:dmarc@linden.shop"
        linden.shop. 300 IN MX 10 mx.linden.shop.
        9.113.0.203.in-addr.arpa. 300 IN PTR mx.linden.shop.
        mx.linden.shop. 300 IN A 203.0.113.9
        _mta-sts.linden.shop. 300 IN TXT "v=STSv1; id=1"
        """;

    private static SenderProfile Sender(string from = "hello@linden.shop", string? reply = null) =>
        new("shop", new Dictionary<string, string> { ["en"] = "Linden" }, from, reply ?? from, "Lindenweg 1");

    private static IReadOnlyList<DnsFinding> Of(string records, params SenderProfile[] senders)
    {
        var read = DnsFile.Read(records, "records.txt");
        read.Findings.ShouldBeEmpty();
        return DnsChecks.Of(senders.Length == 0 ? [Sender()] : senders, read.Records!);
    }

    private static string Changed(string from, string to)
    {
        Good.ShouldContain(from);
        return Good.Replace(from, to, StringComparison.Ordinal);
    }

    private static string Without(string of) => string.Join('\n', Good.Split('\n').Where(l => !l.StartsWith(of, StringComparison.Ordinal)));

    [Fact]
    public void Sound_records_are_fine_in_every_subject()
    {
        var findings = Of(Good);
        findings.ShouldAllBe(f => f.Weight == DnsWeight.Fine);
        findings.Select(f => f.Subject).Order().ShouldBe(["DKIM", "DMARC", "MX", "PTR", "SPF"]);
        findings.Single(f => f.Subject == "SPF").Message.En.ShouldBe("There is one SPF record, with 2 lookups.");
    }

    public static TheoryData<string, string, string, string> Red =>
        new()
        {
            { "-all\"", "-all\"\nlinden.shop. IN TXT \"v=spf1 mx ~all\"", "SPF", "2 SPF records" },
            { "v=spf1 include", "v=spf1x include", "SPF", "no SPF record" },
            { "-all\"", "+all\"", "SPF", "anybody on earth" },
            { "-all\"", "all\"", "SPF", "anybody on earth" },
            { "ip4:203", "ipv4:203", "SPF", "'ipv4:203.0.113.9' is nothing that SPF knows" },
            { "ip4:203.0.113.9", string.Join(' ', Enumerable.Range(1, 9).Select(i => $"a:h{i}.example")), "SPF", "11 DNS lookups" },
            { "a:out.post.example", "include:linden.shop", "SPF", "includes itself" },
            { "v=spf1 ip4:198", "spf2 ip4:198", "SPF", "has 0 SPF records" },
            { "s1._domainkey", "s1._other", "DKIM", "no DKIM key" },
            { "p=" + Key2048[..200], "p=" + Key2048[..100], "DKIM", "cut when it was copied" },
            { "k=rsa; \"", "k=rsa; p=; x=\"", "DKIM", "revoked" },
            { "k=rsa; \"", "k=rsa; y=\"", "DKIM", "no key in it" },
            { "_dmarc.linden.shop.", "_demarc.linden.shop.", "DMARC", "no DMARC record" },
            { "p=quarantine", "q=quarantine", "DMARC", "no policy" },
            { "p=quarantine", "p=monitor", "DMARC", "no policy" },
            { "rua=mailto:dmarc@linden.shop\"", "\"\n_dmarc.linden.shop. IN TXT \"v=DMARC1; p=none\"", "DMARC", "2 DMARC records" },
            { "MX 10 mx.linden.shop.", "MX 0 .", "MX", "takes no mail" },
            { "A 203.0.113.9", "A 203.0.113.10", "PTR", "has another address" },
        };

    [Theory]
    [MemberData(nameof(Red))]
    public void L2_what_makes_providers_refuse_mail_is_red(string from, string to, string subject, string says)
    {
        var red = Of(Changed(from, to)).Where(f => f.Weight == DnsWeight.Red).ToArray();
        red.ShouldContain(f => f.Subject == subject && f.Message.En.Contains(says));
        red.ShouldAllBe(f => f.Message.Zh != f.Message.En);
        red.Select(f => f.Subject).Distinct().ShouldBe([subject]);
    }

    public static TheoryData<string, string, string, string> Notes =>
        new()
        {
            { "p=quarantine", "p=none", "DMARC", "The policy is none" },
            { "; rua=mailto:dmarc@linden.shop", "", "DMARC", "no reports" },
            { "dmarc@linden.shop", "dmarc@reports.example", "DMARC", "linden.shop._report._dmarc.reports.example" },
            { "p=quarantine", "p=quarantine; aspf=s", "DMARC", "aspf=s" },
            { "-all\"", "?all\"", "SPF", "'?all' says nothing" },
            { " -all\"", "\"", "SPF", "It has no end" },
            { "ip4:203.0.113.9", "ptr", "SPF", "'ptr' is slow" },
            { "_spf.post.example. 300", "_spf.mail.example. 300", "SPF", "_spf.post.example are not in the file" },
            { "k=rsa; \"", "k=rsa; t=y; \"", "DKIM", "still in testing" },
            { "mx.linden.shop. 300 IN A", "my.linden.shop. 300 IN A", "PTR", "address is not in the file" },
            { "_mta-sts.linden.shop.", "_mta.linden.shop.", "TLS", "No MTA-STS" },
        };

    [Theory]
    [MemberData(nameof(Notes))]
    public void What_works_and_could_be_better_is_a_note(string from, string to, string subject, string says)
    {
        var findings = Of(Changed(from, to));
        findings.ShouldNotContain(f => f.Weight == DnsWeight.Red);
        findings.ShouldContain(f => f.Weight == DnsWeight.Note && f.Subject == subject && f.Message.En.Contains(says));
    }

    [Theory]
    [InlineData(1024, DnsWeight.Note)]
    [InlineData(512, DnsWeight.Red)]
    public void A_short_key_is_told(int bits, DnsWeight weight)
    {
        var key = Key(bits);
        var records = Without("s1._domainkey").Replace(Key2048[200..], "") + $"\nk._domainkey.linden.shop. IN TXT \"p={key}\"";
        records = string.Join('\n', records.Split('\n').Where(l => !l.TrimStart().StartsWith('"')));
        Of(records).Single(f => f.Subject == "DKIM").Weight.ShouldBe(weight);
    }

    [Fact]
    public void A_key_behind_an_alias_is_followed_as_far_as_the_file_goes()
    {
        var alias =
            string.Join('\n', Without("s1._domainkey").Split('\n').Where(l => !l.TrimStart().StartsWith('"')))
            + "\ns1._domainkey.linden.shop. IN CNAME s1.dk.post.example.";
        Of(alias).Single(f => f.Subject == "DKIM").Weight.ShouldBe(DnsWeight.Note);
        Of(alias + $"\ns1.dk.post.example. IN TXT \"v=DKIM1; p={Key2048}\"")
            .Single(f => f.Subject == "DKIM")
            .Weight.ShouldBe(DnsWeight.Fine);
    }

    [Fact]
    public void A_subdomain_inherits_the_policy_and_aligns_unless_it_is_strict()
    {
        var sub = Good + "\nnews.linden.shop. IN TXT \"v=spf1 ip4:203.0.113.9 -all\"\n";
        var sender = Sender("hi@news.linden.shop", "hello@linden.shop");
        Of(sub, sender).ShouldNotContain(f => f.Weight == DnsWeight.Red);

        Of(sub.Replace("p=quarantine", "p=quarantine; adkim=s"), sender)
            .Single(f => f.Weight == DnsWeight.Red)
            .Message.En.ShouldContain("does not align");
        Of(sub.Replace("p=quarantine", "p=quarantine; sp=none"), sender)
            .ShouldContain(f => f.Subject == "DMARC" && f.Message.En.Contains("The policy is none"));
    }

    [Fact]
    public void Nothing_at_all_is_red_in_all_that_providers_ask_for()
    {
        Of("other.example. IN A 192.0.2.1")
            .Where(f => f.Weight == DnsWeight.Red)
            .Select(f => f.Subject)
            .Order()
            .ShouldBe(["DKIM", "DMARC", "MX", "SPF"]);
    }

    [Fact]
    public void A_zone_file_with_an_origin_says_the_same()
    {
        var zone = $"""
            $ORIGIN linden.shop.
            $TTL 300
            @ IN SOA ns.linden.shop. host.linden.shop. ( 1 2 3
                4 5 )
            @   IN TXT "v=spf1 ip4:203.0.113.9 -all"
                IN MX 10 mx
            mx  IN A 203.0.113.9
            s1._domainkey IN TXT "v=DKIM1\; p={Key2048}"
            _dmarc TXT "v=DMARC1; p=reject; rua=mailto:d@linden.shop"
            """;
        Of(zone).Where(f => f.Weight == DnsWeight.Red).ShouldBeEmpty();
        Of(zone).Count(f => f.Weight == DnsWeight.Fine).ShouldBe(4);
    }

    [Theory]
    [InlineData("""[{"name":"linden.shop","type":"TXT","data":"v=spf1 -all"}]""")]
    [InlineData("""{"Status":0,"Answer":[{"name":"linden.shop.","type":16,"TTL":300,"data":"\"v=spf1 \" \"-all\""}]}""")]
    [InlineData("""{"records":[{"name":"LINDEN.shop.","type":"TXT","data":"\"v=spf1 -all\""}]}""")]
    public void JSON_of_records_reads_too(string json) =>
        DnsFile.Read(json, "r.json").Records!.All.ShouldBe([new DnsRecord("linden.shop", "TXT", "v=spf1 -all")]);

    [Theory]
    [InlineData("", 0)]
    [InlineData("; only a comment", 0)]
    [InlineData("\"v=spf1 -all\"", 1)]
    [InlineData("linden.shop. 300 IN TXT", 1)]
    [InlineData("linden.shop. IN A 192.0.2.1\nhello world", 2)]
    [InlineData("{\"a\":", 1)]
    [InlineData("[1]", 0)]
    [InlineData("[{\"name\":\"x\",\"data\":\"y\"}]", 0)]
    public void What_is_no_record_is_refused_with_its_line(string text, int line)
    {
        var read = DnsFile.Read(text, "records.txt");
        read.Records.ShouldBeNull();
        read.Findings.ShouldHaveSingleItem().Line.ShouldBe(line);
    }
}

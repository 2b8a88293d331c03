using RetentionFuncs.Campaigns;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Tests.Campaigns;

/// <summary>A small sound campaign folder, and changes to it.</summary>
internal sealed class CampaignTexts
{
    public const string Campaign = """
        schema: 1
        title: {en: Win back, zh-CN: 老客唤回}
        job: win-back
        audience: stage >= lapsing and spend > 20
        trigger: {stage: lapsing}
        steps:
          - message: {id: hello, template: hello, to: primary, purpose: care, valid_for: 3 days}
          - wait: {for: 7 days}
          - message:
              id: offer
              template: offer
              purpose: promotion
              offer: {percent: 10, valid_for: 14 days, minimum_order: 0}
        exit_on_order: true
        sender: shop
        attribution: 30 days
        control: 15%
        priority: 40
        start: 2026-09-01
        end: 2027-09-01
        budget: {messages: 500}
        backlog: 50 per day
        """;

    public const string Hello = """
        schema: 1
        locales:
          en:
            subject: "Is everything all right?"
            text: |
              Hi {{name}},

              is everything all right?
            html: |
              <p>Hi {{name}},</p>
              <p>is everything all right?</p>
          zh-CN:
            subject: "{{name}}，一切都好吗？"
            text: "{{name}}，您好！好久没见您了。"
            html: "<p>{{name}}，您好！好久没见您了。</p>"
        """;

    public const string Offer = """
        schema: 1
        locales:
          en:
            subject: "{{offer_percent}}% for you"
            text: "Your code {{offer_code}} works until {{offer_ends}}."
            html: "<p>Your code {{offer_code}} works until {{offer_ends}}.</p>"
          zh-CN:
            subject: "立减 {{offer_percent}}%"
            text: "优惠码 {{offer_code}}，有效期至 {{offer_ends}}。"
            html: "<p>优惠码 {{offer_code}}，有效期至 {{offer_ends}}。</p>"
        """;

    public const string Sender = """
        schema: 1
        from_name: {en: Birch & Reed, zh-CN: 桦木与芦苇}
        from_address: hello@birch.example
        postal_address: |
          Birch & Reed GmbH
          Lindenstraße 4, 10969 Berlin
        """;

    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal)
    {
        ["win-back.yaml"] = Campaign,
        ["templates/hello.yaml"] = Hello,
        ["templates/offer.yaml"] = Offer,
        ["senders/shop.yaml"] = Sender,
    };

    public CampaignTexts With(string file, string text)
    {
        _files[file] = text;
        return this;
    }

    /// <summary>Replaces one passage, which must be there.</summary>
    public CampaignTexts Change(string file, string from, string to)
    {
        _files[file].ShouldContain(from);
        _files[file] = _files[file].Replace(from, to, StringComparison.Ordinal);
        return this;
    }

    public CampaignFolder Read(RetentionFuncs.Settings.BusinessSettings? business = null) =>
        CampaignFiles.Read([.. _files.Select(f => new CampaignText(f.Key, f.Value))], business);

    public CampaignVersion Version()
    {
        var folder = Read();
        folder.Findings.ShouldBeEmpty();
        return folder.Versions.ShouldHaveSingleItem();
    }

    /// <summary>The one finding of a folder that has exactly one.</summary>
    public LintFinding Finding() => Read().Findings.ShouldHaveSingleItem();
}

using RetentionFuncs.Reports.Wordings;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Reports.HtmlReports;

/// <summary>One campaign's own section: answer, arms, difference, money, messages, and who was skipped and why.</summary>
internal static class HtmlCampaign
{
    public static void Write(Markup html, CampaignReport campaign, ReportWords words, string currency)
    {
        var sentences = new CampaignSentences(words, currency);
        html.Open("section");
        html.Raw("<div class=\"head\">").Element("h2", campaign.TitleIn(words.Language));
        html.Element("p class=\"note\"", $"{words.Job(campaign.Job)} · {campaign.Key}").Raw("</div>\n");
        if (sentences.DrawWarning(campaign) is { } warning)
        {
            html.Element("p class=\"warning\"", warning);
        }

        html.Element("p class=\"answer\"", sentences.Headline(campaign));
        if (sentences.Gained(campaign) is { } gained)
        {
            html.Element("p", gained);
        }

        html.Element("p class=\"note\"", sentences.Power(campaign));
        Arms(html, campaign, words);
        Facts(html, campaign, words, sentences);
        if (sentences.Backlog(campaign) is { } backlog)
        {
            html.Element("p class=\"note\"", backlog);
        }

        Skips(html, campaign, words);
        if (sentences.Truth(campaign) is { } truth)
        {
            html.Element("p class=\"truthbox\"", truth);
        }

        html.Close("section");
    }

    private static void Arms(Markup html, CampaignReport campaign, ReportWords words)
    {
        if (campaign.Conversion is not { } c)
        {
            return;
        }

        html.Element("h3", words.Arms).Element("p class=\"note\"", words.ArmsNote(campaign.AttributionDays));
        var full = Math.Max(c.Treatment.Interval.High, c.Control.Interval.High) * 1.02;
        html.Raw("<div>");
        Arm(html, words, words.TreatedArm, "bar-treated", full, c.Treatment);
        Arm(html, words, words.ControlArm, "bar-control", full, c.Control);
        html.Raw("</div>\n");
    }

    private static void Arm(Markup html, ReportWords words, string name, string css, double full, Share share)
    {
        var interval = $"{words.Numbers.Percent(share.Interval.Low)} – {words.Numbers.Percent(share.Interval.High)}";
        html.Raw("<div class=\"row\"><div class=\"name\">").Element("b", name);
        html.Element("span", $"{words.Numbers.Whole(share.Hits)} / {words.Numbers.Whole(share.People)}").Raw("</div>");
        html.Raw("<div class=\"strip\">")
            .Raw(StripChart.Bar(css, full, share, $"{name}: {words.Numbers.Percent(share.Rate)}, {interval}"))
            .Raw("</div>");
        html.Raw("<div class=\"value\">")
            .Element("b", words.Numbers.Percent(share.Rate))
            .Raw(" ")
            .Element("span", interval)
            .Raw("</div></div>\n");
    }

    private static void Facts(Markup html, CampaignReport campaign, ReportWords words, CampaignSentences sentences)
    {
        html.Raw("<dl class=\"facts\">");
        Fact(html, words.Entered, sentences.Entries(campaign));
        if (campaign.Money is { } money)
        {
            Fact(html, words.PerCustomer, sentences.Revenue(money));
        }

        if (campaign.Coupons.Issued > 0)
        {
            Fact(html, words.Coupons, sentences.Coupons(campaign.Coupons));
        }

        var touches = campaign.Touches.Where(t => t.Value > 0).OrderBy(t => t.Key).Select(t => Touch(words, t)).ToList();
        if (touches.Count > 0)
        {
            Fact(html, words.Messages, string.Join(words.Comma, touches));
        }

        html.Raw("</dl>\n");
    }

    private static void Skips(Markup html, CampaignReport campaign, ReportWords words)
    {
        if (campaign.Skips.Count == 0)
        {
            return;
        }

        html.Element("h3", words.Skips).Raw("<div class=\"skips\">");
        foreach (var skip in campaign.Skips)
        {
            html.Element("span class=\"n\"", words.Numbers.Whole(skip.People));
            html.Raw(StripChart.Plain("bar-skip", skip.People / (double)campaign.Skips[0].People)).Element("span", words.Of(skip.Sentence));
        }

        html.Raw("</div>\n");
    }

    private static string Touch(ReportWords words, KeyValuePair<TouchpointState, int> touch) =>
        $"{words.State(touch.Key)} {words.Numbers.Whole(touch.Value)}";

    private static void Fact(Markup html, string name, string value) => html.Element("dt", name).Element("dd", value);
}

using System.Text;
using RetentionFuncs.Reports.Wordings;
using static RetentionFuncs.Reports.TextReports.TextColumns;

namespace RetentionFuncs.Reports.TextReports;

/// <summary>One campaign: the sentence, the two arms, the difference on a scale shared by all campaigns, money, messages and skips.</summary>
internal static class TextCampaign
{
    private const int Label = 14;
    private const int Scale = 44;

    public static void Write(
        StringBuilder text,
        CampaignReport campaign,
        ReportWords words,
        string currency,
        (double Low, double High) scale
    )
    {
        var sentences = new CampaignSentences(words, currency);
        TextReport.Heading(text, campaign.TitleIn(words.Language), $"{words.Job(campaign.Job)} · {campaign.Key}");
        foreach (
            var sentence in new[]
            {
                sentences.DrawWarning(campaign),
                sentences.Headline(campaign),
                sentences.Gained(campaign),
                sentences.Power(campaign),
            }
        )
        {
            if (sentence is not null)
            {
                TextReport.Wrapped(text, sentence, 2);
            }
        }

        Arms(text, campaign, words, scale);
        TextReport.Line(text);
        TextReport.Wrapped(text, sentences.Entries(campaign), 2);
        if (sentences.Backlog(campaign) is { } backlog)
        {
            TextReport.Wrapped(text, backlog, 2);
        }

        if (campaign.Money is { } money)
        {
            TextReport.Wrapped(text, $"{words.PerCustomer}{words.Colon}{sentences.Revenue(money)}", 2);
        }

        if (campaign.Coupons.Issued > 0)
        {
            TextReport.Wrapped(text, $"{words.Coupons}{words.Colon}{sentences.Coupons(campaign.Coupons)}", 2);
        }

        Counts(text, campaign, words);
        if (sentences.Truth(campaign) is { } truth)
        {
            TextReport.Wrapped(text, truth, 2);
        }
    }

    private static void Arms(StringBuilder text, CampaignReport campaign, ReportWords words, (double Low, double High) scale)
    {
        if (campaign.Conversion is not { } c)
        {
            return;
        }

        var full = Math.Max(c.Treatment.Interval.High, c.Control.Interval.High);
        TextReport.Line(text);
        foreach (var (label, share) in new[] { (words.TreatedArm, c.Treatment), (words.ControlArm, c.Control) })
        {
            TextReport.Line(
                text,
                $"  {PadRight(label, Label)}{PadRight(TextBars.Bar(share.Rate, full, Scale), Scale)}{PadLeft(words.Numbers.Percent(share.Rate), 9)}"
                    + $"   {words.Numbers.Whole(share.Hits)} / {words.Numbers.Whole(share.People)}"
            );
        }

        TextReport.Line(
            text,
            $"  {PadRight(words.Difference, Label)}{TextBars.Interval(c.Interval, c.Difference, scale.Low, scale.High, Scale)}"
                + $"{PadLeft(words.Numbers.SignedPoints(c.Difference), 9)}   {words.Numbers.Points(c.Interval.Low)} … {words.Numbers.Points(c.Interval.High)} {words.Points}"
        );
    }

    private static void Counts(StringBuilder text, CampaignReport campaign, ReportWords words)
    {
        var touches = campaign
            .Touches.Where(t => t.Value > 0)
            .OrderBy(t => t.Key)
            .Select(t => $"{words.State(t.Key)} {words.Numbers.Whole(t.Value)}")
            .ToList();
        if (touches.Count > 0)
        {
            TextReport.Wrapped(text, $"{words.Messages}{words.Colon}{string.Join(words.Comma, touches)}", 2);
        }

        if (campaign.Skips.Count > 0)
        {
            TextReport.Line(text, $"  {words.Skips}{words.Colon}");
        }

        foreach (var skip in campaign.Skips)
        {
            TextReport.Wrapped(text, $"{PadLeft(words.Numbers.Whole(skip.People), 6)}  {words.Of(skip.Sentence)}", 4);
        }
    }
}

using RetentionFuncs.Clocks;
using RetentionFuncs.Explanations;

namespace RetentionFuncs.Web.Api.Documents;

/// <summary>Why a customer got this, and why not that, told.</summary>
public static class ExplanationDocument
{
    public static Document Of(Explanation told, BusinessCalendar calendar, string language) =>
        Document.Of(ContentOf(told, language), () => Document.Lines(LinesOf(told, calendar, language)));

    private static IEnumerable<string> LinesOf(Explanation told, BusinessCalendar calendar, string language)
    {
        yield return $"{told.CustomerId}  ({told.AsOf:yyyy-MM-dd})";
        yield return "  " + told.Standing.In(language);
        foreach (var campaign in told.Campaigns)
        {
            yield return "";
            yield return $"{campaign.Title.In(language)} [{campaign.Campaign}]";
            yield return "  " + campaign.Summary.In(language);
            foreach (var entry in campaign.History.Concat(campaign.Messages).OrderBy(e => e.At))
            {
                var (date, time) = calendar.LocalOf(entry.At, null);
                yield return $"    {date:yyyy-MM-dd} {time:HH:mm}  {entry.Sentence.In(language)}";
            }
        }
    }

    private static object ContentOf(Explanation told, string language) =>
        new
        {
            told.CustomerId,
            told.CustomerKey,
            told.AsOf,
            told.Stage,
            Standing = told.Standing.In(language),
            Campaigns = told.Campaigns.Select(c => new
            {
                c.Campaign,
                Title = c.Title.In(language),
                Summary = c.Summary.In(language),
                c.FromLedger,
                History = c.History.Select(h => new { h.At, Sentence = h.Sentence.In(language) }),
                Messages = c.Messages.Select(m => new { m.At, Sentence = m.Sentence.In(language) }),
            }),
        };
}

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
        foreach (var sentence in told.Value?.Sentences ?? [])
        {
            yield return "  " + sentence.In(language);
        }

        foreach (var signal in told.Signals)
        {
            yield return "  " + signal.In(language);
        }

        foreach (var consent in told.Consents)
        {
            var (date, time) = calendar.LocalOf(consent.At, null);
            yield return $"  {date:yyyy-MM-dd} {time:HH:mm}  {consent.Sentence.In(language)}";
        }

        if (told.ConsentsBrokenAt is { } broken)
        {
            yield return "  " + ConsentSentences.Broken(broken).In(language);
        }

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

    private static object ValueOf(ValueExplanation told, string language) =>
        new
        {
            Tier = told.Recorded?.Tier ?? told.Value.Tier,
            told.Recorded?.Since,
            Near = told.Recorded is { } recorded ? recorded.Near : told.Value.Near,
            TierByNumbers = told.Value.Tier,
            told.Value.Currency,
            Worth = told.Value.Worth.Total,
            PastProfit = told.Value.Worth.Past,
            ExpectedProfit = told.Value.Worth.Expected,
            Criteria = told.Value.Criteria.ToDictionary(
                c => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(c.Criterion.ToString()),
                c => new
                {
                    c.Number,
                    c.TopShare,
                    Sentence = c.Sentence.In(language),
                }
            ),
            LoweredBecause = told.Value.Lowered.Select(l => l.In(language)),
            FalseKey = told.Value.FalseKeys.Select(f => new { f.Reason, Evidence = f.Evidence.In(language) }),
            Loyal = told.Value.Loyalty.IsLoyal,
            Potential = told.Value.Potential?.Evidence.Select(e => e.In(language)),
            told.Value.ChanceOfReturn,
            told.Value.ChanceAlive,
            told.Value.Version,
        };

    private static object ContentOf(Explanation told, string language) =>
        new
        {
            told.CustomerId,
            told.CustomerKey,
            told.AsOf,
            told.Stage,
            Standing = told.Standing.In(language),
            Value = told.Value is { } value ? ValueOf(value, language) : null,
            Signals = told.Signals.Select(s => s.In(language)),
            Consents = told.Consents.Select(c => new { c.At, Sentence = c.Sentence.In(language) }),
            told.ConsentsBrokenAt,
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

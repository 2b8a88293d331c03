using System.Security.Cryptography;
using System.Text;
using RetentionFuncs.HandOffs;
using RetentionFuncs.Identity;
using RetentionFuncs.Touchpoints;
using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports;

/// <summary>One row of a file of results.</summary>
/// <param name="Outcome">Null while nobody has filled it in.</param>
internal sealed record OutcomeRow(TouchRef Touch, TouchOutcome? Outcome, DateTimeOffset? At, string? Note);

/// <summary>Results of text messages and calls. A contact may have several (no answer, then reached); the same one twice is one.</summary>
internal sealed class ResultRules : RowRules<OutcomeRow, ResultRow>
{
    public override OutcomeRow Read(RowView row)
    {
        if (!TouchRef.TryParse(row.Raw(Touch), out var touch))
        {
            row.Refuse(Touch, new("is not the number of a touchpoint, as our lists have it", "不是名单里的触点编号"));
        }

        var outcome = row.Choice(Outcome, ChoiceFields.OutcomeOf);
        return new OutcomeRow(touch, outcome, row.Date(OutcomeAt, isMandatory: false)?.At, row.Text(Note));
    }

    public override string GroupOf(OutcomeRow row) => row.Touch.ToString();

    public override string KeyOf(string group) => Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(group)), 26);

    public override int OrdersIn(ResultRow item) => 0;

    public override ValueTask<ApplyOutcome> ApplyAsync(IImportSink sink, ResultRow item) => sink.ApplyResultAsync(item);

    public override Gathered<ResultRow> Gather(string group, string key, IReadOnlyList<OutcomeRow> rows)
    {
        var news = rows.Where(r => r.Outcome is not null).Select(r => new OutcomeNews(r.Touch, r.Outcome!.Value, r.At, r.Note)).Distinct();
        return new Gathered<ResultRow>(
            new ResultRow(rows[0].Touch, [.. news.OrderBy(n => n.At)], rows.Count),
            new Dictionary<int, RowRefusal>(),
            []
        );
    }
}

using System.Globalization;
using System.Text;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Findings;
using RetentionFuncs.Imports;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.HandOffs;

/// <summary>
/// A list as CSV that opens in a spreadsheet and pastes into a chat tool: UTF-8 with mark, one line a contact, empty columns at the end for
/// what became of it. The same file, filled in, is read back by <c>import results</c>.
/// </summary>
public sealed class HandOffFile(BusinessCalendar calendar, string language)
{
    private const char Delimiter = ',';

    private sealed record Column(string En, string Zh, Func<HandOffRow, string> Of);

    public string Write(HandOffListing listing)
    {
        var columns = listing.Batch.Channel == Channel.Sms ? Sms() : Calls();
        var text = new StringBuilder("\uFEFF");
        Line(text, columns.Select(c => new Phrase(c.En, c.Zh).In(language)));
        foreach (var row in listing.Rows)
        {
            Line(text, columns.Select(c => c.Of(row)));
        }

        return text.ToString();
    }

    private Column[] Calls() =>
        [
            Name,
            Number,
            new("why now", "为什么现在联系", r => r.Card.Brief.WhyNow),
            new("what to say", "怎么说", r => OnOneLine(r.Card.Words)),
            .. Offer,
            new("tier", "客户价值", r => r.Tier is { } tier ? tier.Name().In(language) : ""),
            new("call before", "最晚联系", Until),
            .. Ids,
            .. Results,
        ];

    private Column[] Sms() =>
        [
            Number,
            new("message", "短信内容", r => r.Card.Words),
            Name,
            new("why now", "为什么现在联系", r => r.Card.Brief.WhyNow),
            new("send before", "最晚发送", Until),
            .. Ids,
            .. Results,
        ];

    private Column Name => new("name", "姓名", r => r.Name ?? "");

    /// <summary>As it is dialled at home, else with its country code, parted so that no spreadsheet takes it for a sum.</summary>
    private static Column Number =>
        new("number", "电话", r => r.Number.Local is ['+', ..] local ? $"+{local[1..3]} {local[3..]}" : r.Number.Local);

    private static Column[] Offer =>
        [
            new("may be offered", "可以给的优惠", r => r.Card.Brief.MayOffer ?? ""),
            new("code", "优惠码", r => r.Card.Brief.Code ?? ""),
            new(
                "offer ends",
                "优惠截止",
                r => r.Card.Brief.OfferEndsOn is { } day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : ""
            ),
        ];

    private static Column[] Ids =>
        [
            new("customer", "客户编号", r => r.CustomerId),
            new("campaign", "活动", r => r.Touch.Campaign),
            new("touch", "触点编号", r => r.Touch.Reference.ToString()),
        ];

    private static Column[] Results =>
        [new("outcome", "结果", _ => ""), new("outcome at", "结果时间", _ => ""), new("note", "备注", _ => "")];

    private string Until(HandOffRow row)
    {
        var (date, time) = calendar.LocalOf(row.Touch.ExpiresAt, null);
        return string.Create(CultureInfo.InvariantCulture, $"{date:yyyy-MM-dd} {time:HH:mm}");
    }

    /// <summary>Chat tools and some spreadsheets take a line end inside a cell for the end of the row.</summary>
    private static string OnOneLine(string words) =>
        string.Join(" / ", words.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static void Line(StringBuilder text, IEnumerable<string> fields) =>
        text.AppendJoin(Delimiter, fields.Select(Cell)).Append("\r\n");

    /// <summary>A number that we wrote is no formula.</summary>
    private static string Cell(string field) =>
        field is ['+', >= '0' and <= '9', ..] && field.All(c => char.IsAsciiDigit(c) || c is '+' or ' ')
            ? SpreadsheetCell.Quoted(field, Delimiter)
            : SpreadsheetCell.Inert(field, Delimiter);
}

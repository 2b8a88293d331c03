using System.Text;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring;

/// <summary>Gathers what a refit needs of everybody in one pass; parts of a pass are written down as text and added up again.</summary>
public sealed class RefitTally(DateOnly asOf, string currency)
{
    private readonly Lock _gate = new();
    private readonly RfmTally _ranks = new(asOf, currency);
    private readonly StringBuilder _lines = new();
    private readonly List<BuyingHistory> _histories = [];

    /// <summary>What was added from parts.</summary>
    public IReadOnlyList<BuyingHistory> Histories => _histories;

    public void Add(PurchaseSummary summary)
    {
        _ranks.Add(summary);
        if (HistoryText.HistoryOf(summary, asOf, currency) is { } history)
        {
            lock (_gate)
            {
                HistoryText.Append(_lines, history);
                _lines.Append('\n');
            }
        }
    }

    /// <summary>What was gathered since the last call, as text, or null when that is nothing.</summary>
    public string? Take()
    {
        lock (_gate)
        {
            if (_ranks.Take() is not { } ranks)
            {
                return null;
            }

            var text = ranks + "\n" + _lines;
            _lines.Clear();
            return text;
        }
    }

    /// <summary>Adds what another tally of the same day and currency gave by <see cref="Take"/>.</summary>
    /// <exception cref="FormatException">Not such a text.</exception>
    public void Add(string taken)
    {
        var lines = taken.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        _ranks.Add(lines[0]);
        _histories.AddRange(lines.Skip(1).Select(HistoryText.Read));
    }

    public RfmCutPoints ToCutPoints(int version) => _ranks.ToCutPoints(version);
}

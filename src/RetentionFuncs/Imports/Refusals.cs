namespace RetentionFuncs.Imports;

/// <summary>Counts the refused rows of one import, keeps the first ones for the report and hands all of them to the file.</summary>
internal sealed class Refusals(RefusedRowsFile file, string language)
{
    public const int Shown = 100;
    private readonly List<RejectedRow> _first = [];
    private int _inThisPass;

    public long Count { get; private set; }

    /// <summary>The first 100, by line.</summary>
    public IReadOnlyList<RejectedRow> First => [.. _first.OrderBy(r => r.Line).Take(Shown)];

    public void Add(long line, RowRefusal refusal, ReadOnlySpan<byte> raw, int fields)
    {
        var row = new RejectedRow(line, refusal.Column, RejectedRow.Shorten(refusal.Value), refusal.Reason.In(language));
        if (_inThisPass < Shown)
        {
            _inThisPass++;
            _first.Add(row);
        }

        Count++;
        file.Add(row, raw, fields);
    }

    /// <summary>The second pass meets rows by customer, so it keeps its own first ones.</summary>
    public void BeginSecondPass() => _inThisPass = 0;
}

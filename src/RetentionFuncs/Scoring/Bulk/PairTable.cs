namespace RetentionFuncs.Scoring.Bulk;

/// <summary>One value for each pair of x and t_x that somebody has; a row for each x, no wider than its t_x need.</summary>
internal sealed class PairTable<T>
    where T : class
{
    private readonly int[] _firsts;
    private readonly Cell[][] _rows;

    private PairTable(int[] firsts, Cell[][] rows) => (_firsts, _rows) = (firsts, rows);

    public struct Cell
    {
        public bool IsUsed;
        public T? Value;
    }

    /// <summary>How many rows: the largest x and one.</summary>
    public int Repeats => _rows.Length;

    public static PairTable<T> Of(IReadOnlyList<PatternBlock> blocks)
    {
        var size = blocks.Max(b => b.Repeats.DefaultIfEmpty().Max()) + 1;
        var (firsts, lasts) = (new int[size], new int[size]);
        Array.Fill(firsts, int.MaxValue);
        Array.Fill(lasts, -1);
        foreach (var block in blocks)
        {
            for (var i = 0; i < block.Customers; i++)
            {
                var (x, recency) = (block.Repeats[i], block.Recency[i]);
                (firsts[x], lasts[x]) = (Math.Min(firsts[x], recency), Math.Max(lasts[x], recency));
            }
        }

        var rows = new Cell[size][];
        for (var x = 0; x < size; x++)
        {
            rows[x] = lasts[x] < 0 ? [] : new Cell[lasts[x] - firsts[x] + 1];
        }

        foreach (var block in blocks)
        {
            for (var i = 0; i < block.Customers; i++)
            {
                rows[block.Repeats[i]][block.Recency[i] - firsts[block.Repeats[i]]].IsUsed = true;
            }
        }

        return new(firsts, rows);
    }

    /// <param name="first">t_x of the row's first cell.</param>
    public Span<Cell> Row(int x, out int first)
    {
        first = _firsts[x];
        return _rows[x];
    }

    public T At(int x, int recency) => _rows[x][recency - _firsts[x]].Value!;
}

using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Choosing;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>
/// Reads a plain orders file into everybody's history: pieces of the file side by side, rows laid away by the hash of the customer's
/// id, then each part folded within a core's cache. Amounts are summed as whole numbers and customers ordered by hash, so the outcome
/// is the same bit by bit for any number of lanes and any order of lines.
/// </summary>
public static class OrderFileScan
{
    /// <param name="path">A CSV file: UTF-8, commas, no quotes, a header naming customer, date and amount and perhaps the order.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OrderFileOutcome Run(string path, OrderFileReading reading)
    {
        var blocks = new HistoryBlock[RowShelf.Parts];
        var found = Fold(path, reading, (_, part, block) => blocks[part] = block);
        return found.Trouble ?? (OrderFileOutcome)new OrderFileOutcome.Read(new BulkHistories(found.LastDay, blocks));
    }

    /// <summary>Straight to patterns, so that no history outlives its part.</summary>
    /// <param name="asOf">The end of this day is spoken for; null: the latest day in the file.</param>
    /// <exception cref="IOException">The file cannot be read, or the spill folder not written.</exception>
    public static OrderFileOutcome Patterns(string path, OrderFileReading reading, DateOnly? asOf)
    {
        var store = reading.SpillFolder is { } folder ? (IPatternStore)new SpilledPatterns(folder) : new HeldPatterns();
        var tally = new FileTally();
        var found = Fold(
            path,
            reading,
            (last, part, block) =>
            {
                var day = (asOf ?? last).DayNumber;
                tally.Add(block, day);
                store.Put(part, PatternBlock.On(block, day));
            }
        );
        if (found.Trouble is { } trouble)
        {
            (store as IDisposable)?.Dispose();
            return trouble;
        }

        var patterns = new BulkPatterns((asOf ?? found.LastDay ?? DateOnly.MinValue).DayNumber, store);
        return new OrderFileOutcome.Known(patterns, tally.Orders, tally.RefundedOnly, BuyingCycle.HorizonOf(tally.Gaps));
    }

    private static (OrderFileOutcome.NotPlain? Trouble, DateOnly? LastDay) Fold(
        string path,
        OrderFileReading reading,
        Action<DateOnly, int, HistoryBlock> each
    )
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var pieces = OrderFilePieces.Open(file, out var problem);
        if (pieces is null)
        {
            return (new(1, problem), null);
        }

        var readers = Enumerable
            .Range(0, Math.Max(1, Math.Min(reading.Lanes, pieces.Count)))
            .Select(_ => new OrderRowReader(pieces.Columns, reading, reading.SpillFolder is { } folder ? new RowSpill(folder) : null))
            .ToList();
        try
        {
            if (Read(pieces, readers) is { } trouble)
            {
                return (new(LineSearch.LineAt(file, trouble.At), trouble.Reason), null);
            }

            DateOnly? last = readers.Max(r => r.LastDay) is var day and >= 0 ? DateOnly.FromDayNumber(DayField.Epoch + day) : null;
            return
                Fold([.. readers.Select(r => r.Shelf)], reading.Lanes, (part, block) => each(last ?? default, part, block)) is { } tangled
                ? (new(LineSearch.LineOf(path, pieces.Columns, tangled), tangled.Reason), null)
                : (null, last);
        }
        finally
        {
            readers.ForEach(r => r.Shelf.Dispose());
        }
    }

    private static (long At, Phrase Reason)? Read(OrderFilePieces pieces, List<OrderRowReader> readers)
    {
        var buffers = new byte[readers.Count][];
        var first = new FirstTrouble();
        Lanes.ForEach(
            pieces.Count,
            readers.Count,
            (lane, piece) =>
            {
                if (!first.IsBefore(pieces.StartOf(piece)))
                {
                    buffers[lane] ??= new byte[OrderFilePieces.BufferBytes];
                    first.Note(pieces.Read(piece, buffers[lane], readers[lane]));
                }
            }
        );
        return first.Found;
    }

    private static FoldProblem? Fold(List<RowShelf> shelves, int lanes, Action<int, HistoryBlock> each)
    {
        var problems = new FoldProblem?[RowShelf.Parts];
        var folds = Enumerable.Range(0, Math.Max(1, lanes)).Select(_ => new PartFold()).ToList();
        Lanes.ForEach(
            RowShelf.Parts,
            lanes,
            (lane, part) =>
            {
                (var block, problems[part]) = folds[lane].Fold(shelves, part);
                shelves.ForEach(s => s.Release(part));
                each(part, block ?? new());
            }
        );
        return problems.FirstOrDefault(p => p is not null);
    }

    /// <summary>The trouble nearest to the file's beginning, whichever lane met it.</summary>
    private sealed class FirstTrouble
    {
        private readonly Lock _gate = new();

        public (long At, Phrase Reason)? Found { get; private set; }

        public bool IsBefore(long at)
        {
            lock (_gate)
            {
                return Found?.At < at;
            }
        }

        public void Note((long At, Phrase Reason)? trouble)
        {
            lock (_gate)
            {
                Found = trouble is { } met && (Found is not { } known || met.At < known.At) ? met : Found;
            }
        }
    }
}

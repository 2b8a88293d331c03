namespace RetentionFuncs.Imports;

/// <summary>Goes through the spool by key, makes one item of each group and hands it on, many under way at once.</summary>
internal sealed class SecondPass<TRow, TItem>(
    OpenedFile<TRow, TItem> file,
    RowView view,
    IImportSink sink,
    Refusals refusals,
    Skips skips,
    Notices notices,
    SliceWalk? walk,
    Func<IEnumerable<string>, ValueTask> announce,
    Action<long> progress,
    CancellationToken cancellation
)
    where TRow : class
    where TItem : class
{
    /// <summary>Calls under way at most.</summary>
    public const int Window = 256;

    /// <summary>More rows than this under one id are a collective id such as "guest", not a customer.</summary>
    public const int MaxRowsPerGroup = 50_000;

    private readonly CsvRow _row = new(file.Reader.Dialect.Delimiter);
    private readonly Queue<Call> _calls = new();
    private long _settled;

    private sealed record Call(Task<ApplyOutcome> Answer, TItem Item, SpoolPart Part, int From, List<int> Rows);

    public long Accepted { get; private set; }

    public long Unchanged { get; private set; } = walk?.UnchangedBefore ?? 0;

    /// <summary>With accepted rows.</summary>
    public long Groups { get; private set; }

    public long Orders { get; private set; }

    /// <param name="positionAt">The position after the group of a key, from what this pass has counted.</param>
    /// <returns>False when a slice ended before the file did.</returns>
    public async ValueTask<bool> RunAsync(Spool spool, Func<string, ImportPosition> positionAt)
    {
        try
        {
            foreach (var part in spool.Parts())
            {
                await AnnounceAsync(part);
                foreach (var (from, to) in part.Groups())
                {
                    cancellation.ThrowIfCancellationRequested();
                    Begin(part, from, to);
                    await SettleDownToAsync(Window - 1);
                    if (walk is not null && !await WalkOnAsync(walk, part.KeyOf(from), positionAt))
                    {
                        return false;
                    }
                }

                await SettleDownToAsync(0);
            }

            return true;
        }
        catch
        {
            await QuietlyEndAsync();
            throw;
        }
    }

    /// <summary>A part that is through was announced by the slice that went through it.</summary>
    private ValueTask AnnounceAsync(SpoolPart part)
    {
        var keys = part.Groups().Select(g => part.KeyOf(g.From)).ToList();
        return keys.Count == 0 || walk?.IsThrough(keys[^1]) == true ? ValueTask.CompletedTask : announce(keys);
    }

    /// <summary>Saves the position when it is time to; false when the slice ends here.</summary>
    private async ValueTask<bool> WalkOnAsync(SliceWalk slices, string key, Func<string, ImportPosition> positionAt)
    {
        if (slices.IsThrough(key) || !slices.IsSaveDue())
        {
            return true;
        }

        await SettleDownToAsync(0);
        return await slices.SaveAsync(positionAt(key));
    }

    private void Begin(SpoolPart part, int from, int to)
    {
        if (to - from > MaxRowsPerGroup)
        {
            var reason = new Wording(
                $"stands in more than {MaxRowsPerGroup} rows, as a collective id such as 'guest' does",
                $"出现在超过 {MaxRowsPerGroup} 行中，像是“散客”这类公用编号"
            );
            Refuse(part, Enumerable.Range(from, to - from), new RowRefusal("", part.GroupOf(from), reason));
            return;
        }

        var group = part.GroupOf(from);
        var gathered = file.Rules.Gather(group, part.KeyOf(from), [.. Enumerable.Range(from, to - from).Select(i => Read(part, i, group))]);
        foreach (var (place, refusal) in gathered.Refused)
        {
            Refuse(part, [from + place], refusal);
        }

        foreach (var (place, why) in gathered.Skipped)
        {
            var (start, end) = part.RawOf(from + place);
            skips.Add(part.LineOf(from + place), why, part.Bytes.AsSpan(start, end - start), file.Map.OwnFields);
        }

        foreach (var noticed in gathered.Noticed)
        {
            notices.Add("", noticed, 0, []);
        }

        if (gathered.Item is { } item)
        {
            var rows = Enumerable
                .Range(0, to - from)
                .Where(i => !gathered.Refused.ContainsKey(i) && !gathered.Skipped.ContainsKey(i))
                .Select(i => from + i)
                .ToList();
            _calls.Enqueue(new Call(AnswerOf(part.KeyOf(from), item), item, part, from, rows));
        }
    }

    private Task<ApplyOutcome> AnswerOf(string key, TItem item) =>
        walk?.IsThrough(key) == true ? Task.FromResult(walk.AnswerBefore(key)) : file.Rules.ApplyAsync(sink, item).AsTask();

    private TRow Read(SpoolPart part, int row, string group)
    {
        var (from, to) = part.RawOf(row);
        _row.Scan(part.Bytes, from, to, final: true);
        _row.Line = part.LineOf(row);
        view.Begin(_row, group);
        return file.Rules.Read(view);
    }

    private async ValueTask SettleDownToAsync(int calls)
    {
        while (_calls.Count > calls)
        {
            var call = _calls.Peek();
            var outcome = await call.Answer;
            _calls.Dequeue();
            if (outcome.RefusedBecause is { } reason)
            {
                Refuse(
                    call.Part,
                    call.Rows,
                    new RowRefusal("", outcome.IsWithheld ? "" : call.Part.GroupOf(call.From), reason),
                    outcome.IsWithheld
                );
                walk?.NoteRefused(call.Part.KeyOf(call.From), reason, outcome.IsWithheld);
                continue;
            }

            Accepted += call.Rows.Count;
            Unchanged += Math.Clamp(outcome.UnchangedRows, 0, call.Rows.Count);
            Orders += file.Rules.OrdersIn(call.Item);
            Groups += call.Rows.Count > 0 ? 1 : 0;
            if (++_settled % 1024 == 0)
            {
                progress(Accepted);
            }
        }
    }

    private void Refuse(SpoolPart part, IEnumerable<int> rows, RowRefusal refusal, bool withheld = false)
    {
        foreach (var row in rows)
        {
            var (from, to) = part.RawOf(row);
            refusals.Add(part.LineOf(row), refusal, withheld ? [] : part.Bytes.AsSpan(from, to - from), withheld ? 0 : file.Map.OwnFields);
        }
    }

    /// <summary>Nothing may still be writing when the command has failed.</summary>
    private async ValueTask QuietlyEndAsync()
    {
        while (_calls.TryDequeue(out var call))
        {
            await call.Answer.ContinueWith(_ => { }, TaskContinuationOptions.ExecuteSynchronously);
        }
    }
}

using RetentionFuncs.Clocks;
using RetentionFuncs.ContactPolicy.Histories;
using RetentionFuncs.Customers;
using RetentionFuncs.Imports;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Undoing;

/// <summary>
/// Takes an import back: what it changed is as it was before, unless somebody has changed it since. It lifts no suppression and turns
/// no refusal of marketing into consent. It may be cut off and begun again: what is undone is marked so, and the account is made of the marks.
/// </summary>
public sealed class UndoImport(
    IRowStore store,
    BusinessCalendar calendar,
    string currency,
    ScoringBook scoring,
    ConsentLog consents,
    TimeProvider clock
)
{
    private const int SideBySideWidth = 64;
    private readonly ImportRuns _runs = new(store);
    private readonly UndoReferences _references = new(store);
    private readonly UndoCustomer _customer = new(store, calendar, currency, scoring, consents);
    private readonly ProductRows _products = new(store);

    /// <param name="id">The run's id, or its beginning as far as only one run begins so.</param>
    /// <param name="progress">Told how many customers or products are through.</param>
    public async ValueTask<UndoOutcome> RunAsync(string id, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        var found = await FindAsync(id);
        if (found is not [var run])
        {
            return found.Count == 0 ? new UndoOutcome.NotFound() : new UndoOutcome.Ambiguous(found);
        }

        var now = clock.GetUtcNow();
        if (run.State is ImportState.Reading or ImportState.Applying)
        {
            return new UndoOutcome.NotFinished(run);
        }

        if (run.EndedAt + UndoTrail.Kept <= now)
        {
            return run is { State: ImportState.Undone, Undone: { } known }
                ? new UndoOutcome.Done(run, known)
                : new UndoOutcome.TooLate(run);
        }

        await _runs.WriteAsync(run with { State = ImportState.Undoing });
        var account = run.Kind == ImportKinds.Suppressions ? await CountAsync(run) : await WalkAsync(run, progress, cancellation);
        var undone = run with { State = ImportState.Undone, UndoneAt = run.UndoneAt ?? now, Undone = account };
        await _runs.WriteAsync(undone);
        return new UndoOutcome.Done(undone, account);
    }

    private async ValueTask<IReadOnlyList<ImportRun>> FindAsync(string id)
    {
        var found = new List<ImportRun>();
        await foreach (var run in _runs.AllAsync())
        {
            if (
                run.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase)
                || run.Id.Split(':')[^1].StartsWith(id, StringComparison.OrdinalIgnoreCase)
            )
            {
                found.Add(run);
            }
        }

        return found;
    }

    private async ValueTask<UndoAccount> CountAsync(ImportRun run)
    {
        var addresses = 0L;
        await foreach (var (_, keys) in _references.ReadAsync(run.UndoName))
        {
            addresses += keys.Count;
        }

        return UndoAccount.None with
        {
            Suppressions = addresses,
        };
    }

    private async ValueTask<UndoAccount> WalkAsync(ImportRun run, IProgress<long>? progress, CancellationToken cancellation)
    {
        var (account, through) = (UndoAccount.None, 0L);
        await foreach (var (_, keys) in _references.ReadAsync(run.UndoName))
        {
            cancellation.ThrowIfCancellationRequested();
            var accounts = new UndoAccount[keys.Count];
            await SideBySide.ForEachAsync(
                Enumerable.Range(0, keys.Count).ToAsyncEnumerable(),
                SideBySideWidth,
                async i => accounts[i] = await OneAsync(run, keys[i])
            );
            account = accounts.Aggregate(account, (sum, one) => sum.Plus(one));
            progress?.Report(through += keys.Count);
        }

        return account;
    }

    private ValueTask<UndoAccount> OneAsync(ImportRun run, string key) =>
        run.Kind == ImportKinds.Products
            ? _products.UndoAsync(key, run.UndoName, clock.GetUtcNow())
            : _customer.RunAsync(new CustomerKey(key), run.UndoName, clock.GetUtcNow());
}

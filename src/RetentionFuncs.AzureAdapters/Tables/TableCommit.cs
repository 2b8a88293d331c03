using Azure;
using Azure.Data.Tables;
using RetentionFuncs.Storage;

namespace RetentionFuncs.AzureAdapters.Tables;

/// <summary>
/// One commit: a single request for a single row, else an entity group transaction. A transaction fails when it deletes a row that is
/// not there; such deletions are done already, so they are left out and the rest is asked again. A row that somebody puts there in between
/// counts as put after this commit.
/// </summary>
internal sealed class TableCommit(TableClient table, IRowStore store, PartitionId partition, IReadOnlyList<RowWrite> writes)
{
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);

    /// <exception cref="RequestFailedException">Neither applied nor a conflict; and whatever else an unanswered request throws.</exception>
    public async ValueTask<CommitResult> RunAsync()
    {
        if (writes.Count == 1 && !IsConditionalDeletion(writes[0]))
        {
            return await OneAsync(writes[0]);
        }

        while (true)
        {
            var left = writes.Where(w => !_gone.Contains(w.Key)).ToList();
            if (left.Count == 0)
            {
                return new CommitResult.Applied(new RowVersion[writes.Count]);
            }

            try
            {
                var answers = await table.SubmitTransactionAsync(left.Select(Action));
                return Applied(left, answers.Value);
            }
            catch (TableTransactionFailedException failure) when (TableAnswers.IsConflict(failure))
            {
                var culprit =
                    failure.FailedTransactionActionIndex is { } index && index < left.Count ? left[index] : await CulpritAsync(left);
                if (culprit is { Properties: null, Expect.Kind: ExpectationKind.Any })
                {
                    await LeaveOutTheGoneAsync(left, culprit);
                }
                else if (culprit is not null)
                {
                    return new CommitResult.Conflict(culprit.Key);
                }
            }
        }
    }

    /// <summary>
    /// Goes as a transaction of one: a bare DELETE has no body, and the HTTP stack quietly repeats a request without a body whose connection
    /// was cut, so that the answer to one's own deletion would read "not there".
    /// </summary>
    private static bool IsConditionalDeletion(RowWrite write) => write is { Properties: null, Expect.Kind: ExpectationKind.Version };

    private async ValueTask<CommitResult> OneAsync(RowWrite write)
    {
        try
        {
            var response = await SendAsync(write);
            return new CommitResult.Applied([write.Properties is null ? default : TableRow.VersionOf(response.Headers.ETag)]);
        }
        catch (RequestFailedException failure) when (TableAnswers.IsConflict(failure))
        {
            return new CommitResult.Conflict(write.Key);
        }
    }

    private Task<Response> SendAsync(RowWrite write)
    {
        var entity = TableRow.Entity(partition.Key, write);
        return (write.Properties, write.Expect.Kind) switch
        {
            (null, _) => table.DeleteEntityAsync(partition.Key, write.Key),
            (_, ExpectationKind.Absent) => table.AddEntityAsync(entity),
            (_, ExpectationKind.Any) => table.UpsertEntityAsync(entity, TableUpdateMode.Replace),
            _ => table.UpdateEntityAsync(entity, TableRow.ETagOf(write.Expect.Version), TableUpdateMode.Replace),
        };
    }

    private TableTransactionAction Action(RowWrite write)
    {
        var entity = TableRow.Entity(partition.Key, write);
        return (write.Properties, write.Expect.Kind) switch
        {
            (null, ExpectationKind.Any) => new(TableTransactionActionType.Delete, entity, ETag.All),
            (null, _) => new(TableTransactionActionType.Delete, entity, TableRow.ETagOf(write.Expect.Version)),
            (_, ExpectationKind.Absent) => new(TableTransactionActionType.Add, entity),
            (_, ExpectationKind.Any) => new(TableTransactionActionType.UpsertReplace, entity),
            _ => new(TableTransactionActionType.UpdateReplace, entity, TableRow.ETagOf(write.Expect.Version)),
        };
    }

    private CommitResult.Applied Applied(List<RowWrite> sent, IReadOnlyList<Response> answers)
    {
        var versions = sent.Zip(answers)
            .Where(p => p.First.Properties is not null)
            .ToDictionary(p => p.First.Key, p => TableRow.VersionOf(p.Second.Headers.ETag), StringComparer.Ordinal);
        return new CommitResult.Applied([.. writes.Select(w => versions.GetValueOrDefault(w.Key))]);
    }

    /// <summary>The service did not say which row: the first whose expectation fails now, or null when by now none does.</summary>
    private async ValueTask<RowWrite?> CulpritAsync(List<RowWrite> sent)
    {
        foreach (var write in sent)
        {
            var row = await store.ReadRowAsync(partition, write.Key);
            var holds = write.Expect.Kind switch
            {
                ExpectationKind.Absent => row is null,
                ExpectationKind.Version => row?.Version == write.Expect.Version,
                _ => write.Properties is not null || row is not null,
            };
            if (!holds)
            {
                return write;
            }
        }

        return null;
    }

    /// <summary>One reading finds all of them, since a transaction names only the first.</summary>
    private async ValueTask LeaveOutTheGoneAsync(List<RowWrite> sent, RowWrite first)
    {
        _gone.Add(first.Key);
        var others = sent.Where(w => w is { Properties: null, Expect.Kind: ExpectationKind.Any } && w.Key != first.Key)
            .Select(w => w.Key)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (others.Count == 0)
        {
            return;
        }

        var there = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in store.ReadAllAsync(partition, new RowRange(others[0], RowRange.Single(others[^1]).To)))
        {
            there.Add(row.Key);
        }

        _gone.UnionWith(others.Where(key => !there.Contains(key)));
    }
}

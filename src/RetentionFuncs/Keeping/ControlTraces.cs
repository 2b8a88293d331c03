using RetentionFuncs.Deliveries;
using RetentionFuncs.Findings;
using RetentionFuncs.Operations;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Keeping;

/// <summary>Evidence that was set aside, and words that somebody wrote into the operators' log: the log's line stays, the person goes.</summary>
internal sealed class ControlTraces(IRowStore store) : IPersonalPlace
{
    public Phrase Name { get; } = new("set-aside evidence and operators' notes", "搁置的回执与操作记录");

    public async ValueTask<PlaceErasure> EraseAsync(PersonTraces person)
    {
        var erased = await store.EraseRowsAsync(
            EvidenceQuarantine.Partition,
            RowRange.All,
            row => person.IsIn(row.Key) || row.Properties.Texts().Any(t => person.IsInText(t))
        );
        var notes = new List<StoredRow>();
        await foreach (var row in store.ReadAllAsync(OperatorLog.Partition, RowRange.All))
        {
            notes.Add(row);
        }

        foreach (var note in notes)
        {
            var clean = note.Properties.Without(person);
            if (clean is not null)
            {
                await store.PutAnyAsync(OperatorLog.Partition, note.Key, clean);
                erased++;
            }
        }

        return PlaceErasure.Of(erased);
    }
}

/// <summary>Puts a person out of the texts of a row.</summary>
internal static class BagBlanking
{
    /// <summary>The row without what tells of the person; null when it told nothing.</summary>
    public static PropertyBag? Without(this PropertyBag bag, PersonTraces person)
    {
        PropertyBag? clean = null;
        foreach (var (name, value) in bag.Entries)
        {
            if (value is string text && person.Without(text) is var left && !string.Equals(left, text, StringComparison.Ordinal))
            {
                (clean ??= bag.Copy()).Set(name, left);
            }
        }

        return clean;
    }
}

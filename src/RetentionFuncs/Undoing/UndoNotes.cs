using System.Text;
using RetentionFuncs.Customers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Undoing;

/// <summary>
/// What one commit of an import changes, noted in that same commit: of a new row only its key and mark, all of them in one row; of a
/// row that was there the whole of it as it stood before.
/// </summary>
internal sealed class UndoNotes
{
    private readonly UndoTrail _trail;
    private readonly List<(string Row, string Mark)> _new = [];
    private readonly List<(string Key, PropertyBag Image)> _images = [];

    private UndoNotes(UndoTrail trail) => _trail = trail;

    public static UndoNotes? For(UndoTrail? trail) => trail is null ? null : new UndoNotes(trail);

    /// <summary>A state row that has been put already.</summary>
    /// <param name="before">Null: it is new.</param>
    public void Note(CustomerPartition partition, string row, PropertyBag? before) => Note(row, before, partition.Find(row)!);

    /// <summary>As <see cref="Note(CustomerPartition, string, PropertyBag?)"/>; a row that says the same as before needs no note.</summary>
    public void NoteChange(CustomerPartition partition, string row, PropertyBag? before)
    {
        if (before is null || RowMark.Of(before) != RowMark.Of(partition.Find(row)!))
        {
            Note(partition, row, before);
        }
    }

    public void Note(string row, PropertyBag? before, PropertyBag after)
    {
        if (before is null)
        {
            _new.Add((row, RowMark.Of(after)));
        }
        else
        {
            _images.Add((UndoTrail.PrefixOf(_trail.Run) + UndoRow.Image + row, UndoRow.ImageOf(before, RowMark.Of(after), _trail.At)));
        }
    }

    public void PutTo(CustomerPartition partition)
    {
        foreach (var write in Writes())
        {
            partition.PutFact(write.Key, write.Properties!);
        }
    }

    /// <summary>The rows to write beside what they speak of.</summary>
    public IEnumerable<RowWrite> Writes()
    {
        foreach (var (key, image) in _images)
        {
            yield return new RowWrite(key, Expectation.Any, image);
        }

        if (_new.Count > 0)
        {
            var text = new StringBuilder();
            foreach (var (row, mark) in _new)
            {
                text.Append(row).Append(' ').Append(mark).Append('\n');
            }

            var bag = new PropertyBag().Set(UndoRow.At, _trail.At).Set(UndoRow.New, text.ToString());
            yield return new RowWrite(UndoTrail.PrefixOf(_trail.Run) + UndoRow.News + _new[0].Row, Expectation.Any, bag);
        }
    }
}

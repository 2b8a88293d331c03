namespace RetentionFuncs.Imports;

/// <summary>Days of a file, in the business's calendar.</summary>
internal static class DayField
{
    /// <summary>A day; null when the field is empty.</summary>
    /// <param name="mayLieAhead">Whether a day to come is read, as due and promised days are.</param>
    public static DateOnly? Day(this RowView row, ImportColumn column, bool isMandatory = false, bool mayLieAhead = false)
    {
        // What programs write for nothing, or invisible characters alone, is no text: a mandatory day is then refused as a date is.
        if (!mayLieAhead || row.IsEmpty(column) || row.Text(column) is not { } text)
        {
            return (!mayLieAhead || isMandatory) && row.Date(column, isMandatory) is { } date ? row.Rules.Calendar.DayOf(date.At) : null;
        }

        if (row.Rules.DatesAhead.TryRead(text, out var ahead, out var problem))
        {
            return row.Rules.Calendar.DayOf(ahead.At);
        }

        row.Refuse(column, problem);
        return null;
    }
}

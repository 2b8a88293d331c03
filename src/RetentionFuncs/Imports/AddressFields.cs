using RetentionFuncs.Customers;

namespace RetentionFuncs.Imports;

/// <summary>Telephone numbers of a file, with their refusals in both languages.</summary>
internal static class AddressFields
{
    /// <summary>A number that can be read as one, by the row's country where it has no code; another refuses the row. Null when empty.</summary>
    public static PhoneNumber? NumberOf(RowView row, ImportColumn column)
    {
        if (row.Text(column) is not { } text)
        {
            return null;
        }

        if (PhoneNumber.TryParse(text, row.Code(ImportColumn.Country, PlaceFields.TryCountry), out var number, out var problem))
        {
            return number;
        }

        row.Refuse(column, new Wording(problem.En, problem.Zh));
        return null;
    }
}

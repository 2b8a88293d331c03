using RetentionFuncs.Customers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Undoing;

/// <summary>A refusal of marketing stays, also when the contact it stands in is put back as it was before.</summary>
internal static class KeptDenials
{
    private static readonly string[] Answers = ["consent", "smsConsent", "phoneConsent"];
    private static readonly string[] Parts = ["", "Basis", "Source", "At", "RecordedAt", "ConfirmedAt", "Words"];

    /// <param name="before">The contact's row as it stood before the import.</param>
    /// <param name="now">As it stands.</param>
    /// <returns>What to write, and how many refusals stayed.</returns>
    public static (PropertyBag Row, int Kept) In(PropertyBag before, PropertyBag now)
    {
        var row = before.Copy();
        var kept = 0;
        foreach (var answer in Answers.Where(a => IsDenied(now, a) && !IsDenied(before, a)))
        {
            kept++;
            foreach (var part in Parts)
            {
                row.Set(answer + part, now.TextOrNull(answer + part));
            }
        }

        return (row, kept);
    }

    private static bool IsDenied(PropertyBag row, string answer) =>
        row.TextOrNull(answer) is { } state && state == nameof(ConsentState.Denied);
}

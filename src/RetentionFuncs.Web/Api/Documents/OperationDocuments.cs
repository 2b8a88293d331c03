using RetentionFuncs.Clocks;
using RetentionFuncs.Operations;

namespace RetentionFuncs.Web.Api.Documents;

/// <summary>What was done by hand, told; newest first.</summary>
public static class OperationDocuments
{
    public static Document List(IReadOnlyList<Operation> operations, BusinessCalendar calendar) =>
        Document.Of(
            operations,
            () =>
                Document.Lines(
                    operations.Select(o =>
                    {
                        var (day, time) = calendar.LocalOf(o.At, null);
                        return $"{day:yyyy-MM-dd} {time:HH:mm}  {o.By}  {o.What}  {o.Subject}  {o.Why}";
                    })
                )
        );
}

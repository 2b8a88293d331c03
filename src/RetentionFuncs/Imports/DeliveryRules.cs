using RetentionFuncs.Clocks;
using RetentionFuncs.Experiences;
using RetentionFuncs.Identity;
using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports;

/// <summary>One delivery, or one line of it.</summary>
internal sealed record DeliveryRow(
    string Customer,
    string Order,
    DateOnly? PromisedOn,
    DateOnly DeliveredOn,
    decimal? Ordered,
    decimal? Delivered,
    bool IsUrgent
);

/// <summary>
/// Deliveries: rows of one order that came on one day and were promised for one day are lines of one delivery, and their quantities
/// are summed. A delivery that is on file is not changed by a later list.
/// </summary>
internal sealed class DeliveryRules(InstanceSecret secret, BusinessCalendar calendar) : ExperienceRules<DeliveryRow>(secret)
{
    private static readonly Wording NotYet = new(
        "is empty: it has not come yet; import it once it has",
        "为空：尚未送达；请在送达后再导入"
    );
    private static readonly Wording Alone = new("is missing beside the other quantity", "缺失；订购数量和交货数量要一起写");
    private static readonly Wording NotAbove = new("is not above zero", "必须大于零");
    private static readonly Wording Negative = new("is negative", "是负数");

    public override DeliveryRow Read(RowView row)
    {
        var came = row.Day(DeliveredOn);
        if (came is null)
        {
            row.Refuse(DeliveredOn, NotYet);
        }

        var (ordered, delivered) = (row.Number(OrderedQuantity, null), row.Number(DeliveredQuantity, null));
        if (ordered is null != delivered is null)
        {
            row.Refuse(ordered is null ? OrderedQuantity : DeliveredQuantity, Alone);
        }
        else if (ordered <= 0)
        {
            row.Refuse(OrderedQuantity, NotAbove);
        }
        else if (delivered < 0)
        {
            row.Refuse(DeliveredQuantity, Negative);
        }

        return new DeliveryRow(
            row.Id(CustomerId),
            row.Id(OrderId),
            row.Day(PromisedOn, mayLieAhead: true),
            came ?? default,
            ordered,
            delivered,
            row.Choice(Urgent, ChoiceFields.FlagOf) ?? false
        );
    }

    public override string GroupOf(DeliveryRow row) => row.Customer;

    protected override string NameOf(DeliveryRow row) => $"delivery:{row.Order}:{Text(row.PromisedOn)}:{Text(row.DeliveredOn)}";

    protected override ImportedExperience Join(IReadOnlyList<DeliveryRow> rows, out RowRefusal? refusal)
    {
        refusal = null;
        var first = rows[0];
        var counted = rows.All(r => r.Ordered is not null);
        // More of one line than was ordered does not make up for another that fell short.
        var came = rows.Sum(r => r.Delivered < r.Ordered ? r.Delivered : r.Ordered);
        return new ImportedExperience(
            [
                new ExperienceNews.Delivery(
                    NameOf(first),
                    calendar.StartOf(first.DeliveredOn),
                    first.Order,
                    first.PromisedOn,
                    first.DeliveredOn,
                    counted ? rows.Sum(r => r.Ordered) : null,
                    counted ? came : null
                )
                {
                    IsUrgent = rows.Any(r => r.IsUrgent),
                },
            ],
            rows.Count
        );
    }
}

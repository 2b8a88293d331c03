using RetentionFuncs.Clocks;
using RetentionFuncs.Experiences;
using RetentionFuncs.Identity;
using RetentionFuncs.Orders;
using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports;

/// <summary>One invoice, or one payment of it.</summary>
/// <param name="IsSettled">The file says that nothing is left to pay.</param>
internal sealed record ReceivableRow(string Customer, InvoiceTold Invoice, DateOnly? PaidOn, decimal? Paid, bool IsSettled);

/// <summary>What all rows of one invoice agree on.</summary>
/// <param name="ToldAt">The beginning of the day of issue, else of the due day; not after the import.</param>
internal sealed record InvoiceTold(string Id, DateOnly DueOn, Money Amount, DateOnly? PromisedOn, DateTimeOffset ToldAt);

/// <summary>
/// Receivables: a row is an invoice and, where it has a day of payment, one payment of it; further payments stand in rows of their own.
/// The events get ids made of what they say, so that next month's list adds only what is new.
/// </summary>
internal sealed class ReceivableRules(InstanceSecret secret, BusinessCalendar calendar) : ExperienceRules<ReceivableRow>(secret)
{
    private static readonly Wording NotAbove = new("is not above zero; a credit note is no receivable", "必须大于零；红字单据不是应收款");
    private static readonly Wording NoPayDay = new("is given without the day of payment", "有收款金额，却没有收款日期");
    private static readonly Wording NothingPaid = new("is zero beside a day of payment", "有收款日期，收款金额却为零");
    private static readonly Wording Negative = new("is negative", "是负数");

    private static readonly Wording Contradict = new(
        "stands in rows that contradict each other in due date, amount or promise",
        "同一单据的多行在到期日、金额或承诺日期上互相矛盾"
    );

    public override ReceivableRow Read(RowView row)
    {
        var currency = row.Currency();
        var amount = row.Number(Amount, currency, isMandatory: true) ?? 0;
        var due = row.Day(DueOn, isMandatory: true, mayLieAhead: true) ?? default;
        var issued = row.Day(IssuedOn);
        var (paidOn, paid, open) = (row.Day(PaidOn), row.Number(PaidAmount, currency), row.Number(OpenAmount, currency));
        var promised = row.Day(PromisedOn, mayLieAhead: true);
        Check(row, amount, paidOn, paid, open);
        var told = row.Refusal is null ? calendar.StartOf(issued ?? due) : default;
        told = told > row.Rules.RecordedAt ? row.Rules.RecordedAt : told;
        return new ReceivableRow(
            row.Id(CustomerId),
            new InvoiceTold(row.Id(ImportColumn.Invoice), due, new Money(amount, currency), promised, told),
            paidOn,
            paidOn is null ? null : paid ?? amount,
            open == 0
        );
    }

    public override string GroupOf(ReceivableRow row) => row.Customer;

    protected override string NameOf(ReceivableRow row) => row.Invoice.Id;

    protected override ImportedExperience? Join(IReadOnlyList<ReceivableRow> rows, out RowRefusal? refusal)
    {
        var invoice = rows[0].Invoice;
        refusal = null;
        if (rows.Any(r => r.Invoice != invoice))
        {
            refusal = new RowRefusal("invoice", invoice.Id, Contradict);
            return null;
        }

        var name = $"receivable:{invoice.Id}:";
        var due = new ExperienceNews.InvoiceDue(
            $"{name}{Text(invoice.DueOn)}:{Text(invoice.Amount.Amount)}{invoice.Amount.Currency}:{Text(invoice.PromisedOn)}",
            invoice.ToldAt,
            invoice.Id,
            invoice.DueOn,
            invoice.Amount,
            invoice.PromisedOn
        );
        return new ImportedExperience([due, .. Payments(rows, name)], rows.Count);
    }

    /// <summary>The payments by day; the last one settles the invoice when all of it has come, or when the file says so.</summary>
    private List<ExperienceNews> Payments(IReadOnlyList<ReceivableRow> rows, string name)
    {
        var payments = new List<ExperienceNews>();
        var (invoice, sum) = (rows[0].Invoice, 0m);
        var paid = rows.Where(r => r.PaidOn is not null).OrderBy(r => r.PaidOn).ThenBy(r => r.Paid).ToList();
        for (var i = 0; i < paid.Count; i++)
        {
            var (on, amount) = (paid[i].PaidOn!.Value, paid[i].Paid!.Value);
            sum += amount;
            var alike = paid.Take(i).Count(p => p.PaidOn == on && p.Paid == amount);
            var isLast = i == paid.Count - 1;
            payments.Add(
                new ExperienceNews.InvoicePaid(
                    $"{name}paid:{Text(on)}:{Text(amount)}{invoice.Amount.Currency}{(alike == 0 ? "" : ":" + Text(alike))}",
                    calendar.StartOf(on),
                    invoice.Id,
                    invoice.DueOn,
                    on,
                    invoice.Amount with
                    {
                        Amount = amount,
                    }
                )
                {
                    IsPartial = !(isLast && (sum >= invoice.Amount.Amount || rows.Any(r => r.IsSettled))),
                }
            );
        }

        return payments;
    }

    private static void Check(RowView row, decimal amount, DateOnly? paidOn, decimal? paid, decimal? open)
    {
        if (row.Refusal is not null)
        {
            return;
        }

        if (amount <= 0)
        {
            row.Refuse(Amount, NotAbove);
        }
        else if (paid < 0)
        {
            row.Refuse(PaidAmount, Negative);
        }
        else if (paidOn is null && (paid > 0 || open == 0))
        {
            row.Refuse(paid > 0 ? PaidAmount : OpenAmount, NoPayDay);
        }
        else if (paidOn is not null && paid == 0)
        {
            row.Refuse(PaidAmount, NothingPaid);
        }
    }
}

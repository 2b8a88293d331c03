using System.Globalization;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports;

/// <summary>One row of a suppression list; at least one of the two addresses.</summary>
internal sealed record SuppressionRow(EmailAddress? Email, PhoneNumber? Number, Suppression Suppression);

/// <summary>
/// A list of addresses that must not be written to. An address may stand there many times: the strongest reason counts. A row that
/// does not say why is taken as put there by a person. Nobody need be on file: a customer who comes later finds the address closed.
/// </summary>
internal sealed class SuppressionRules(InstanceSecret secret) : RowRules<SuppressionRow, ImportedFacts.Suppressions>
{
    private const string Source = "import";
    private static readonly Wording NoAddress = new("names no address", "没有写明地址");
    private static readonly Wording NoReason = new("does not say why; taken as manual", "未写明原因，按“手动”处理");

    public override SuppressionRow Read(RowView row)
    {
        var channels = row.Choice(ImportColumn.Channel, ChannelWords.Of) ?? ChannelSet.All;
        var email = row.Email(Email, isStrict: true);
        var number = AddressFields.NumberOf(row, Phone);
        if (row.Raw(Address) is { Length: > 0 } address)
        {
            email ??= address.Contains('@', StringComparison.Ordinal) ? row.Email(Address, isStrict: true) : null;
            number ??= address.Contains('@', StringComparison.Ordinal) ? null : AddressFields.NumberOf(row, Address);
        }

        email = channels.HasFlag(ChannelSet.Email) ? email : null;
        number = (channels & (ChannelSet.Sms | ChannelSet.Phone)) != 0 ? number : null;
        if (email is null && number is null)
        {
            row.Refuse(
                row.Has(Email) ? Email
                    : row.Has(Phone) ? Phone
                    : Address,
                NoAddress
            );
        }

        var at = MomentOf(row);
        return new SuppressionRow(email, number, new Suppression(ReasonOf(row), at ?? row.Rules.RecordedAt, Source));
    }

    public override string GroupOf(SuppressionRow row) => row.Email?.Folded ?? row.Number!.Value;

    public override string KeyOf(string group) =>
        EmailAddress.TryParse(group, out var email, out _) ? secret.AddressKeyOf(email).Value
        : PhoneNumber.TryParse(group, null, out var number, out _) ? secret.AddressKeyOf(number).Value
        : throw new InvalidOperationException("A row of a suppression list was gathered under something that is no address.");

    public override int OrdersIn(ImportedFacts.Suppressions item) => 0;

    public override ValueTask<ApplyOutcome> ApplyAsync(IImportSink sink, ImportedFacts.Suppressions item) => sink.ApplyFactsAsync(item);

    public override Gathered<ImportedFacts.Suppressions> Gather(string group, string key, IReadOnlyList<SuppressionRow> rows)
    {
        var addresses = rows.SelectMany(r =>
            new[] { r.Email is { } e ? secret.AddressKeyOf(e) : (AddressKey?)null, r.Number is { } n ? secret.AddressKeyOf(n) : null }
        );
        var strongest = rows.Select(r => r.Suppression).OrderByDescending(s => s.Reason).ThenBy(s => s.At).First();
        return new(
            new ImportedFacts.Suppressions([.. addresses.OfType<AddressKey>().Distinct()], strongest, rows.Count),
            new Dictionary<int, RowRefusal>(),
            []
        );
    }

    private static SuppressionReason ReasonOf(RowView row)
    {
        // Mailchimp's own columns say what the list is of; its UNSUB_REASON only tells whether the mail was called spam.
        var byColumn =
            !row.IsEmpty(CleanedAt) ? SuppressionReason.HardBounce
            : !row.IsEmpty(UnsubscribedAt) ? SuppressionReason.Unsubscribed
            : (SuppressionReason?)null;
        if (row.Text(Reason) is not { } text)
        {
            if (byColumn is null)
            {
                row.Notice(Reason, NoReason, "");
            }

            return byColumn ?? SuppressionReason.Manual;
        }

        if (SuppressionWords.Of(text, out var isPassing) is { } reason)
        {
            return byColumn > reason ? byColumn.Value : reason;
        }

        if (isPassing && byColumn is null)
        {
            row.Refuse(Reason, SuppressionWords.NotForGood);
        }
        else if (byColumn is null)
        {
            row.Notice(Reason, SuppressionWords.TakenAsManual, text);
        }

        return byColumn ?? SuppressionReason.Manual;
    }

    private static DateTimeOffset? MomentOf(RowView row) =>
        Unix(row)
        ?? row.Date(CreatedAt, isMandatory: false)?.At
        ?? row.Date(Date, isMandatory: false)?.At
        ?? row.Date(UnsubscribedAt, isMandatory: false)?.At
        ?? row.Date(CleanedAt, isMandatory: false)?.At;

    /// <summary>SendGrid's <c>created</c>: seconds since 1970, which no date of ten digits can be mistaken for.</summary>
    private static DateTimeOffset? Unix(RowView row) =>
        row.Raw(CreatedAt) is { Length: 9 or 10 } text
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && DateTimeOffset.FromUnixTimeSeconds(seconds) is var at
        && at <= row.Rules.RecordedAt + FieldRules.Skew
            ? at
            : null;
}

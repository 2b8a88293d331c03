using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports;

/// <summary>One answer of a history.</summary>
internal sealed record ConsentRow(ConsentGiver Who, string? ContactId, ChannelSet Channels, Consent Consent);

/// <summary>
/// A history of consents: any number of rows a customer, in any order. Answers are put on file from the oldest on, so that the newest
/// by its own moment counts. Two answers to one question at one moment: the no counts.
/// </summary>
/// <param name="source">The file's name: where a consent is said to come from when the file does not say.</param>
internal sealed class ConsentRules(InstanceSecret secret, string source) : RowRules<ConsentRow, ImportedFacts.Consents>
{
    private const string ByEmail = "email:";
    private const string ByPhone = "phone:";
    private static readonly Wording Nobody = new("is empty, and so is every address", "为空，也没有任何联系地址");
    private static readonly Wording Twice = new("yes and no at one moment; the no counts", "同一时刻既同意又拒绝，以拒绝为准");

    private static readonly Dictionary<string, (ConsentState, ConsentBasis?)> States = ChoiceFields.Table<(ConsentState, ConsentBasis?)>(
        (
            (ConsentState.Granted, null),
            "granted grant given yes y true t 1 subscribed subscribe opt_in opted_in optin active double_opt_in doi confirmed 双重确认 是 同意 已同意 已订阅 授权"
        ),
        ((ConsentState.Granted, ConsentBasis.Express), "express"),
        ((ConsentState.Granted, ConsentBasis.SoftOptIn), "soft_opt_in softoptin soft"),
        ((ConsentState.Granted, ConsentBasis.Implied), "implied 默示"),
        (
            (ConsentState.Denied, null),
            "denied deny no n false f 0 none refused withdrawn revoked unsubscribed unsubscribe opt_out opted_out optout inactive 否 不同意 拒绝 撤回 已撤回 已退订 退订"
        )
    );

    private static readonly HashSet<string> Confirmations = ["double_opt_in", "doi", "confirmed", "双重确认"];

    private static readonly Dictionary<string, ConsentBasis> Bases = ChoiceFields.Table(
        (ConsentBasis.Express, "express explicit opt_in double_opt_in doi confirmed consent 明示 明确同意 双重确认"),
        (ConsentBasis.SoftOptIn, "soft_opt_in softoptin soft legitimate_interest existing_customer"),
        (ConsentBasis.Implied, "implied implicit 默示 推定同意")
    );

    public override ConsentRow Read(RowView row)
    {
        var customer = row.IsEmpty(CustomerId) ? null : row.Id(CustomerId);
        var email = row.Email(Email, isStrict: customer is null);
        var number = customer is null && email is null ? AddressFields.NumberOf(row, Phone) : null;
        if (customer is null && email is null && number is null)
        {
            row.Refuse(
                row.Has(CustomerId) ? CustomerId
                    : row.Has(Email) ? Email
                    : Phone,
                Nobody
            );
        }

        var said = row.Choice<(ConsentState State, ConsentBasis? Basis)>(State, StateOf);
        if (said is null)
        {
            row.Refuse(State, new("is empty", "为空"));
        }

        var basis = row.Choice(Basis, BasisOf) ?? said?.Basis ?? ConsentBasis.Express;
        var at = row.Date(Date, isMandatory: true)?.At ?? default;
        var from = row.Text(ConsentSource) ?? source;
        return new ConsentRow(
            new ConsentGiver(customer, customer is null ? email : null, number),
            row.IsEmpty(ContactId) ? null : row.Id(ContactId),
            row.Choice(ImportColumn.Channel, ChannelWords.Of) ?? (number is null ? ChannelSet.Email : ChannelSet.Sms),
            new Consent(said?.State ?? ConsentState.Denied, basis, from, at, row.Rules.RecordedAt)
            {
                Words = row.Text(WordsVersion),
                ConfirmedAt = said?.State == ConsentState.Granted && IsConfirmed(row) ? at : null,
            }
        );
    }

    /// <summary>The previous tool says that the yes was confirmed by mail, which is the proof that some laws ask for.</summary>
    private static bool IsConfirmed(RowView row) =>
        new[] { row.Text(State), row.Text(Basis) }.Any(t => t is not null && Confirmations.Contains(ChoiceFields.Fold(t)));

    public override string GroupOf(ConsentRow row) =>
        row.Who.CustomerId ?? (row.Who.Email is { } email ? ByEmail + email.Folded : ByPhone + row.Who.Number!.Value);

    public override string KeyOf(string group) =>
        group.StartsWith(ByEmail, StringComparison.Ordinal) && EmailAddress.TryParse(group[ByEmail.Length..], out var email, out _)
            ? secret.AddressKeyOf(email).Value
        : group.StartsWith(ByPhone, StringComparison.Ordinal) && PhoneNumber.TryParse(group[ByPhone.Length..], null, out var number, out _)
            ? secret.AddressKeyOf(number).Value
        : secret.CustomerKeyOf(group).Value;

    public override int OrdersIn(ImportedFacts.Consents item) => 0;

    public override ValueTask<ApplyOutcome> ApplyAsync(IImportSink sink, ImportedFacts.Consents item) => sink.ApplyFactsAsync(item);

    public override Gathered<ImportedFacts.Consents> Gather(string group, string key, IReadOnlyList<ConsentRow> rows)
    {
        // A file may name several contacts of one account; each has a history of its own, and the group is applied as one.
        var noticed = new List<Wording>();
        var answers = rows.GroupBy(r => (r.ContactId, r.Consent.OccurredAt))
            .OrderBy(g => g.Key.OccurredAt)
            .ThenBy(g => g.Key.ContactId, StringComparer.Ordinal)
            .Select(g => (g.Key.ContactId, Answer: AnswerOf([.. g], noticed)))
            .ToList();
        return new(
            new ImportedFacts.Consents(rows[0].Who, [.. answers.Select(a => a.Answer with { ContactId = a.ContactId })], rows.Count),
            new Dictionary<int, RowRefusal>(),
            noticed
        );
    }

    private static ImportedAnswer AnswerOf(List<ConsentRow> rows, List<Wording> noticed)
    {
        Consent? For(ChannelSet channel)
        {
            var said = rows.Where(r => r.Channels.HasFlag(channel)).Select(r => r.Consent).ToList();
            if (said.Select(c => c.State).Distinct().Count() > 1)
            {
                noticed.Add(Twice);
            }

            return said.FirstOrDefault(c => c.State == ConsentState.Denied) ?? said.LastOrDefault();
        }

        return new ImportedAnswer(For(ChannelSet.Email), For(ChannelSet.Sms), For(ChannelSet.Phone), rows.Count);
    }

    private static (ConsentState State, ConsentBasis? Basis)? StateOf(ReadOnlySpan<char> text, out Wording problem) =>
        ChoiceFields.Find(States, text, "granted, denied", out problem);

    private static ConsentBasis? BasisOf(ReadOnlySpan<char> text, out Wording problem) =>
        ChoiceFields.Find(Bases, text, "express, soft_opt_in, implied", out problem);
}

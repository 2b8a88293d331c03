using System.Globalization;
using RetentionFuncs.ContactPolicy.Histories;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.ContactPolicy.Confirmations;

public enum ConfirmAnswer
{
    Confirmed,

    /// <summary>Pressed before.</summary>
    Already,

    /// <summary>Not on file, another request by now, or not a mail that asks for a confirmation.</summary>
    NotFound,

    /// <summary>The contact has another address by now.</summary>
    AddressChanged,

    /// <summary>Older than <see cref="ConfirmConsent.Lasting"/>.</summary>
    TooLate,

    /// <summary>The person said no after asking, or the address is blocked for good: the later word counts.</summary>
    Withdrawn,
}

/// <summary>
/// The second half of a double opt-in: the person pressed the button behind the link. Consent becomes express and proven, and what they had
/// taken back themselves before asking is lifted. There is no other way out of a suppression in this product. Idempotent.
/// </summary>
public sealed class ConfirmConsent(IRowStore store, InstanceSecret secret, IIdSource ids)
{
    /// <summary>How long after the wish a link still confirms it; the end does not count.</summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromDays(30);

    private readonly Suppress _addresses = new(store);
    private readonly ConsentLog _consents = new(secret, ids);

    private sealed record Answer(ConfirmAnswer Kind, ConsentRequest? Request);

    /// <param name="reference">Of the mail the link stood in.</param>
    /// <param name="networkAddress">Where the press came from; kept as a salted hash.</param>
    public async ValueTask<ConfirmAnswer> RunAsync(TouchRef reference, string? networkAddress, DateTimeOffset now)
    {
        var answer = await ContendedCommit.UntilAppliedAsync(() => TryAsync(reference, networkAddress, now));
        if (answer.Request is { } request)
        {
            // After the consent is on file; a press that was cut off in between lifts when it is repeated.
            await _addresses.LiftAsync(request.Address, request.RequestedAt);
        }

        return answer.Kind;
    }

    private async ValueTask<Answer?> TryAsync(TouchRef reference, string? networkAddress, DateTimeOffset now)
    {
        var partition = await CustomerPartition.LoadAsync(store, reference.Customer);
        if (
            partition.TouchpointBy(reference.Touch) is not { } touch
            || partition.ContactBy(touch.Contact) is not { } contact
            || contact.Request is not { } request
            || request.Id != touch.Occasion
        )
        {
            return new Answer(ConfirmAnswer.NotFound, null);
        }

        if (secret.AddressKeyOf(contact, Channel.Email) != request.Address || touch.Address is { } sentTo && sentTo != request.Address)
        {
            return new Answer(ConfirmAnswer.AddressChanged, null);
        }

        var standing = await _addresses.ReadAsync(request.Address);
        if (IsWithdrawn(contact, request, standing))
        {
            return new Answer(ConfirmAnswer.Withdrawn, null);
        }

        if (request.ConfirmedAt is not null)
        {
            return new Answer(ConfirmAnswer.Already, request);
        }

        if (now - request.RequestedAt >= Lasting)
        {
            return new Answer(ConfirmAnswer.TooLate, null);
        }

        Confirm(partition, contact, request, standing, networkAddress, now);
        return await partition.CommitAsync() is CommitResult.Applied ? new Answer(ConfirmAnswer.Confirmed, request) : null;
    }

    private static bool IsWithdrawn(Contact contact, ConsentRequest request, AddressStanding standing) =>
        contact.EmailConsent is { State: ConsentState.Denied } no && no.OccurredAt > request.RequestedAt
        || standing.Suppression is { } s && (!standing.MayComeBack || s.At > request.RequestedAt);

    private void Confirm(
        CustomerPartition partition,
        Contact contact,
        ConsentRequest request,
        AddressStanding standing,
        string? networkAddress,
        DateTimeOffset now
    )
    {
        var yes = new Consent(ConsentState.Granted, ConsentBasis.Express, request.Source, now, now)
        {
            ConfirmedAt = now,
            Words = request.Words,
        };
        var answered = ConsentEntry.Of(ConsentAct.Answered, contact, Channel.Email, request.Address, yes) with { Detail = request.Id };
        _consents.Add(partition, contact, answered, networkAddress);
        if (LiftedFrom(standing, request.RequestedAt) is { } lifted)
        {
            var entry = ConsentEntry.Of(ConsentAct.Lifted, contact, Channel.Email, request.Address, request.Source, now, lifted);
            _consents.Add(partition, contact, entry, networkAddress);
        }

        var confirmed = contact.With(Channel.Email, yes) with { Request = request with { ConfirmedAt = now } };
        partition.PutContact(confirmed, partition.PersonOf(contact.Key));
    }

    /// <summary>What the confirmation takes back, with its day in UTC: "Unsubscribed 2026-03-01, topics: news"; null when nothing.</summary>
    private static string? LiftedFrom(AddressStanding before, DateTimeOffset asked)
    {
        var after = before.LiftedBy(asked);
        var parts = new List<string>();
        if (before.Suppression is { } s && after.Suppression is null)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{s.Reason} {s.At.UtcDateTime:yyyy-MM-dd}"));
        }

        if (before.Pause is { } p && after.Pause is null)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"pause until {p.Until.UtcDateTime:yyyy-MM-dd}"));
        }

        if (before.RefusedTopics is { } topics && after.RefusedTopics is null)
        {
            parts.Add($"topics: {topics}");
        }

        return parts.Count == 0 ? null : string.Join(", ", parts);
    }
}

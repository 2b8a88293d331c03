using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.ContactPolicy.Histories;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Orders;
using RetentionFuncs.Reviews;
using RetentionFuncs.Storage;

namespace RetentionFuncs.ContactPolicy.Confirmations;

/// <summary>A wish for marketing mail, as a form, a shop or our preference page told it.</summary>
/// <param name="EventId">The same wish told again has the same id.</param>
/// <param name="Source">Where it was said: "newsletter form".</param>
/// <param name="Words">Which version of the shop's text was agreed to, or null.</param>
public sealed record ConsentWish(string EventId, string Source, string? Words, DateTimeOffset RequestedAt)
{
    /// <summary>26 base32 characters: the id of the request and the occasion of its mail.</summary>
    public string RequestId => OrderKey.Of("wish\n" + EventId).Value;
}

public enum RequestAnswer
{
    /// <summary>The campaign that answers wishes will send its mail.</summary>
    Asked,

    /// <summary>This very wish was told before.</summary>
    Repeated,

    /// <summary>A mail asked this address within the last day; this wish comes to nothing.</summary>
    AskedBefore,

    /// <summary>The person receives everything already, with proof.</summary>
    NothingToAsk,

    /// <summary>It was wished too long ago for a mail to be expected.</summary>
    TooOld,

    /// <summary>Nobody is on file, or there is no address.</summary>
    NobodyToAsk,

    /// <summary>A complaint, a hand or a dead mailbox stands in the way: nothing goes there, this mail neither.</summary>
    Blocked,
}

/// <summary>
/// The first half of a double opt-in: notes the wish and plans the review that sends the mail; nothing else changes until the person has
/// confirmed. At most one mail a day goes to one address, whoever asks how often (a form can be made to bomb a stranger's mailbox).
/// </summary>
public sealed class RequestConsent(IRowStore store, InstanceSecret secret, BusinessCalendar calendar, CampaignBook book, IIdSource ids)
{
    /// <summary>From one such mail to the next to the same address.</summary>
    public static readonly TimeSpan Spacing = TimeSpan.FromDays(1);

    /// <summary>A wish older than this comes to nothing; the end does not count.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromDays(3);

    private readonly Suppress _addresses = new(store);
    private readonly DueIndex _due = new(store);
    private readonly ConsentLog _consents = new(secret, ids);

    private sealed record Answer(RequestAnswer Kind);

    /// <summary>Whether a live campaign sends the mail; without one a wish is noted and waits for nothing.</summary>
    public async ValueTask<bool> IsAnsweredAsync() =>
        (await book.LiveAsync()).Any(c => c.Version.Campaign.Trigger is CampaignTrigger.ConsentRequested);

    /// <param name="now">The moment of recording.</param>
    public async ValueTask<RequestAnswer> RunAsync(CustomerKey customer, ContactKey contact, ConsentWish wish, DateTimeOffset now) =>
        (await ContendedCommit.UntilAppliedAsync(() => TryAsync(customer, contact, wish, now))).Kind;

    /// <summary>The primary contact of a customer the shop names.</summary>
    public async ValueTask<RequestAnswer> RunAsync(string customerId, ConsentWish wish, DateTimeOffset now)
    {
        var key = (await CustomerForward.LoadAsync(store, secret.CustomerKeyOf(customerId))).Key;
        return await RunAsync(key, secret.ContactKeyOf(key, Contact.Primary), wish, now);
    }

    private async ValueTask<Answer?> TryAsync(CustomerKey customer, ContactKey key, ConsentWish wish, DateTimeOffset now)
    {
        var partition = await CustomerPartition.LoadAsync(store, customer);
        if (partition.ContactBy(key) is not { Email: not null } contact)
        {
            return new Answer(RequestAnswer.NobodyToAsk);
        }

        if (contact.Request?.Id == wish.RequestId)
        {
            return new Answer(RequestAnswer.Repeated);
        }

        if (now - wish.RequestedAt >= Freshness)
        {
            return new Answer(RequestAnswer.TooOld);
        }

        var address = secret.AddressKeyOf(contact, Channel.Email)!.Value;
        var request = new ConsentRequest(wish.RequestId, address, wish.Source, wish.Words, Earlier(wish.RequestedAt, now), null);
        if (await StandsAgainstAsync(contact, request, now) is { } answer)
        {
            return new Answer(answer);
        }

        var today = calendar.DayOf(now);
        await _due.BeginAsync(today);
        await _due.AddAsync(new DueRow(today, DueKind.Request, customer, $"{key.Value}|{request.Id}"));
        var entry = ConsentEntry.Of(ConsentAct.Requested, contact, Channel.Email, address, wish.Source, now, request.Id) with
        {
            Words = wish.Words,
            OccurredAt = request.RequestedAt,
        };
        _consents.Add(partition, contact, entry);
        partition.PutContact(contact with { Request = request }, partition.PersonOf(key));
        return await partition.CommitAsync() is CommitResult.Applied ? new Answer(RequestAnswer.Asked) : null;
    }

    /// <summary>The shop's clock may run ahead; no wish is younger than its telling, or it would outrank a later no.</summary>
    private static DateTimeOffset Earlier(DateTimeOffset told, DateTimeOffset now) => told < now ? told : now;

    private async ValueTask<RequestAnswer?> StandsAgainstAsync(Contact contact, ConsentRequest request, DateTimeOffset now)
    {
        var standing = await _addresses.ReadAsync(request.Address);
        if (contact.EmailConsent is { State: ConsentState.Granted, ConfirmedAt: not null } && standing == standing.LiftedBy(now))
        {
            return RequestAnswer.NothingToAsk;
        }

        standing = await _addresses.AskAsync(request.Address, new PendingRequest(request.Id, now), Spacing);
        return !standing.MayComeBack ? RequestAnswer.Blocked
            : standing.Pending?.Id != request.Id ? RequestAnswer.AskedBefore
            : null;
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Experiences;
using RetentionFuncs.Findings;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.HandOffs;

/// <summary>What came back about one text message or call.</summary>
/// <param name="At">When it happened; null: not said, and then the same outcome with the same note is the same result.</param>
/// <param name="Note">In the words of who made the contact.</param>
public sealed record OutcomeNews(TouchRef Touch, TouchOutcome Outcome, DateTimeOffset? At, string? Note);

public abstract record OutcomeEnding
{
    private OutcomeEnding() { }

    public sealed record Done(Recorded Kind) : OutcomeEnding;

    /// <summary>Nothing was recorded; a clause about the touch.</summary>
    public sealed record Refused(Phrase Reason) : OutcomeEnding;
}

/// <summary>
/// Puts a result on file once, and does what follows from it: a wrong number and a "no more" close the number, a complaint opens a case.
/// The effects come before the result's own row, so a crash in between is mended by telling it again.
/// </summary>
public sealed class RecordOutcome(
    IRowStore store,
    RecordDeliveryEvents deliveries,
    ChangePreferences preferences,
    RecordExperience experiences
)
{
    private const string Prefix = "x-outcome|";

    /// <param name="now">The moment of recording.</param>
    public async ValueTask<OutcomeEnding> RunAsync(OutcomeNews news, DateTimeOffset now)
    {
        var partition = await CustomerPartition.LoadAsync(store, news.Touch.Customer);
        if (partition.TouchpointBy(news.Touch.Touch) is not { } touch || partition.Profile() is not { } customer)
        {
            return new OutcomeEnding.Refused(new("is not a touchpoint on file", "档案中没有这个触点"));
        }

        if (touch.Channel == Channel.Email || touch.AttemptId is not { } attempt)
        {
            return new OutcomeEnding.Refused(new("was never handed off, so nothing can come back of it", "从未移交过，不会有结果"));
        }

        var row = RowKey(news);
        if (await store.ReadRowAsync(CustomerPartition.IdOf(partition.Key), row) is not null)
        {
            return new OutcomeEnding.Done(Recorded.Unchanged);
        }

        var at = news.At ?? now;
        await ActAsync(news, attempt, customer, at, now);
        await ContendedCommit.UntilAppliedAsync(() => WriteAsync(news, row, at, now));
        return new OutcomeEnding.Done(Recorded.New);
    }

    private async ValueTask ActAsync(OutcomeNews news, string attempt, Customer customer, DateTimeOffset at, DateTimeOffset now)
    {
        var (kind, bounce) = news.Outcome switch
        {
            TouchOutcome.WrongNumber => (DeliveryEventKind.Bounced, BounceKind.Hard),
            TouchOutcome.Failed => (DeliveryEventKind.Bounced, (BounceKind?)BounceKind.Soft),
            TouchOutcome.NoAnswer or TouchOutcome.Busy => (DeliveryEventKind.Deferred, null),
            _ => (DeliveryEventKind.Delivered, null),
        };
        _ = await deliveries.RunAsync([new DeliveryEvent(news.Touch, attempt, kind, bounce, at, news.Outcome.ToString())]);
        if (news.Outcome == TouchOutcome.DoNotContact)
        {
            _ = await preferences.StopAsync(news.Touch, "told us", at);
        }

        if (news.Outcome == TouchOutcome.Complained)
        {
            var complaint = new ExperienceNews.ComplaintOpened(RowKey(news), at, news.Touch.ToString(), null);
            _ = await experiences.RunAsync(customer.ExternalId, complaint, now);
        }
    }

    private sealed record Done;

    private async ValueTask<Done?> WriteAsync(OutcomeNews news, string row, DateTimeOffset at, DateTimeOffset now)
    {
        var partition = await CustomerPartition.LoadAsync(store, news.Touch.Customer);
        if (partition.TouchpointBy(news.Touch.Touch) is { } touch && !(touch.OutcomeAt > at))
        {
            partition.PutTouchpoint(touch with { Outcome = news.Outcome, OutcomeAt = at });
        }

        partition.PutFact(
            row,
            new PropertyBag().Set("outcome", news.Outcome).Set("occurredAt", at).Set("recordedAt", now).Set("note", news.Note)
        );
        return await partition.CommitAsync() is CommitResult.Applied ? new Done() : null;
    }

    private static string RowKey(OutcomeNews news)
    {
        var said = string.Create(CultureInfo.InvariantCulture, $"{news.Outcome}|{news.At?.UtcDateTime:O}|{news.Note}");
        return $"{Prefix}{news.Touch.Touch}|{Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(said)), 16)}";
    }
}

using System.Globalization;
using System.Text.Json;

namespace RetentionFuncs.Embedded.Demo;

/// <summary>What became of one message, as a provider would report it.</summary>
/// <param name="Event"><c>delivered</c>, <c>bounced</c>, <c>complained</c> or <c>unsubscribed</c>.</param>
/// <param name="Reference"><c>CustomerKey.TouchId</c>, as it was given with the message.</param>
/// <param name="Detail">The receiving server's words for a bounce, else null.</param>
public sealed record DemoDelivery(string Event, string Reference, string? AttemptId, DateTimeOffset At, string? Detail)
{
    /// <summary>One line of an events file.</summary>
    public string ToJsonLine() =>
        JsonSerializer.Serialize(
            new Dictionary<string, string?>
            {
                ["event"] = Event,
                ["touch"] = Reference,
                ["attempt"] = AttemptId,
                ["at"] = At.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
                ["reason"] = Detail,
            }
        );
}

/// <summary>Answers for sent messages: bad mailboxes bounce for good, few people complain, some unsubscribe, a few answers never come.</summary>
public sealed class DemoMailbox(DemoShop shop)
{
    private const double Complaints = 0.001;
    private const double Unsubscribes = 0.006;
    private const double Silent = 0.004;

    /// <summary>The answers to one message, in the order they come; none when the provider stays silent.</summary>
    /// <param name="sentAt">Answers come from seconds to hours later.</param>
    public IEnumerable<DemoDelivery> AnswersTo(string customerId, string reference, string? attemptId, DateTimeOffset sentAt)
    {
        var customer = shop.ById[customerId];
        var day = DateOnly.FromDateTime(sentAt.UtcDateTime).DayNumber;
        double Draw(DemoDraw purpose) => shop.Draws.Uniform(customer.Index, day, purpose);
        var luck = Draw(DemoDraw.Delivery);
        if (customer.Bounces)
        {
            yield return new("bounced", reference, attemptId, sentAt.AddSeconds(Math.Floor(2 + (20 * luck))), "550 5.1.1 no such mailbox");
            yield break;
        }

        if (luck < Silent)
        {
            yield break;
        }

        yield return new("delivered", reference, attemptId, sentAt.AddSeconds(Math.Floor(1 + (90 * luck))), null);
        if (Draw(DemoDraw.Complains) < Complaints)
        {
            yield return new("complained", reference, attemptId, sentAt.AddMinutes(Math.Floor(20 + (200 * luck))), null);
        }
        else if (Draw(DemoDraw.Unsubscribes) < Unsubscribes)
        {
            yield return new("unsubscribed", reference, attemptId, sentAt.AddMinutes(Math.Floor(5 + (90 * luck))), null);
        }
    }
}

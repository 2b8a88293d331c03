using System.Globalization;
using System.Text.Json;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Embedded.Demo;

/// <summary>Answers for sent messages: bad mailboxes bounce for good, few people complain, some unsubscribe, a few answers never come.</summary>
public sealed class DemoMailbox(DemoShop shop)
{
    private const double Complaints = 0.001;
    private const double Unsubscribes = 0.006;
    private const double Silent = 0.004;

    /// <summary>The answers to one message, in the order they come; none when the provider stays silent.</summary>
    /// <param name="sentAt">Answers come from seconds to hours later.</param>
    public IEnumerable<DeliveryEvent> AnswersTo(string customerId, TouchRef touch, string attemptId, DateTimeOffset sentAt)
    {
        var customer = shop.ById[customerId];
        var day = DateOnly.FromDateTime(sentAt.UtcDateTime).DayNumber;
        double Draw(DemoDraw purpose) => shop.Draws.Uniform(customer.Index, day, purpose);
        DeliveryEvent Event(DeliveryEventKind kind, double seconds) =>
            new(touch, attemptId, kind, null, sentAt.AddSeconds(Math.Floor(seconds)), null);

        var luck = Draw(DemoDraw.Delivery);
        if (customer.Bounces)
        {
            yield return Event(DeliveryEventKind.Bounced, 2 + (20 * luck)) with
            {
                Bounce = BounceKind.Hard,
                Detail = "550 5.1.1 no such mailbox",
            };
            yield break;
        }

        if (luck < Silent)
        {
            yield break;
        }

        yield return Event(DeliveryEventKind.Delivered, 1 + (90 * luck));
        if (Draw(DemoDraw.Complains) < Complaints)
        {
            yield return Event(DeliveryEventKind.Complained, 60 * (20 + (200 * luck)));
        }
        else if (Draw(DemoDraw.Unsubscribes) < Unsubscribes)
        {
            yield return Event(DeliveryEventKind.Unsubscribed, 60 * (5 + (90 * luck)));
        }
    }

    /// <summary>One line of an events file, as <see cref="DeliveryEventLines"/> reads it.</summary>
    public static string ToJsonLine(DeliveryEvent told)
    {
        var fields = new Dictionary<string, string>
        {
            ["touch"] = told.Touch.ToString(),
            ["attempt"] = told.AttemptId,
            ["event"] = told.Kind.ToString().ToLowerInvariant(),
            ["at"] = told.At.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        };
        if (told.Bounce is { } bounce)
        {
            fields["bounce"] = bounce.ToString().ToLowerInvariant();
        }

        if (told.Detail is not null)
        {
            fields["detail"] = told.Detail;
        }

        return JsonSerializer.Serialize(fields);
    }
}

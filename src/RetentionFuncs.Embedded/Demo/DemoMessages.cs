using System.Collections.Concurrent;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Messages;
using RetentionFuncs.Offers;
using RetentionFuncs.Orders;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Embedded.Demo;

/// <summary>Listens at the outbox: which generated customer was sent what, so that they can answer.</summary>
internal sealed class DemoMessages(IMessageSender sender) : IMessageSender
{
    private readonly ConcurrentQueue<OutboundMessage> _news = new();

    public async ValueTask<SendResult> SendAsync(OutboundMessage message)
    {
        var result = await sender.SendAsync(message);
        if (result is SendResult.Accepted)
        {
            _news.Enqueue(message);
        }

        return result;
    }

    /// <summary>What left since the last call, in an order that hangs on nothing but the messages.</summary>
    public IReadOnlyList<OutboundMessage> Take()
    {
        var taken = new List<OutboundMessage>();
        while (_news.TryDequeue(out var message))
        {
            taken.Add(message);
        }

        return [.. taken.OrderBy(m => m.Reference, StringComparer.Ordinal)];
    }

    /// <summary>How the generated customers take a step of the shipped campaigns.</summary>
    public static DemoMessage KindOf(string campaign, JourneyStep.Message step) =>
        (campaign, step.Offer) switch
        {
            ("win-back", not null) => DemoMessage.Offer,
            ("win-back", _) when step.Id == "check-in" => DemoMessage.CheckIn,
            ("second-order", _) => DemoMessage.SecondOrder,
            ("birthday", _) => DemoMessage.Birthday,
            _ => DemoMessage.Greeting,
        };
}

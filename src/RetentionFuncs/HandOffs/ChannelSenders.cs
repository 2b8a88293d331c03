using RetentionFuncs.Customers;
using RetentionFuncs.Messages;

namespace RetentionFuncs.HandOffs;

/// <summary>Gives each message to the sender of its channel.</summary>
/// <param name="gateway">Sends text messages by itself; null: they are handed off as lists, like calls.</param>
public sealed class ChannelSenders(IMessageSender email, IMessageSender handOff, IMessageSender? gateway) : IMessageSender
{
    public ValueTask<SendResult> SendAsync(OutboundMessage message) =>
        message.Channel switch
        {
            Channel.Email => email.SendAsync(message),
            Channel.Sms => (gateway ?? handOff).SendAsync(message),
            _ => handOff.SendAsync(message),
        };
}

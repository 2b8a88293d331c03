using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliverability;
using RetentionFuncs.Messages;
using RetentionFuncs.Telemetry;

namespace RetentionFuncs.Touchpoints;

/// <summary>How the messages of a channel leave: to whom they are given, how fast, how many a day, and what follows.</summary>
/// <param name="control">Rate and breaker of the provider; null: what goes onto a list needs neither.</param>
/// <param name="ramp">How many may leave today; null: any number.</param>
/// <param name="tally">Counts what leaves, for the rates of its sending domain; null: it has none.</param>
/// <param name="seeds">Show the shop what customers see; null: nobody asked for it.</param>
public sealed class SendingWay(
    IMessageSender sender,
    SendControl? control,
    SendRamp? ramp = null,
    SendTally? tally = null,
    SeedCopies? seeds = null
)
{
    /// <summary>Asked before anything of a message is looked at.</summary>
    /// <returns>Null: it may try.</returns>
    public async ValueTask<SendPermit.WaitUntil?> AskAsync(DateTimeOffset now) =>
        control is null ? null : await control.AskAsync(now) as SendPermit.WaitUntil;

    /// <summary>Asked right before the claim.</summary>
    /// <returns>Null: it may leave, and a place of the day is taken for it.</returns>
    public ValueTask<CampaignDecision?> TakePlaceAsync(DecisionContext context, SenderProfile from, TouchRef touch) =>
        ramp?.AskAsync(context, from, touch) ?? ValueTask.FromResult<CampaignDecision?>(null);

    /// <summary>It surely did not leave: its place of the day is another's.</summary>
    public ValueTask PutBackAsync(DecisionContext context, SenderProfile from) =>
        ramp?.PutBackAsync(context, from) ?? ValueTask.CompletedTask;

    /// <summary>The one call. Whatever a sender throws, the message may be out: that is what Unknown is for.</summary>
    public async ValueTask<SendResult> CallAsync(OutboundMessage message)
    {
        try
        {
            return await sender.SendAsync(message);
        }
        catch (Exception e)
        {
            return new SendResult.Unknown(e.GetType().Name);
        }
    }

    /// <summary>What follows once the result is on file.</summary>
    public async ValueTask TellAsync(Touchpoint claimed, SendResult result, RenderRequest request, DateTimeOffset now)
    {
        if (control is not null)
        {
            ProductMeter.Changed(await control.TellAsync(result, now));
        }

        if (tally is not null)
        {
            await tally.CountAsync(claimed, result, now);
        }

        if (seeds is not null && result is SendResult.Accepted)
        {
            await seeds.FollowAsync(claimed, request);
        }
    }
}

/// <summary>Each channel's way.</summary>
/// <param name="Stop">What keeps everything back, whatever the channel: <see cref="SendControl.FrozenBecause"/>.</param>
public sealed record SendingWays(SendControl Stop, SendingWay Email, SendingWay Sms, SendingWay Phone)
{
    /// <summary>One sender takes everything; only e-mail has a rate and a breaker, and nothing follows.</summary>
    public static SendingWays Plain(IMessageSender sender, SendControl control) =>
        new(control, new(sender, control), new(sender, null), new(sender, null));

    public SendingWay Of(Channel channel) =>
        channel switch
        {
            Channel.Email => Email,
            Channel.Sms => Sms,
            _ => Phone,
        };
}

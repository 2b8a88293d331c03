using RetentionFuncs.Campaigns;
using RetentionFuncs.Deliverability;
using RetentionFuncs.Deliverability.DnsRecords;
using RetentionFuncs.HandOffs;
using RetentionFuncs.Messages;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Wiring;

/// <summary>What sends, and what keeps the sending in good repute.</summary>
internal sealed class SendingParts
{
    public SendingParts(ProductGround on, IMessageSender sender, SendGovernor governor, LaunchCampaign launch)
    {
        var (store, clock, settings, renderer) = (on.Store, on.Clock, on.Settings, new MessageRenderer());
        var tally = new SendTally(store);
        Control = new SendControl(store, governor, clock);
        var seeds =
            settings.Seeds.Count == 0 ? null : new SeedCopies(store, sender, Control, renderer, settings.Seeds, on.Secret, on.Ids, clock);
        var lists = new SendingWay(new HandOffSender(store, clock), null);
        var ways = new SendingWays(
            Control,
            new SendingWay(sender, Control, new SendRamp(store, settings), tally, seeds),
            on.Options.SmsGateway is { } gateway
                ? new SendingWay(gateway, new SendControl(store, new SendGovernor(on.Options.SmsLimits), clock, "sms-breaker"))
                : lists,
            lists
        );
        Send = new SendTouchpoint(store, ways, renderer, on.Campaigns, settings, on.Calendar, on.Secret, on.Ids, clock);
        Test = new SendTest(store, sender, Control, renderer, on.Campaigns, settings, on.Calendar, on.Secret, on.Ids, on.Note, clock);
        Watch = new WatchSending(store, on.Campaigns, launch, on.Note, tally, clock);
        Dns = new DnsStandings(store, clock);
    }

    public SendControl Control { get; }

    public SendTouchpoint Send { get; }

    public SendTest Test { get; }

    public WatchSending Watch { get; }

    public DnsStandings Dns { get; }
}

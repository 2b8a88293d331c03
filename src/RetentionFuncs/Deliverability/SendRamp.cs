using RetentionFuncs.Campaigns;
using RetentionFuncs.Settings;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Deliverability;

/// <summary>
/// Asked right before a claim whether this message may leave today: the canary batch of those silent for long, and the daily budget of a
/// domain that warms up. Asks the store nothing unless the settings have one of the two.
/// </summary>
public sealed class SendRamp(IRowStore store, BusinessSettings settings)
{
    private readonly CanaryBatch _canary = new(store);
    private readonly WarmUpBudget _budget = new(store);

    /// <returns>Null: it may leave, and a place of the day is taken for it.</returns>
    public async ValueTask<CampaignDecision?> AskAsync(DecisionContext context, SenderProfile sender, TouchRef touch)
    {
        if (settings is { WarmUp: null, Recency.Canary: null } || !RecencyGate.Concerns(context))
        {
            return null;
        }

        return await AskCanaryAsync(context, touch) ?? await AskBudgetAsync(context, SendingDomain.Of(sender));
    }

    /// <summary>The message surely did not leave after all.</summary>
    public async ValueTask PutBackAsync(DecisionContext context, SenderProfile sender)
    {
        var domain = SendingDomain.Of(sender);
        if (settings.WarmUp is { } ramp && RecencyGate.Concerns(context) && ramp.Limits(domain, context.Today))
        {
            await _budget.PutBackAsync(domain, context.Today);
        }
    }

    private async ValueTask<CampaignDecision?> AskCanaryAsync(DecisionContext c, TouchRef touch)
    {
        if (settings.Recency.Canary is not { } size || RecencyGate.RungOf(c) != Rung.Long)
        {
            return null;
        }

        return await _canary.AskAsync(c.Campaign.Key, touch, size, c.Now) switch
        {
            CanaryWord.Wait wait => HoldOrSkip.Until(c, wait.Until, Gate.AddressUsable, GateReason.CanaryAwaited),
            CanaryWord.Stopped stopped => new CampaignDecision.Skip(
                Gate.AddressUsable,
                GateReason.CanaryBounced,
                CanaryBatch.Percent(stopped.Share)
            ),
            _ => null,
        };
    }

    private async ValueTask<CampaignDecision?> AskBudgetAsync(DecisionContext c, string domain)
    {
        if (settings.WarmUp is not { } ramp || !ramp.Limits(domain, c.Today))
        {
            return null;
        }

        var next = c.Today < ramp.Start ? ramp.Start : c.Today.AddDays(1);
        return await _budget.TakeAsync(ramp, domain, c.Today)
            ? null
            : HoldOrSkip.Until(c, c.Calendar.StartOf(next), Gate.Budget, GateReason.WarmingUp, domain);
    }
}

using RetentionFuncs.Backlogs;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Experiments;
using RetentionFuncs.Orders;
using RetentionFuncs.Reviews;
using RetentionFuncs.Segments;
using RetentionFuncs.Telemetry;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Campaigns;

/// <summary>
/// Moves one journey entry as far as today allows: through messages and past finished waits, until it waits, is held or ends. Writes
/// into the partition in hand and notes what must happen around it; decides nothing itself.
/// </summary>
public sealed class JourneyRun(
    JourneySurroundings around,
    LiveCampaign live,
    CampaignVersion version,
    AudienceExpression? audience,
    CustomerPartition partition,
    ReviewEffects effects,
    string? stronger
)
{
    private readonly JourneyContexts _contexts = new(around, live, version, audience, partition, stronger);

    private Campaign Campaign => version.Campaign;

    private DateOnly Today => around.Calendar.DayOf(around.Now);

    /// <returns>Whether a message was planned or, for control, would have been.</returns>
    public bool Advance(JourneyEntry entry)
    {
        var spoke = false;
        while (entry.Status is EntryStatus.Held or EntryStatus.Active)
        {
            if (HasComeBack(entry))
            {
                entry = Finish(entry, EntryStatus.Exited, GateReason.OrderedMeanwhile.ToString());
                break;
            }

            var step = Campaign.StepById(entry.Step);
            if (step is JourneyStep.Wait wait)
            {
                Park(entry with { Step = NextId(wait), StepDueOn = Today.AddDays(wait.Days) }, Today.AddDays(wait.Days));
                return spoke;
            }

            if (step is not JourneyStep.Message message)
            {
                entry = Finish(entry, EntryStatus.Completed, null);
                break;
            }

            var next = Contact(entry, message, ref spoke);
            if (next is null)
            {
                return spoke;
            }

            entry = next;
        }

        return spoke;
    }

    private bool HasComeBack(JourneyEntry entry) =>
        Campaign.ExitOnOrder && entry.Status == EntryStatus.Active && partition.Summary().Orders > entry.OrdersAtEntry;

    /// <returns>The entry to go on with, or null when it is parked until another day or ended here.</returns>
    private JourneyEntry? Contact(JourneyEntry entry, JourneyStep.Message step, ref bool spoke)
    {
        var decisions = _contexts.Targets(entry, step).Select(contact => (contact, context: _contexts.Of(entry, step, contact))).ToArray();
        var sends = false;
        CampaignDecision? silent = null;
        foreach (var (contact, context) in decisions)
        {
            var decision = CampaignDecisions.Decide(context, entry.Status == EntryStatus.Held ? Gates.AtEntry : Gates.AtStep);
            decision = IsTurn(entry) ? BacklogTurns.Decided(decision, around.Calendar.StartOf(Today.AddDays(1))) : decision;
            Record(entry, step, decision);
            effects.Decided.Add(new DecidedStep(Campaign.Key, step.Id, new TouchRef(partition.Key, context.Touch), decision));
            if (decision is CampaignDecision.Send send)
            {
                entry = Admit(entry, send.Arm);
                Plan(entry, step, contact!, context, send);
                sends = true;
            }
            else
            {
                silent = silent is CampaignDecision.Hold ? silent : decision;
            }
        }

        spoke |= sends;
        return sends ? entry with { Step = NextId(step), StepDueOn = Today } : AfterSilence(entry, step, silent!);
    }

    /// <summary>A turn in the backlog: until it enters it stays in line and nothing is kept of it here.</summary>
    private bool IsTurn(JourneyEntry entry) =>
        entry is { Admitted: true, Status: EntryStatus.Held } && partition.Find(entry.RowKey) is null;

    private JourneyEntry? AfterSilence(JourneyEntry entry, JourneyStep.Message step, CampaignDecision silent)
    {
        if (IsTurn(entry))
        {
            effects.TurnedAway = silent;
            return null;
        }

        if (silent is CampaignDecision.Hold hold)
        {
            var day = around.Calendar.DayOf(hold.Until);
            Park(entry, day > Today ? day : Today.AddDays(1));
            return null;
        }

        if (entry.Status == EntryStatus.Active)
        {
            return entry with { Step = NextId(step), StepDueOn = Today };
        }

        if (partition.Find(entry.RowKey) is not null)
        {
            Finish(entry, EntryStatus.Exited, ((CampaignDecision.Skip)silent).Reason.ToString());
        }

        return null;
    }

    private JourneyEntry Admit(JourneyEntry entry, TestArm arm)
    {
        if (entry.Status == EntryStatus.Active)
        {
            return entry;
        }

        effects.Log.Add(
            new LoggedOccasion(Campaign.Key, entry.TriggerDay, partition.Key, entry.Occasion, "Entered", arm, null, null, around.Now)
        );
        return entry with { Status = EntryStatus.Active, Arm = arm, EnteredAt = around.Now, OrdersAtEntry = partition.Summary().Orders };
    }

    private void Plan(JourneyEntry entry, JourneyStep.Message step, Contact contact, DecisionContext context, CampaignDecision.Send send)
    {
        effects.Budgeted.Add(Campaign);
        if (send.Arm == TestArm.Control)
        {
            if (step.Purpose != MessagePurpose.Service)
            {
                var gate = CustomerGate.Of(partition);
                (gate with { Slots = gate.Slots.Take(context.Touch.Value, CapSlot.Control, around.Now, around.Settings.Cap) }).PutTo(
                    partition
                );
                effects.ControlSlots.Add((around.Secret.AddressKeyOf(contact, step.Channel)!.Value, context.Touch));
            }

            return;
        }

        if (partition.TouchpointBy(context.Touch) is null)
        {
            var touch = PlanTouchpoint.New(context, version.Hash, entry.Occasion, send.DueAt, around.Secret) with
            {
                Trace = ProductTrace.Here,
            };
            partition.PutTouchpoint(touch);
            effects.Planned.Add(touch);
        }
    }

    private void Record(JourneyEntry entry, JourneyStep step, CampaignDecision decision)
    {
        var (verdict, gate, reason, detail, arm, until) = decision switch
        {
            CampaignDecision.Send s => (
                "Send",
                (Gate?)null,
                (GateReason?)null,
                (string?)null,
                (string?)s.Arm.ToString(),
                (DateTimeOffset?)s.DueAt
            ),
            CampaignDecision.Hold h => ("Hold", h.Gate, h.Reason, h.Detail, null, h.Until),
            CampaignDecision.Skip s => ("Skip", s.Gate, s.Reason, s.Detail, null, null),
            _ => throw new InvalidOperationException("A decision has three endings."),
        };
        DecisionLedger.Record(
            partition,
            new LedgerLine(Campaign.Key, entry.Occasion, step.Id, around.Now, verdict, gate, reason, detail, arm, until, version.Hash)
        );
        if (
            entry.Status == EntryStatus.Held
            && verdict != "Send"
            && reason != GateReason.NotInAudience
            && !(verdict == "Hold" && IsTurn(entry))
        )
        {
            var outcome = verdict == "Hold" ? "Held" : "Skipped";
            effects.Log.Add(
                new LoggedOccasion(Campaign.Key, entry.TriggerDay, partition.Key, entry.Occasion, outcome, null, gate, reason, around.Now)
            );
        }
    }

    private void Park(JourneyEntry entry, DateOnly until)
    {
        partition.Put(entry.RowKey, entry.ToBag());
        effects.Due.Add(new DueRow(until, DueKind.Journey, partition.Key, entry.Reference));
    }

    private JourneyEntry Finish(JourneyEntry entry, EntryStatus status, string? reason)
    {
        var ended = entry with { Status = status, Reason = reason };
        partition.Put(ended.RowKey, ended.ToBag());
        return ended;
    }

    /// <summary>The id after a step, or an empty one when it was the last.</summary>
    private string NextId(JourneyStep step)
    {
        var at = Campaign.IndexOf(step) + 1;
        return at < Campaign.Steps.Count ? Campaign.Steps[at].Id : "";
    }
}

namespace RetentionFuncs.Simulation.Model;

/// <summary>The call, and what is made of its answer.</summary>
internal sealed partial class ProtocolModel
{
    private void Call(ModelState state, int w)
    {
        var t = state.Workers[w].Touch;
        state.Wrong = state.Workers[w].Tainted ? ModelFaults.CalledAfterNo : null;
        var taken = state;
        taken.Touches[t].Accepted = (byte)Math.Min(3, state.Touches[t].Accepted + 1);
        taken.Wrong ??= state.Touches[t].Row == RowState.Planned ? ModelFaults.AcceptedWithoutRecord : null;
        Answered(taken, w, CallAnswer.Accepted, WorkerStep.Settle, "calls: accepted");
        var unanswered = protocol.RepeatsUnansweredCalls ? WorkerStep.Call : WorkerStep.Settle;
        Answered(taken, w, CallAnswer.Unknown, unanswered, "calls: accepted, answer lost");
        Answered(state, w, CallAnswer.Unknown, unanswered, "calls: not accepted, answer lost");
        var turnedDown = _takesSlots && protocol.ReturnsSlotBeforeReopening ? WorkerStep.ReturnSlot : WorkerStep.Settle;
        Answered(state, w, CallAnswer.Refused, turnedDown, "calls: refused");
        Answered(state, w, CallAnswer.NotSent, turnedDown, "calls: proven not sent");
    }

    private void Answered(ModelState state, int w, CallAnswer answer, WorkerStep step, string label)
    {
        state.Workers[w].Answer = answer;
        state.Workers[w].Step = step;
        reach(state, label);
    }

    private void ReturnSlot(ModelState state, int w, WorkerStep then, bool onlyMine)
    {
        var worker = state.Workers[w];
        var applied = state;
        if (worker.OwnsSlot || !onlyMine)
        {
            applied.FreeSlot(worker.Touch);
            Lose(applied, state, w, worker.Step, "returns the slot");
        }

        applied.Workers[w].Step = then;
        applied.Workers[w] = then == WorkerStep.Idle ? applied.Workers[w].Rested() : applied.Workers[w];
        reach(applied, "returns the slot: done");
    }

    private void Settle(ModelState state, int w)
    {
        var worker = state.Workers[w];
        var row = state.Touches[worker.Touch].Row;
        var settled = Merged(row, worker);
        var slotIsLeft = worker.Answer is CallAnswer.NotSent or CallAnswer.Refused && _takesSlots && !protocol.ReturnsSlotBeforeReopening;
        if (settled != row && !worker.RowFresh)
        {
            state.Workers[w].Step = WorkerStep.SettleAgain;
            reach(state, "settles: conflict");
            return;
        }

        var applied = state;
        if (settled != row)
        {
            applied.TurnRow(worker.Touch, settled);
            Lose(applied, state, w, WorkerStep.SettleAgain, "settles");
        }

        if (slotIsLeft)
        {
            applied.Workers[w].Step = WorkerStep.ReturnSlotLast;
            reach(applied, "settles: applied, slot still to return");
        }
        else
        {
            Rest(applied, w, "settles: applied");
        }
    }

    private static RowState Merged(RowState row, ModelWorker worker) =>
        (worker.Answer, row) switch
        {
            (CallAnswer.Accepted, _) => RowState.Sent,
            (CallAnswer.Refused, RowState.Sending) when worker.OwnsRow => RowState.Refused,
            (CallAnswer.NotSent, RowState.Sending) when worker.OwnsRow => RowState.Planned,
            (CallAnswer.Unknown, RowState.Sending) when worker.OwnsRow => RowState.Unknown,
            _ => row,
        };
}

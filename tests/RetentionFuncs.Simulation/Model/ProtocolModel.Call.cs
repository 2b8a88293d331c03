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
        Answered(state, w, CallAnswer.Refused, WorkerStep.Settle, "calls: refused");
        Answered(state, w, CallAnswer.NotSent, WorkerStep.Settle, "calls: proven not sent");
    }

    private void Answered(ModelState state, int w, CallAnswer answer, WorkerStep step, string label)
    {
        state.Workers[w].Answer = answer;
        state.Workers[w].Step = step;
        reach(state, label);
    }

    private void Settle(ModelState state, int w)
    {
        var worker = state.Workers[w];
        var row = state.Touches[worker.Touch].Row;
        var settled = Merged(row, worker);
        if (settled == row)
        {
            Settled(state, w, "has nothing to settle");
            return;
        }

        if (!worker.RowFresh)
        {
            state.Workers[w].Step = WorkerStep.SettleAgain;
            reach(state, "settles: conflict");
            return;
        }

        var applied = state;
        applied.TurnRow(worker.Touch, settled);
        Lose(applied, state, w, WorkerStep.SettleAgain, "settles");
        SettleLate(state, w, settled);
        Settled(applied, w, "settles: applied");
    }

    private void SettleLate(ModelState state, int w, RowState settled)
    {
        ref var worker = ref state.Workers[w];
        if (state.LostAnswers == 0 || worker.LateSettle)
        {
            return;
        }

        state.LostAnswers--;
        (worker.LateSettle, worker.LateSettleTouch, worker.LateSettleRow) = (true, worker.Touch, settled);
        worker.Step = WorkerStep.SettleAgain;
        reach(state, "settles: answer lost, may land later");
    }

    /// <summary>After a call that was turned down the slot is still to be given back.</summary>
    private void Settled(ModelState state, int w, string label)
    {
        if (_takesSlots && state.Workers[w].Answer is (CallAnswer.Refused or CallAnswer.NotSent))
        {
            state.Workers[w].Step = WorkerStep.ReturnSlot;
            reach(state, label);
        }
        else
        {
            Rest(state, w, label);
        }
    }

    private void ReturnSlot(ModelState state, int w)
    {
        var worker = state.Workers[w];
        if (!worker.OwnsSlot && protocol.ReturnsOnlyItsOwnSlot)
        {
            Rest(state, w, "has no slot to return");
            return;
        }

        var applied = state;
        applied.FreeSlot(worker.Touch);
        Lose(applied, state, w, WorkerStep.ReturnSlot, "returns the slot");
        Rest(applied, w, "returns the slot: done");
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

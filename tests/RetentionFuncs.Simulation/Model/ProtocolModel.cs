namespace RetentionFuncs.Simulation.Model;

/// <summary>
/// Every arc of the claim protocol: each worker may take its next step, each write may be applied, conflict, or lose its answer,
/// each worker may die anywhere, and the world may at any moment reap, unsubscribe, close the customer's gate or bring evidence.
/// </summary>
internal sealed partial class ProtocolModel(Protocol protocol, ModelBounds bounds, Action<ModelState, string> reach)
{
    private readonly bool _takesSlots = protocol is { RecordsBeforeCalling: true, ChecksAddressBeforeClaim: false };

    public ModelState Start =>
        new()
        {
            Dequeues = (byte)bounds.Dequeues,
            Crashes = (byte)bounds.Crashes,
            LostAnswers = (byte)bounds.LostAnswers,
        };

    /// <summary>All worlds one arc away.</summary>
    public void Expand(ModelState state)
    {
        for (var w = 0; w < bounds.Workers; w++)
        {
            Work(state, w);
            Crash(state, w);
            Land(state, w);
        }

        for (var t = 0; t < bounds.Touches; t++)
        {
            Outside(state, t);
        }

        if (!state.Suppressed)
        {
            var next = state;
            next.Suppress();
            reach(next, "the address unsubscribes");
        }
    }

    private void Work(ModelState state, int w)
    {
        switch (state.Workers[w].Step)
        {
            case WorkerStep.Idle:
                Dequeue(state, w);
                break;
            case WorkerStep.ReadCustomer:
                ReadCustomer(state, w);
                break;
            case WorkerStep.ClaimCustomer:
                ClaimCustomer(state, w);
                break;
            case WorkerStep.ReadClaimBack:
                ReadClaimBack(state, w);
                break;
            case WorkerStep.ReadAddress:
                ReadAddress(state, w);
                break;
            case WorkerStep.TakeSlot:
                TakeSlot(state, w);
                break;
            case WorkerStep.Skip:
                Skip(state, w);
                break;
            case WorkerStep.Call:
                Call(state, w);
                break;
            case WorkerStep.Settle:
                Settle(state, w);
                break;
            case WorkerStep.SettleAgain:
                state.Workers[w].RowFresh = true;
                state.Workers[w].Step = WorkerStep.Settle;
                reach(state, "reads the row again to settle");
                break;
            case WorkerStep.ReturnSlot:
                ReturnSlot(state, w);
                break;
        }
    }

    private void Crash(ModelState state, int w)
    {
        if (state.Crashes > 0 && state.Workers[w].Step != WorkerStep.Idle)
        {
            state.Crashes--;
            Rest(state, w, "dies");
        }
    }

    private void Land(ModelState state, int w)
    {
        var worker = state.Workers[w];
        if (worker.LateClaim != LateWrite.None)
        {
            var next = state;
            next.Claim(worker.LateClaimTouch, worker.LateClaim == LateWrite.Awaited ? w : -1);
            reach(next, "a late claim lands");
        }

        if (worker.LateSlot != LateWrite.None)
        {
            var next = state;
            next.TakeSlot(worker.LateSlotTouch, worker.LateSlot == LateWrite.Awaited ? w : -1);
            reach(next, "a late slot lands");
        }

        if (worker.LateSettle)
        {
            Turn(state, worker.LateSettleTouch, worker.LateSettleRow, "a late settlement lands");
        }
    }

    private void Outside(ModelState state, int t)
    {
        var touch = state.Touches[t];
        if (touch.Row == RowState.Sending)
        {
            Turn(state, t, RowState.Unknown, "the reaper finds it Sending");
        }

        if (touch.Row == RowState.Unknown && protocol.ResendsWhatTheLogLacks)
        {
            Turn(state, t, RowState.Planned, "the log shows nothing: planned again");
        }

        if (touch is { Accepted: > 0, Row: RowState.Sending or RowState.Unknown })
        {
            Turn(state, t, RowState.Sent, "evidence comes in");
        }

        if (touch is { SlotHeld: true, Row: RowState.Skipped or RowState.Refused })
        {
            var swept = state;
            swept.FreeSlot(t);
            reach(swept, "the sweep frees the slot of what ended unsent");
        }

        if (!touch.GateClosed)
        {
            state.CloseGate(t);
            reach(state, "the customer's gate closes");
        }
    }

    private void Turn(ModelState state, int t, RowState row, string label)
    {
        state.TurnRow(t, row);
        reach(state, label);
    }

    /// <summary>The two endings of a write whose answer is lost: it was applied, or it was not.</summary>
    private void Lose(ModelState applied, ModelState notApplied, int w, WorkerStep then, string label)
    {
        if (notApplied.LostAnswers == 0)
        {
            return;
        }

        Lost(applied, w, then, label + ": applied, answer lost");
        Lost(notApplied, w, then, label + ": not applied, answer lost");
    }

    private void Lost(ModelState state, int w, WorkerStep then, string label)
    {
        state.LostAnswers--;
        state.Workers[w].Step = then;
        state.Workers[w] = then == WorkerStep.Idle ? state.Workers[w].Rested() : state.Workers[w];
        reach(state, label);
    }

    private void Rest(ModelState state, int w, string label)
    {
        state.Workers[w] = state.Workers[w].Rested();
        reach(state, label);
    }
}

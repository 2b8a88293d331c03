namespace RetentionFuncs.Simulation.Model;

/// <summary>From the queue to the moment before the call.</summary>
internal sealed partial class ProtocolModel
{
    private void Dequeue(ModelState state, int w)
    {
        if (state.Dequeues == 0)
        {
            return;
        }

        state.Dequeues--;
        for (var t = 0; t < bounds.Touches; t++)
        {
            var next = state;
            next.Workers[w] = state.Workers[w].Rested() with { Step = WorkerStep.ReadCustomer, Touch = (byte)t };
            reach(next, "a worker takes the message");
        }
    }

    private void ReadCustomer(ModelState state, int w)
    {
        var t = state.Workers[w].Touch;
        var touch = state.Touches[t];
        if (touch.Row != RowState.Planned && !(protocol.RetakesExpiredClaims && touch.Row == RowState.Sending))
        {
            Rest(state, w, "finds nothing to do");
            return;
        }

        if (touch.GateClosed)
        {
            state.TurnRow(t, touch.Row == RowState.Planned ? RowState.Skipped : touch.Row);
            Rest(state, w, "finds the customer's gate closed and skips");
            return;
        }

        if (protocol.SeesAddressFirst)
        {
            // The gates look at the address too: the slot is taken in the version that they saw, if it is still there.
            if (state.Suppressed || IsFull(state, t))
            {
                Rest(state, w, "finds the address suppressed or full");
                return;
            }

            state.Workers[w].AddressFresh = true;
        }

        state.Workers[w].RowFresh = true;
        state.Workers[w].Step =
            !protocol.RecordsBeforeCalling ? WorkerStep.Call
            : protocol.ChecksAddressBeforeClaim ? WorkerStep.ReadAddress
            : WorkerStep.ClaimCustomer;
        reach(state, "reads Planned");
    }

    private void ClaimCustomer(ModelState state, int w)
    {
        var t = state.Workers[w].Touch;
        if (protocol.ClaimsConditionally && !state.Workers[w].RowFresh)
        {
            Rest(state, w, "claims: conflict");
            return;
        }

        var applied = state;
        applied.Claim(t, w);
        applied.Workers[w].Tainted |= protocol.ChecksAddressBeforeClaim && state.Suppressed;
        Lose(applied, state, w, WorkerStep.ReadClaimBack, "claims");
        if (state.LostAnswers > 0 && state.Workers[w].LateClaim == LateWrite.None)
        {
            var late = state;
            late.LostAnswers--;
            late.Workers[w].LateClaim = LateWrite.Awaited;
            late.Workers[w].LateClaimTouch = t;
            late.Workers[w].Step = WorkerStep.ReadClaimBack;
            reach(late, "claims: answer lost, may land later");
        }

        applied.Workers[w].RowFresh = true;
        applied.Workers[w].Step = AfterClaim;
        reach(applied, "claims: applied");
    }

    private void ReadClaimBack(ModelState state, int w)
    {
        var worker = state.Workers[w];
        var sending = state.Touches[worker.Touch].Row == RowState.Sending;
        if (sending && (worker.OwnsRow || !protocol.ComparesAttempts))
        {
            state.Workers[w].RowFresh = true;
            state.Workers[w].Step = AfterClaim;
            reach(state, "reads the claim back: mine");
        }
        else
        {
            Rest(state, w, "reads the claim back: not mine");
        }
    }

    private void ReadAddress(ModelState state, int w)
    {
        state.Workers[w].AddressFresh = true;
        if (protocol.ChecksAddressBeforeClaim)
        {
            ReadAddressFirst(state, w);
            return;
        }

        state.Workers[w].Step =
            state.Workers[w].OwnsSlot ? WorkerStep.Call
            : state.Suppressed || IsFull(state, state.Workers[w].Touch) ? WorkerStep.Skip
            : WorkerStep.TakeSlot;
        reach(state, "reads the address");
    }

    private bool IsFull(ModelState state, int touch)
    {
        var full = false;
        for (var t = 0; t < bounds.Touches; t++)
        {
            full |= t != touch && state.Touches[t].SlotHeld && bounds.Cap == 1;
        }

        return full;
    }

    private void ReadAddressFirst(ModelState state, int w)
    {
        if (state.Suppressed)
        {
            Rest(state, w, "reads the address: suppressed");
            return;
        }

        state.Workers[w].Step = WorkerStep.ClaimCustomer;
        reach(state, "reads the address: free");
    }

    private void TakeSlot(ModelState state, int w)
    {
        var t = state.Workers[w].Touch;
        if (protocol.TakesSlotConditionally && !state.Workers[w].AddressFresh)
        {
            state.Workers[w].Step = WorkerStep.ReadAddress;
            reach(state, "takes the slot: conflict");
            return;
        }

        var applied = state;
        applied.TakeSlot(t, w);
        Lose(applied, state, w, WorkerStep.ReadAddress, "takes the slot");
        if (state.LostAnswers > 0 && state.Workers[w].LateSlot == LateWrite.None)
        {
            var late = state;
            late.LostAnswers--;
            late.Workers[w].LateSlot = LateWrite.Awaited;
            late.Workers[w].LateSlotTouch = t;
            late.Workers[w].Step = WorkerStep.ReadAddress;
            reach(late, "takes the slot: answer lost, may land later");
        }

        applied.Workers[w].Step = WorkerStep.Call;
        reach(applied, "takes the slot: applied");
    }

    private void Skip(ModelState state, int w)
    {
        var worker = state.Workers[w];
        if (!worker.RowFresh || state.Touches[worker.Touch].Row != RowState.Sending)
        {
            Rest(state, w, "skips: conflict");
            return;
        }

        var applied = state;
        applied.TurnRow(worker.Touch, RowState.Skipped);
        Rest(applied, w, "skips");
        Lose(applied, state, w, WorkerStep.Idle, "skips");
    }

    private WorkerStep AfterClaim =>
        protocol.ChecksAddressBeforeClaim ? WorkerStep.Call
        : protocol.SeesAddressFirst ? WorkerStep.TakeSlot
        : WorkerStep.ReadAddress;
}

namespace RetentionFuncs.Simulation.Model;

/// <summary>What each write does to everybody's knowledge.</summary>
internal partial struct ModelState
{
    /// <summary>The row becomes Sending under the attempt of one worker.</summary>
    /// <param name="owner">-1 when the worker that wrote it has died or moved on.</param>
    public void Claim(int touch, int owner)
    {
        Touches[touch].Row = RowState.Sending;
        RowWritten(touch);
        for (var w = 0; w < 3; w++)
        {
            Workers[w].OwnsRow = w == owner || (Workers[w].OwnsRow && Workers[w].Touch != touch);
        }

        if (owner >= 0)
        {
            Workers[owner].Tainted |= Touches[touch].GateClosed;
        }
    }

    /// <summary>The cap slot is taken under the attempt of one worker.</summary>
    /// <param name="owner">-1 when the worker that wrote it has died or moved on.</param>
    public void TakeSlot(int touch, int owner)
    {
        Touches[touch].SlotHeld = true;
        AddressWritten();
        for (var w = 0; w < 3; w++)
        {
            Workers[w].OwnsSlot = w == owner || (Workers[w].OwnsSlot && Workers[w].Touch != touch);
        }

        if (owner >= 0)
        {
            Workers[owner].Tainted |= Suppressed;
        }
    }

    public void FreeSlot(int touch)
    {
        Touches[touch].SlotHeld = false;
        AddressWritten();
        for (var w = 0; w < 3; w++)
        {
            Workers[w].OwnsSlot &= Workers[w].Touch != touch;
        }
    }

    public void TurnRow(int touch, RowState row)
    {
        Touches[touch].Row = row;
        RowWritten(touch);
    }

    public void Suppress()
    {
        Suppressed = true;
        AddressWritten();
    }

    /// <summary>A new version of the gate: a claim expects it too, a settlement does not.</summary>
    public void CloseGate(int touch)
    {
        Touches[touch].GateClosed = true;
        for (var w = 0; w < 3; w++)
        {
            Workers[w].RowFresh &= Workers[w].Touch != touch || Workers[w].Step != WorkerStep.ClaimCustomer;
            DropLateClaim(w, touch);
        }
    }

    /// <summary>A new version of the row: what was read before is outdated, and writes still on the wire can no longer land.</summary>
    private void RowWritten(int touch)
    {
        for (var w = 0; w < 3; w++)
        {
            Workers[w].RowFresh &= Workers[w].Touch != touch;
            DropLateClaim(w, touch);
            if (Workers[w].LateSettleTouch == touch)
            {
                (Workers[w].LateSettle, Workers[w].LateSettleTouch, Workers[w].LateSettleRow) = (false, 0, default);
            }
        }
    }

    private void AddressWritten()
    {
        for (var w = 0; w < 3; w++)
        {
            Workers[w].AddressFresh = false;
            (Workers[w].LateSlot, Workers[w].LateSlotTouch) = (LateWrite.None, 0);
        }
    }

    private void DropLateClaim(int w, int touch)
    {
        if (Workers[w].LateClaimTouch == touch)
        {
            (Workers[w].LateClaim, Workers[w].LateClaimTouch) = (LateWrite.None, 0);
        }
    }
}

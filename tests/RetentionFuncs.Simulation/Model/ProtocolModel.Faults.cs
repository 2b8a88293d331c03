namespace RetentionFuncs.Simulation.Model;

/// <summary>What must hold in every world.</summary>
internal sealed partial class ProtocolModel
{
    /// <summary>What is wrong with a world as it stands.</summary>
    public IEnumerable<string> Faults(ModelState state)
    {
        var (slots, reached) = (0, 0);
        for (var t = 0; t < bounds.Touches; t++)
        {
            var touch = state.Touches[t];
            slots += touch.SlotHeld ? 1 : 0;
            reached += touch.Accepted > 0 ? 1 : 0;
            if (touch.Accepted > 1)
            {
                yield return ModelFaults.AcceptedTwice;
            }

            if (touch is { Accepted: > 0, Row: RowState.Planned or RowState.Skipped or RowState.Refused })
            {
                yield return ModelFaults.AcceptedWithoutRecord;
            }

            if (_takesSlots && touch is { Accepted: > 0, SlotHeld: false })
            {
                yield return ModelFaults.AcceptedWithoutSlot;
            }
        }

        if (slots > bounds.Cap || (_takesSlots && reached > bounds.Cap))
        {
            yield return ModelFaults.CapExceeded;
        }
    }
}

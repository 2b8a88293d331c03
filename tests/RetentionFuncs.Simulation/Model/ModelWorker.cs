namespace RetentionFuncs.Simulation.Model;

/// <summary>One worker. Version tokens are only ever compared with the present one, so "still the version I read" is all there is to know.</summary>
internal struct ModelWorker
{
    public WorkerStep Step;
    public byte Touch;
    public bool RowFresh;
    public bool AddressFresh;
    public bool OwnsRow;
    public bool OwnsSlot;
    public bool Tainted;
    public CallAnswer Answer;
    public LateWrite LateClaim;
    public byte LateClaimTouch;
    public LateWrite LateSlot;
    public byte LateSlotTouch;
    public bool LateSettle;
    public byte LateSettleTouch;
    public RowState LateSettleRow;

    /// <summary>Forgets everything but the writes still on the wire.</summary>
    public readonly ModelWorker Rested() =>
        new()
        {
            LateClaim = LateClaim == LateWrite.None ? LateWrite.None : LateWrite.Orphaned,
            LateClaimTouch = LateClaimTouch,
            LateSlot = LateSlot == LateWrite.None ? LateWrite.None : LateWrite.Orphaned,
            LateSlotTouch = LateSlotTouch,
            LateSettle = LateSettle,
            LateSettleTouch = LateSettleTouch,
            LateSettleRow = LateSettleRow,
        };

    /// <summary>24 bits.</summary>
    public readonly ulong Pack() =>
        (ulong)Step
        | ((ulong)Touch << 4)
        | (Bit(RowFresh) << 5)
        | (Bit(AddressFresh) << 6)
        | (Bit(OwnsRow) << 7)
        | (Bit(OwnsSlot) << 8)
        | (Bit(Tainted) << 9)
        | ((ulong)Answer << 10)
        | ((ulong)LateClaim << 13)
        | ((ulong)LateClaimTouch << 15)
        | ((ulong)LateSlot << 16)
        | ((ulong)LateSlotTouch << 18)
        | (Bit(LateSettle) << 19)
        | ((ulong)LateSettleTouch << 20)
        | ((ulong)LateSettleRow << 21);

    public static ModelWorker Unpack(ulong bits) =>
        new()
        {
            Step = (WorkerStep)(bits & 15),
            Touch = (byte)((bits >> 4) & 1),
            RowFresh = ((bits >> 5) & 1) == 1,
            AddressFresh = ((bits >> 6) & 1) == 1,
            OwnsRow = ((bits >> 7) & 1) == 1,
            OwnsSlot = ((bits >> 8) & 1) == 1,
            Tainted = ((bits >> 9) & 1) == 1,
            Answer = (CallAnswer)((bits >> 10) & 7),
            LateClaim = (LateWrite)((bits >> 13) & 3),
            LateClaimTouch = (byte)((bits >> 15) & 1),
            LateSlot = (LateWrite)((bits >> 16) & 3),
            LateSlotTouch = (byte)((bits >> 18) & 1),
            LateSettle = ((bits >> 19) & 1) == 1,
            LateSettleTouch = (byte)((bits >> 20) & 1),
            LateSettleRow = (RowState)((bits >> 21) & 7),
        };

    private static ulong Bit(bool value) => value ? 1UL : 0UL;
}

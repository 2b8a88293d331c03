using System.Runtime.CompilerServices;

namespace RetentionFuncs.Simulation.Model;

/// <summary>One touch, its customer's gate and its slot at the address.</summary>
internal struct ModelTouch
{
    public RowState Row;
    public bool GateClosed;
    public bool SlotHeld;
    public byte Accepted;

    /// <summary>7 bits.</summary>
    public readonly ulong Pack() => (ulong)Row | (GateClosed ? 8UL : 0) | (SlotHeld ? 16UL : 0) | ((ulong)Accepted << 5);

    public static ModelTouch Unpack(ulong bits) =>
        new()
        {
            Row = (RowState)(bits & 7),
            GateClosed = (bits & 8) != 0,
            SlotHeld = (bits & 16) != 0,
            Accepted = (byte)((bits >> 5) & 3),
        };
}

[InlineArray(3)]
internal struct ModelWorkers
{
    private ModelWorker _first;
}

[InlineArray(2)]
internal struct ModelTouches
{
    private ModelTouch _first;
}

/// <summary>The whole world of the model. Workers are interchangeable, so they are kept sorted: worlds that differ by their order are one.</summary>
internal partial struct ModelState
{
    public ModelWorkers Workers;
    public ModelTouches Touches;
    public bool Suppressed;
    public byte Dequeues;
    public byte Crashes;
    public byte LostAnswers;

    /// <summary>What the arc that led here did wrong; not part of the state.</summary>
    public string? Wrong;

    /// <summary>Every bit of the state, without collision.</summary>
    public readonly UInt128 Pack()
    {
        var (a, b, c) = (Workers[0].Pack(), Workers[1].Pack(), Workers[2].Pack());
        // Descending, so that the places beyond the bounds stay empty.
        (a, b) = a >= b ? (a, b) : (b, a);
        (b, c) = b >= c ? (b, c) : (c, b);
        (a, b) = a >= b ? (a, b) : (b, a);
        var world =
            Touches[0].Pack()
            | (Touches[1].Pack() << 7)
            | (Suppressed ? 1UL << 14 : 0)
            | ((ulong)Dequeues << 15)
            | ((ulong)Crashes << 18)
            | ((ulong)LostAnswers << 20);
        return a | ((UInt128)b << 24) | ((UInt128)c << 48) | ((UInt128)world << 72);
    }

    public static ModelState Unpack(UInt128 bits)
    {
        var high = (ulong)(bits >> 72);
        var state = new ModelState
        {
            Suppressed = ((high >> 14) & 1) == 1,
            Dequeues = (byte)((high >> 15) & 7),
            Crashes = (byte)((high >> 18) & 3),
            LostAnswers = (byte)((high >> 20) & 3),
        };
        for (var i = 0; i < 3; i++)
        {
            state.Workers[i] = ModelWorker.Unpack((ulong)(bits >> (24 * i)));
        }

        state.Touches[0] = ModelTouch.Unpack(high);
        state.Touches[1] = ModelTouch.Unpack(high >> 7);
        return state;
    }
}

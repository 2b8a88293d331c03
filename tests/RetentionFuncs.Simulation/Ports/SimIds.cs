using RetentionFuncs.Identity;
using RetentionFuncs.Simulation.Scheduling;

namespace RetentionFuncs.Simulation.Ports;

/// <summary>Fresh ids from a seed: unlike in practice, the same in every run.</summary>
public sealed class SimIds(SimRandom random) : IIdSource
{
    private long _given;

    public SimIds(ulong seed = 1)
        : this(new SimRandom(seed)) { }

    public string NewId()
    {
        Span<byte> bytes = stackalloc byte[24];
        BitConverter.TryWriteBytes(bytes, ++_given);
        BitConverter.TryWriteBytes(bytes[8..], random.Bits());
        BitConverter.TryWriteBytes(bytes[16..], random.Bits());
        return Base32.Encode(bytes, 26);
    }
}

using System.Buffers.Binary;
using System.Text;

namespace RetentionFuncs.Imports;

/// <summary>One part of the spool in memory: all rows of some groups, sorted by key, a group's rows in file order.</summary>
internal sealed class SpoolPart
{
    private readonly byte[] _bytes;
    private readonly Entry[] _entries;

    private SpoolPart(byte[] bytes, Entry[] entries) => (_bytes, _entries) = (bytes, entries);

    /// <summary>Where a row lies; the first 24 key characters as a number that sorts like them.</summary>
    private readonly record struct Entry(UInt128 Key, int At) : IComparable<Entry>
    {
        public int CompareTo(Entry other) => Key == other.Key ? At.CompareTo(other.At) : Key.CompareTo(other.Key);
    }

    public byte[] Bytes => _bytes;

    public int Rows => _entries.Length;

    /// <exception cref="InvalidDataException">The part is larger than memory can hold in one piece.</exception>
    public static SpoolPart Load(FileStream file)
    {
        file.Flush();
        if (file.Length > Array.MaxLength)
        {
            throw new InvalidDataException("One thirty-second of the file is larger than 2 GB; split the file.");
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)file.Length);
        file.Position = 0;
        file.ReadExactly(bytes);
        var entries = new List<Entry>();
        for (var at = 0; at < bytes.Length; )
        {
            entries.Add(new Entry(Pack(bytes.AsSpan(at, 24)), at));
            at = RawAt(bytes, at) + RawLength(bytes, at);
        }

        var sorted = entries.ToArray();
        Array.Sort(sorted);
        return new SpoolPart(bytes, sorted);
    }

    /// <summary>The groups in key order, each as the range of its rows; the end is excluded.</summary>
    public IEnumerable<(int From, int To)> Groups()
    {
        for (var from = 0; from < _entries.Length; )
        {
            var to = from + 1;
            while (to < _entries.Length && _entries[to].Key == _entries[from].Key)
            {
                to++;
            }

            yield return (from, to);
            from = to;
        }
    }

    public string KeyOf(int row) => Encoding.ASCII.GetString(_bytes, _entries[row].At, Spool.KeyLength);

    public string GroupOf(int row) =>
        Encoding.UTF8.GetString(_bytes, _entries[row].At + Spool.KeyLength + 16, GroupLength(_bytes, _entries[row].At));

    public long LineOf(int row) => BinaryPrimitives.ReadInt64LittleEndian(_bytes.AsSpan(_entries[row].At + Spool.KeyLength));

    /// <summary>The row's text as a range of <see cref="Bytes"/>; the end is excluded.</summary>
    public (int From, int To) RawOf(int row)
    {
        var from = RawAt(_bytes, _entries[row].At);
        return (from, from + RawLength(_bytes, _entries[row].At));
    }

    private static int GroupLength(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + Spool.KeyLength + 8));

    private static int RawLength(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + Spool.KeyLength + 12));

    private static int RawAt(byte[] bytes, int at) => at + Spool.KeyLength + 16 + GroupLength(bytes, at);

    private static UInt128 Pack(ReadOnlySpan<byte> key)
    {
        UInt128 packed = 0;
        foreach (var c in key)
        {
            packed = (packed << 5) | (UInt128)(uint)Spool.RankOf((char)c);
        }

        return packed;
    }
}

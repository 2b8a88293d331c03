using System.Buffers.Binary;
using System.Text;

namespace RetentionFuncs.Imports;

/// <summary>
/// The good rows of a file between the two passes, in up to 32 temporary files by the first character of their key, so that the
/// second pass holds a small part at a time. A row is kept as its key, line, group id and original text.
/// </summary>
internal sealed class Spool : IDisposable
{
    public const int KeyLength = 26;

    /// <summary>Key characters in the order of keys.</summary>
    private const string Order = "234567abcdefghijklmnopqrstuvwxyz";

    private readonly FileStream?[] _parts = new FileStream?[Order.Length];
    private readonly string _folder;
    private readonly string _name;
    private byte[] _head = new byte[1024];

    /// <param name="name">Unlike any other run's.</param>
    public Spool(string? folder, string name)
    {
        (_folder, _name) = (folder ?? Path.GetTempPath(), name);
        Directory.CreateDirectory(_folder);
    }

    public static int RankOf(char c) => Order.IndexOf(c, StringComparison.Ordinal);

    public void Add(string key, long line, string group, ReadOnlySpan<byte> raw)
    {
        var part = _parts[RankOf(key[0])] ??= TempFiles.Create(Path.Combine(_folder, $"import-{_name}-{key[0]}.rows"), deleteOnClose: true);
        var most = KeyLength + 16 + Encoding.UTF8.GetMaxByteCount(group.Length);
        if (_head.Length < most)
        {
            _head = new byte[most];
        }

        Encoding.ASCII.GetBytes(key, _head);
        var length = Encoding.UTF8.GetBytes(group, _head.AsSpan(KeyLength + 16));
        BinaryPrimitives.WriteInt64LittleEndian(_head.AsSpan(KeyLength), line);
        BinaryPrimitives.WriteInt32LittleEndian(_head.AsSpan(KeyLength + 8), length);
        BinaryPrimitives.WriteInt32LittleEndian(_head.AsSpan(KeyLength + 12), raw.Length);
        part.Write(_head, 0, KeyLength + 16 + length);
        part.Write(raw);
    }

    /// <summary>The parts in key order, one in memory at a time.</summary>
    public IEnumerable<SpoolPart> Parts()
    {
        for (var i = 0; i < _parts.Length; i++)
        {
            if (_parts[i] is { } file)
            {
                yield return SpoolPart.Load(file);
                file.Dispose();
                _parts[i] = null;
            }
        }
    }

    public void Dispose()
    {
        foreach (var part in _parts)
        {
            part?.Dispose();
        }
    }
}

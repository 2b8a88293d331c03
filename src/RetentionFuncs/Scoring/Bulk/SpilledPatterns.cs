using System.Collections;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>Blocks in a temporary file that goes when it is closed; memory holds those in use.</summary>
internal sealed class SpilledPatterns : IPatternStore, IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly (long At, int Customers, int IdBytes)[] _places = new (long, int, int)[RowShelf.Parts];
    private long _end;

    public SpilledPatterns(string folder) => _file = RowSpill.Temporary(folder);

    public int Count => _places.Length;

    public PatternBlock this[int index]
    {
        get
        {
            var (at, customers, ids) = _places[index];
            var block = new PatternBlock(customers) { Ids = new byte[ids], IdStarts = new int[customers + 1] };
            foreach (var column in ColumnsOf(block))
            {
                for (var done = 0; done < column.Length; )
                {
                    var read = RandomAccess.Read(_file, column.Span[done..], at + done);
                    done += read > 0 ? read : throw new IOException("The temporary file of patterns ends too early.");
                }

                at += column.Length;
            }

            return block;
        }
    }

    public void Put(int part, PatternBlock block)
    {
        var columns = ColumnsOf(block);
        var at = Interlocked.Add(ref _end, columns.Sum(c => (long)c.Length)) - columns.Sum(c => (long)c.Length);
        _places[part] = (at, block.Customers, block.Ids.Length);
        foreach (var column in columns)
        {
            RandomAccess.Write(_file, column.Span, at);
            at += column.Length;
        }
    }

    public IEnumerator<PatternBlock> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => _file.Dispose();

    private static Memory<byte>[] ColumnsOf(PatternBlock block) =>
        [
            new Cast<int>(block.Repeats).Memory,
            new Cast<int>(block.Recency).Memory,
            new Cast<int>(block.Age).Memory,
            new Cast<double>(block.Mean).Memory,
            new Cast<int>(block.IdStarts).Memory,
            block.Ids,
        ];

    private sealed class Cast<T>(T[] column) : System.Buffers.MemoryManager<byte>
        where T : struct
    {
        public override Span<byte> GetSpan() => MemoryMarshal.AsBytes(column.AsSpan());

        public override System.Buffers.MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin() => throw new NotSupportedException();

        protected override void Dispose(bool disposing) { }
    }
}

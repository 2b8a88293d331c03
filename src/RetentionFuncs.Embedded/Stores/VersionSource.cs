using System.Globalization;

namespace RetentionFuncs.Embedded.Stores;

/// <summary>
/// Row versions that are never given twice, not after a delete and not after a crash: blocks are reserved in <c>meta</c>, in the
/// transaction that first uses them.
/// </summary>
internal sealed class VersionSource
{
    private const long Block = 1_000_000;
    private long _next = -1;
    private long _end = -1;

    public long Next(SqliteHandle handle)
    {
        if (_next >= _end)
        {
            Reserve(handle);
        }

        return _next++;
    }

    /// <summary>A transaction was undone, perhaps with the reservation in it: the next version reserves anew.</summary>
    public void Undone() => _end = _next;

    private void Reserve(SqliteHandle handle)
    {
        _next = Math.Max(_next, handle.AskInteger("SELECT value FROM meta WHERE name = 'versions_reserved'") + 1);
        _end = _next + Block;
        handle
            .Prepare("REPLACE INTO meta (name, value) VALUES ('versions_reserved', ?1)")
            .Bind(1, (_end - 1).ToString(CultureInfo.InvariantCulture))
            .Run();
    }
}

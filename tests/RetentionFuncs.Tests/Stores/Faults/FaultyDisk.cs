using System.Runtime.InteropServices;

namespace RetentionFuncs.Tests.Stores.Faults;

/// <summary>
/// A disk under SQLite that fails on demand: a virtual file system of SQLite's own kind, which hands everything on to the usual one, but
/// counts the reads, writes, truncations and flushes of the files of one folder and lets chosen ones fail. A failing write leaves half of
/// what it should have written.
/// </summary>
internal static class FaultyDisk
{
    private const int VfsBytes = 168;
    private const int VfsName = 24;
    private const int VfsOpen = 40;
    private const int MethodsBytes = 152;
    private const int MethodsRead = 16;
    private const int MethodsWrite = 24;
    private const int MethodsTruncate = 32;
    private const int MethodsSync = 40;

    private const int ReadFails = 10 | (1 << 8);
    private const int WriteFails = 10 | (3 << 8);
    private const int SyncFails = 10 | (4 << 8);
    private const int TruncateFails = 10 | (6 << 8);

    private static readonly Lock Gate = new();
    private static readonly Dictionary<nint, nint> Tables = [];
    private static readonly OpenCall Open = OpenFile;
    private static readonly MoveCall Read = (file, buffer, bytes, at) => Fails() ? ReadFails : _read!(file, buffer, bytes, at);
    private static readonly MoveCall Write = WriteFile;
    private static readonly SizeCall Truncate = (file, size) => Fails() ? TruncateFails : _truncate!(file, size);
    private static readonly SyncCall Sync = (file, flags) => Fails() ? SyncFails : _sync!(file, flags);
    private static bool _mounted;
    private static OpenCall? _open;
    private static MoveCall? _read;
    private static MoveCall? _write;
    private static SizeCall? _truncate;
    private static SyncCall? _sync;
    private static string _folder = "";
    private static long _calls;
    private static long _failFrom = long.MaxValue;
    private static long _failTo = long.MaxValue;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int OpenCall(nint vfs, nint name, nint file, int flags, nint outFlags);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int MoveCall(nint file, nint buffer, int bytes, long at);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int SizeCall(nint file, long size);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int SyncCall(nint file, int flags);

    /// <summary>Calls counted since the last <see cref="Watch"/>.</summary>
    public static long Calls => Interlocked.Read(ref _calls);

    /// <summary>Counts from here on what is done to files under the folder; nothing fails yet.</summary>
    public static void Watch(string folder)
    {
        Mount();
        Heal();
        _folder = folder;
        Interlocked.Exchange(ref _calls, 0);
    }

    /// <summary>Lets the call with this number fail, the first being 1, and, if asked, every one after it.</summary>
    public static void Fail(long number, bool forGood) => (_failFrom, _failTo) = (number, forGood ? long.MaxValue : number);

    public static void Heal() => (_failFrom, _failTo) = (long.MaxValue, long.MaxValue);

    /// <summary>Puts the counting file system before the usual one, for every connection opened from now on in this process.</summary>
    private static void Mount()
    {
        lock (Gate)
        {
            if (_mounted)
            {
                return;
            }

            // Opening any database first lets the library be set up as the product sets it up.
            using (var scratch = new Contracts.ScratchFolder())
            {
                Embedded.Stores.SqliteDatabase.Open(scratch.Path).Dispose();
            }

            var usual = sqlite3_vfs_find(0);
            var ours = Copy(usual, VfsBytes);
            _open = Marshal.GetDelegateForFunctionPointer<OpenCall>(Marshal.ReadIntPtr(usual, VfsOpen));
            Marshal.WriteIntPtr(ours, VfsName, Marshal.StringToCoTaskMemUTF8("faulty"));
            Marshal.WriteIntPtr(ours, VfsOpen, Marshal.GetFunctionPointerForDelegate(Open));
            sqlite3_vfs_register(ours, 1).ShouldBe(0);
            _mounted = true;
        }
    }

    private static int OpenFile(nint vfs, nint name, nint file, int flags, nint outFlags)
    {
        var answer = _open!(vfs, name, file, flags, outFlags);
        var methods = Marshal.ReadIntPtr(file);
        if (answer == 0 && methods != 0 && IsWatched(name))
        {
            Marshal.WriteIntPtr(file, TableFor(methods));
        }

        return answer;
    }

    private static bool IsWatched(nint name) =>
        _folder.Length > 0 && Marshal.PtrToStringUTF8(name)?.StartsWith(_folder, StringComparison.Ordinal) == true;

    private static nint TableFor(nint usual)
    {
        lock (Gate)
        {
            if (!Tables.TryGetValue(usual, out var ours))
            {
                _read ??= Marshal.GetDelegateForFunctionPointer<MoveCall>(Marshal.ReadIntPtr(usual, MethodsRead));
                _write ??= Marshal.GetDelegateForFunctionPointer<MoveCall>(Marshal.ReadIntPtr(usual, MethodsWrite));
                _truncate ??= Marshal.GetDelegateForFunctionPointer<SizeCall>(Marshal.ReadIntPtr(usual, MethodsTruncate));
                _sync ??= Marshal.GetDelegateForFunctionPointer<SyncCall>(Marshal.ReadIntPtr(usual, MethodsSync));
                Tables[usual] = ours = Copy(usual, MethodsBytes);
                Marshal.WriteIntPtr(ours, MethodsRead, Marshal.GetFunctionPointerForDelegate(Read));
                Marshal.WriteIntPtr(ours, MethodsWrite, Marshal.GetFunctionPointerForDelegate(Write));
                Marshal.WriteIntPtr(ours, MethodsTruncate, Marshal.GetFunctionPointerForDelegate(Truncate));
                Marshal.WriteIntPtr(ours, MethodsSync, Marshal.GetFunctionPointerForDelegate(Sync));
            }

            return ours;
        }
    }

    private static int WriteFile(nint file, nint buffer, int bytes, long at)
    {
        if (!Fails())
        {
            return _write!(file, buffer, bytes, at);
        }

        _write!(file, buffer, bytes / 2, at);
        return WriteFails;
    }

    private static bool Fails() => Interlocked.Increment(ref _calls) is var number && number >= _failFrom && number <= _failTo;

    private static nint Copy(nint from, int bytes)
    {
        var content = new byte[bytes];
        Marshal.Copy(from, content, 0, bytes);
        var copy = Marshal.AllocHGlobal(bytes);
        Marshal.Copy(content, 0, copy, bytes);
        return copy;
    }

    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl)]
    private static extern nint sqlite3_vfs_find(nint name);

    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl)]
    private static extern int sqlite3_vfs_register(nint vfs, int isDefault);
}

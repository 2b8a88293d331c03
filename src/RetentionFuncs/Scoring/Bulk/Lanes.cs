namespace RetentionFuncs.Scoring.Bulk;

/// <summary>
/// Independent pieces of pure computing on several cores. Which lane takes which piece is chance; callers keep results by piece and
/// join them in the order of pieces, so that every result is the same bit by bit with any number of lanes.
/// </summary>
public static class Lanes
{
    // Threads are the simulator's to schedule wherever something waits, writes or is told the time. Nothing here does: it is arithmetic
    // over arrays and a file that is only read, it ends before it returns, and no trip of the simulator calls it.

    /// <summary>One for each core.</summary>
    public static int All => Environment.ProcessorCount;

    /// <param name="act">Told its lane, from 0, and the piece, from 0; a lane does one piece at a time.</param>
    public static void ForEach(int pieces, int lanes, Action<int, int> act)
    {
        var next = -1;
        if (Math.Min(pieces, lanes) <= 1)
        {
            Take(0);
            return;
        }

        var width = Math.Min(pieces, lanes);
        Parallel.For(0, width, new ParallelOptions { MaxDegreeOfParallelism = width }, Take);

        void Take(int lane)
        {
            for (var piece = Interlocked.Increment(ref next); piece < pieces; piece = Interlocked.Increment(ref next))
            {
                act(lane, piece);
            }
        }
    }
}

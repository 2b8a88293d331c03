using System.Diagnostics;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>One line that is written over while long work goes on; silent when nobody watches.</summary>
internal sealed class ProgressLine(TextWriter err, bool isTerminal, string what, long total = 0) : IProgress<int>
{
    private const int Width = 30;
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private readonly Lock _gate = new();
    private long _shownAt = -1000;

    public void Report(int value) => Show(value);

    public void Show(long done, bool force = false)
    {
        if (!isTerminal)
        {
            return;
        }

        lock (_gate)
        {
            if (!force && _since.ElapsedMilliseconds - _shownAt < 80)
            {
                return;
            }

            _shownAt = _since.ElapsedMilliseconds;
            err.Write("\r" + (total > 0 ? Bar(done) : $"{what}: {done:N0}") + "\u001b[K");
        }
    }

    public void End()
    {
        if (isTerminal)
        {
            err.Write("\r\u001b[K");
        }
    }

    private string Bar(long done)
    {
        var share = Math.Clamp((double)done / total, 0, 1);
        var full = (int)(share * Width);
        return $"{what} [{new string('█', full)}{new string('·', Width - full)}] {share:P0}";
    }
}

using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Findings;
using RetentionFuncs.Imports.Uploads;

namespace RetentionFuncs.Embedded.Servers;

/// <summary>Watches a running home apply a file.</summary>
internal sealed class ServerApplying(ServerCall call)
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(2);

    /// <summary>A message that fails is parked within an hour; nothing moves by itself after that.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(70);

    private readonly CommandContext _context = call.Context;

    /// <exception cref="ServerRefusedException">It stands still.</exception>
    public async Task<Standing> WatchAsync(Standing standing)
    {
        var (wait, stillSince, line) = (Often, TimeProvider.System.GetTimestamp(), (ProgressLine?)null);
        while (standing.State == UploadState.Applying)
        {
            await Task.Delay(wait, _context.Stop);
            wait = wait * 1.5 < Seldom ? wait * 1.5 : Seldom;
            var now = (await Retrying.RunAsync(_context, () => call.Client.GetAsync($"imports/{standing.Id}"))).Read<Standing>();
            stillSince = now.ChangedAt == standing.ChangedAt ? stillSince : TimeProvider.System.GetTimestamp();
            if (TimeProvider.System.GetElapsedTime(stillSince) > Patience)
            {
                throw new ServerRefusedException(0, StandsStill, []);
            }

            standing = now;
            if (standing.Rows is { } rows)
            {
                line ??= new ProgressLine(_context.Err, _context.IsTerminal, _context.Say("applying rows", "写入行"), Math.Max(1, rows));
                line.Show(standing.Applied + standing.Refused);
            }
        }

        line?.End();
        return standing;
    }

    private static Phrase StandsStill =>
        new(
            "The import stands still at the server; look with 'retention deadletters' there.",
            "服务器上的导入长时间没有进展，请在服务器上用 retention deadletters 检查。"
        );
}

using RetentionFuncs.Embedded.Commands;

namespace RetentionFuncs.Embedded.Servers;

/// <summary>Asks again what may be asked again when the way to the home, or the home, fails for a moment.</summary>
internal static class Retrying
{
    /// <summary>Waits between tries; a little over a minute in all.</summary>
    private static readonly double[] Seconds = [0.5, 1, 2, 4, 8, 15, 30];

    /// <exception cref="ServerRefusedException">Refused for good, or still no answer after the last try.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public static async Task<T> RunAsync<T>(CommandContext context, Func<Task<T>> ask)
    {
        for (var tries = 0; ; tries++)
        {
            context.Stop.ThrowIfCancellationRequested();
            try
            {
                return await ask();
            }
            catch (ServerRefusedException refused) when (IsPassing(refused) && tries < Seconds.Length)
            {
                await Task.Delay(TimeSpan.FromSeconds(Seconds[tries]), context.Stop);
            }
        }
    }

    private static bool IsPassing(ServerRefusedException refused) => refused.Status is 0 or 408 or 429 or >= 500;
}

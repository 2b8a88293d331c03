using RetentionFuncs.Embedded.Home;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Opens the folder for a command and moves its clock to the moment spoken for.</summary>
internal static class WithHome
{
    /// <summary>For commands that change something: refuses a moment before the last tick (design S5).</summary>
    public static Task<int> ChangeAsync(CommandContext context, Func<EmbeddedHome, Task<int>> act) =>
        RunAsync(
            context,
            async home =>
            {
                var at = WorkingMoment(context, home);
                if (context.HasAsOf && await new Ticking(home).LastAsync() is { } last && at < last)
                {
                    return context.Usage(
                        $"--as-of {at:yyyy-MM-dd HH:mm} lies before the last tick ({last:yyyy-MM-dd HH:mm} UTC); time does not run backwards here.",
                        $"--as-of {at:yyyy-MM-dd HH:mm} 早于上次 tick（{last:yyyy-MM-dd HH:mm} UTC）；时间不能倒流。"
                    );
                }

                return await AtAsync(home, context.HasAsOf ? at : null, act);
            }
        );

    public static Task<int> ReadAsync(CommandContext context, Func<EmbeddedHome, Task<int>> act) => RunAsync(context, act);

    /// <summary>
    /// When a command that changes something acts on a bare day: at the last moment of that day at which the business would send, so that
    /// the whole day's orders count and what is decided can leave the same day.
    /// </summary>
    private static DateTimeOffset WorkingMoment(CommandContext context, EmbeddedHome home)
    {
        if (context.AsOfDay is not { } day)
        {
            return context.AsOfMoment ?? home.Product.Clock.GetUtcNow();
        }

        var quiet = home.Product.Settings.QuietHours;
        var last = quiet.From > quiet.To ? home.Product.Calendar.InstantOf(day, quiet.From) : home.Product.Calendar.EndOf(day);
        return last.AddSeconds(-1);
    }

    private static async Task<int> AtAsync(EmbeddedHome home, DateTimeOffset? at, Func<EmbeddedHome, Task<int>> act)
    {
        var clock = (MovableClock)home.Product.Clock;
        var before = clock.StandsAt;
        clock.StandsAt = at ?? before;
        try
        {
            return await act(home);
        }
        finally
        {
            clock.StandsAt = before;
        }
    }

    private static async Task<int> RunAsync(CommandContext context, Func<EmbeddedHome, Task<int>> act)
    {
        if (context.Open is { } open)
        {
            return await act(open);
        }

        using var home = await EmbeddedHome.OpenAsync(context.Folder, HomeSettings.Options());
        return await act(home);
    }
}

using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Findings;
using RetentionFuncs.Keeping;

namespace RetentionFuncs.Embedded.Keeping;

/// <summary>
/// A database that is an older state of itself: nothing leaves until a person has had it reconciled with what was really sent, and has
/// said what becomes of the rest (failure table row 24).
/// </summary>
internal static class OlderState
{
    /// <summary>Looks at the open folder, and freezes sending when it is, or still is, an older state.</summary>
    public static async Task NoticeAsync(EmbeddedHome home, EpochGuard guard, Phrase? restored)
    {
        var rows = new RestoreRows(home.Product.Store);
        if ((restored ?? guard.Objection()) is { } why)
        {
            await BeginAsync(home, guard, rows, why);
        }

        var standing = await rows.ReadAsync();
        home.Product.SendTouchpoint.Restored = standing;
        home.Product.SendControl.FrozenBecause = standing is { IsFrozen: true } ? "an older state of the database was put back" : null;
    }

    /// <summary>The row first and the epoch last: cut off in between, the next start notices again.</summary>
    private static async Task BeginAsync(EmbeddedHome home, EpochGuard guard, RestoreRows rows, Phrase why)
    {
        var now = home.Product.Clock.GetUtcNow();
        var known = await rows.ReadAsync();
        // Put back twice without a release in between: what the older of the two has forgotten counts.
        var since = guard.LastMarkAt ?? await new Ticking(home).LastAsync() ?? now.AddDays(-35);
        since = known is { IsFrozen: true } && known.Since < since ? known.Since : since;
        await rows.PutAsync(new RestoreStanding(since, now, why.En));
        await home.Product.Campaigns.KillAsync(true, Operator);
        await home.Product.NoteOperation.RunAsync(Operator, "restore-noticed", "", why.En);
        await home.Database.BeginEpochAsync(guard.NextEpoch);
        await guard.MoveAsync(now);
        await KeptKeys.ReplayAsync(home);
    }

    public const string Operator = "epoch guard";
}

using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Keeping;

namespace RetentionFuncs.Embedded.Keeping;

/// <summary>A person's word about messages that no record vouches for.</summary>
internal enum RestWord
{
    /// <summary>None given.</summary>
    None,

    /// <summary>They were not sent: let them go.</summary>
    Send,

    /// <summary>Never send them.</summary>
    Skip,
}

/// <param name="Released">Whether sending goes on.</param>
/// <param name="GivenUp">Messages that are never sent.</param>
internal sealed record ReleaseEnding(RestoreReport Report, bool Released, int GivenUp);

/// <summary>Reconciles an older state with what was really sent, and lets sending go on when nothing is left open or a person has said.</summary>
internal static class ReleaseOlderState
{
    public static async Task<ReleaseEnding> RunAsync(EmbeddedHome home, RestoreStanding standing, RestWord rest)
    {
        var product = home.Product;
        var reconcile = new ReconcileRestored(product.Store, product.Settings.Cap, product.Clock);
        var report = await reconcile.RunAsync(standing, home.SentRecord);
        var isWhole = home.SentRecord is { IsWhole: true };
        // Without a whole record even what late reviews will plan may have been sent already.
        if (rest == RestWord.None && (report.Left > 0 || !isWhole))
        {
            return new ReleaseEnding(report, false, 0);
        }

        var givenUp = rest == RestWord.Skip ? await reconcile.GiveUpAsync(standing) : 0;
        var released = standing with { ReleasedAt = product.Clock.GetUtcNow(), SkipLost = rest == RestWord.Skip && !isWhole };
        await new RestoreRows(product.Store).PutAsync(released);
        product.SendTouchpoint.Restored = released;
        // A kill switch that a person has turned on stays on.
        if (await KillSwitchCommand.LastAsync(home) is not { What: KillSwitchCommand.TurnedOn })
        {
            await product.Campaigns.KillAsync(false, OlderState.Operator);
        }

        product.Campaigns.Forget();
        product.SendControl.FrozenBecause = null;
        return new ReleaseEnding(report, true, givenUp);
    }
}

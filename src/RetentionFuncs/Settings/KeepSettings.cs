namespace RetentionFuncs.Settings;

/// <summary>How many days things are kept after they have ended; null: for ever.</summary>
/// <param name="Touchpoints">Messages that ended; at least a year, since the links in them must work.</param>
/// <param name="Ledger">Why a decision was made; at least 60 days.</param>
/// <param name="Evidence">What providers said; at least 60 days.</param>
/// <param name="RefusedFiles">Files of refused rows.</param>
/// <param name="Outbox">Written messages, which prove what was sent.</param>
/// <param name="Orders">Orders, which scores rest on; at least two years.</param>
public sealed record KeepSettings(int? Touchpoints, int? Ledger, int? Evidence, int? RefusedFiles, int? Outbox, int? Orders)
{
    public static KeepSettings Default { get; } = new(3 * 366, 13 * 31, 13 * 31, 30, null, null);
}

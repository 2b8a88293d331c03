using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Experiences;
using RetentionFuncs.HandOffs;

namespace RetentionFuncs.Wiring;

/// <summary>Lists for people, and what comes back of them.</summary>
internal sealed class HandOffParts(
    ProductGround on,
    RecordDeliveryEvents deliveries,
    ChangePreferences preferences,
    RecordExperience experiences
)
{
    public MakeBatch Make { get; } = new(on.Store, on.Calendar, on.Clock);

    public HandOffList List { get; } = new(on.Store, on.Secret, on.Settings.Currency, on.Clock);

    public HandOffTray Tray { get; } = new(on.Store);

    public RecordOutcome Record { get; } = new(on.Store, deliveries, preferences, experiences);

    /// <summary>Null where the provider has none.</summary>
    public IProviderLog? Log { get; } = on.Options.ProviderLog is { } log ? new HandOffLog(on.Store, log) : null;
}

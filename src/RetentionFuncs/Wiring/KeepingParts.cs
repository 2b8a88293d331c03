using RetentionFuncs.Explanations;
using RetentionFuncs.Imports.Uploads;
using RetentionFuncs.Keeping;

namespace RetentionFuncs.Wiring;

/// <summary>What is kept of people: for how long, shown to them, forgotten.</summary>
internal sealed class KeepingParts
{
    public KeepingParts(ProductGround on, ReceiveUpload uploads, ExplainCustomer explain)
    {
        IPersonalPlace[] places =
        [
            new IndexTraces(on.Store, on.Campaigns, on.Calendar, on.Clock),
            new InboxTraces(on.Store, uploads),
            new ControlTraces(on.Store),
            .. on.Options.PersonalPlaces,
        ];
        Erase = new EraseCustomer(on.Store, on.Secret, on.Note, places, on.Options.Compact, on.Clock);
        Export = new ExportCustomer(on.Store, on.Secret, on.Settings, explain, on.Note, on.Options.KeptMessages, on.Clock);
        Sweep = new SweepKept(on.Store, on.Settings.Keep, on.Clock);
    }

    public EraseCustomer Erase { get; }

    public ExportCustomer Export { get; }

    public SweepKept Sweep { get; }
}

using RetentionFuncs.ContactPolicy.Confirmations;
using RetentionFuncs.ContactPolicy.Histories;
using RetentionFuncs.Customers;
using RetentionFuncs.Customers.Joining;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Experiences;
using RetentionFuncs.HandOffs;
using RetentionFuncs.Imports;
using RetentionFuncs.Imports.Uploads;
using RetentionFuncs.Markets;
using RetentionFuncs.Orders;
using RetentionFuncs.Runs;
using RetentionFuncs.ShopEvents;
using RetentionFuncs.Undoing;

namespace RetentionFuncs.Wiring;

/// <summary>The verbs that put on file what files and events tell.</summary>
internal sealed record FactVerbs(
    RecordCustomer Customers,
    RecordOrders Orders,
    RecordExperience Experiences,
    ProductRows Products,
    RequestConsent Consents,
    RecordDeliveryEvents Deliveries
);

/// <summary>How files and events come in, and how an import is taken back.</summary>
internal sealed class ImportParts
{
    public ImportParts(ProductGround on, FactVerbs facts, RecordOutcome outcomes)
    {
        var (store, clock, options) = (on.Store, on.Clock, on.Options);
        Verbs = new ImportVerbs(store, on.Secret, facts.Customers, facts.Orders, facts.Experiences, facts.Products, outcomes);
        Undo = new UndoImport(store, on.Calendar, on.Settings.Currency, on.Scoring, new ConsentLog(on.Secret, on.Ids), clock);
        Receive = new ReceiveUpload(store, on.Queue, clock, options.Uploads);
        Sweep = new SweepUploads(store, on.Queue, clock, Receive, options.Uploads);
        var ground = new ImportGround(on.Calendar, on.Settings.Currency, on.Secret, store, clock, on.Ids);
        Apply = new ApplyUpload(ground, Verbs, options.Uploads);
        ReceiveEvents = new ReceiveShopEvents(store, on.Queue, clock);
        RequeueEvents = new RequeueShopEvents(store, on.Queue, clock);
        Market = new MarketRows(store);
        Join = JoinOf(on, facts);
        var events = new RecordShopEvent(facts.Customers, facts.Orders, facts.Experiences, facts.Consents, Join, Market);
        ApplyEvent = new ApplyShopEvent(store, events, clock);
        EventLines = new ImportEventLines(events, facts.Deliveries, clock);
        SweepInbox = new SweepInbox(RequeueEvents, Sweep, new SweepUndo(store, clock));
    }

    private static JoinCustomers JoinOf(ProductGround on, FactVerbs facts)
    {
        var moving = new MoveOrders(on.Store, facts.Orders);
        return new JoinCustomers(
            on.Store,
            on.Secret,
            new MergeCustomer(on.Store, on.Secret, facts.Customers, moving, new MoveExperiences(on.Store, facts.Experiences)),
            new SplitCustomer(on.Store, moving, new RemoveOrders(on.Store, on.Calendar, on.Settings.Currency, on.Scoring))
        );
    }

    public ImportVerbs Verbs { get; }

    public UndoImport Undo { get; }

    public ReceiveUpload Receive { get; }

    public SweepUploads Sweep { get; }

    public ApplyUpload Apply { get; }

    public ReceiveShopEvents ReceiveEvents { get; }

    public RequeueShopEvents RequeueEvents { get; }

    public ApplyShopEvent ApplyEvent { get; }

    public ImportEventLines EventLines { get; }

    public SweepInbox SweepInbox { get; }

    public JoinCustomers Join { get; }

    public MarketRows Market { get; }
}

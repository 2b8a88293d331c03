using RetentionFuncs.Backlogs;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.ContactPolicy.Confirmations;
using RetentionFuncs.ContactPolicy.Histories;
using RetentionFuncs.Customers;
using RetentionFuncs.Customers.Joining;
using RetentionFuncs.Deliverability;
using RetentionFuncs.Deliverability.DnsRecords;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Experiences;
using RetentionFuncs.Explanations;
using RetentionFuncs.HandOffs;
using RetentionFuncs.Identity;
using RetentionFuncs.Imports;
using RetentionFuncs.Imports.Uploads;
using RetentionFuncs.Keeping;
using RetentionFuncs.Markets;
using RetentionFuncs.Messages;
using RetentionFuncs.Operations;
using RetentionFuncs.Orders;
using RetentionFuncs.Queues;
using RetentionFuncs.Reports;
using RetentionFuncs.Reviews;
using RetentionFuncs.Runs;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Choosing;
using RetentionFuncs.Segments;
using RetentionFuncs.Settings;
using RetentionFuncs.ShopEvents;
using RetentionFuncs.Storage;
using RetentionFuncs.Telemetry;
using RetentionFuncs.Touchpoints;
using RetentionFuncs.Undoing;
using RetentionFuncs.Wiring;

namespace RetentionFuncs;

/// <summary>
/// The verbs of the product over one store, queue and sender, wired in one place in the order a customer's record meets them. Both
/// homes and the simulator build this and nothing else.
/// </summary>
public sealed class RetentionProduct
{
    private readonly ProductGround _on;
    private readonly SendingParts _sending;
    private readonly HandOffParts _handOffs;
    private readonly ImportParts _imports;
    private readonly KeepingParts _keeping;

    public RetentionProduct(
        IRowStore store,
        IWorkQueue queue,
        IMessageSender sender,
        SendGovernor governor,
        BusinessSettings settings,
        InstanceSecret secret,
        IIdSource ids,
        TimeProvider clock,
        ProductOptions? options = null
    )
    {
        var on = _on = new ProductGround(store, queue, settings, secret, ids, clock, options ?? ProductOptions.Default);
        RecordCustomer = new RecordCustomer(store, secret, Calendar, ids);
        RecordOrders = new RecordOrders(store, secret, Calendar, settings.Currency, Scoring, Campaigns);
        RecordExperience = new RecordExperience(store, secret, settings.Currency);
        Products = new ProductRows(store);
        ReplanReviews = new ReplanReviews(store, Calendar, settings.Currency, Scoring, clock);
        ScoreCustomers = new ScoreCustomers(store, Scoring, settings.Currency);
        CountSegments = new CountSegments(store, Calendar, Scoring, Campaigns, settings.Currency);
        ExplainCustomer = new ExplainCustomer(store, secret, settings, Calendar, Campaigns, Scoring);
        BuildReport = new BuildReport(store, settings, Calendar, Campaigns, Scoring);
        Choice = ChoiceOf(settings);
        RefitScores = new RefitScores(store, Calendar, settings.Currency, Scoring, Choice, settings.Value, clock);
        FitModel = new FitModel(store, settings.Currency, settings.Value, Scoring, clock);
        ApplyCampaigns = new ApplyCampaigns(store, Campaigns, clock);
        LaunchCampaign = new LaunchCampaign(store, Campaigns, settings, Calendar, Scoring, clock);
        var budget = new CampaignBudget(store, ids, clock);
        var review = new ReviewCustomer(store, queue, secret, settings, Calendar, Campaigns, budget, Scoring);
        var admit = new AdmitBacklogs(store, review, budget, Campaigns, Calendar, Scoring, clock);
        ReviewDue = new ReviewDue(store, review, admit, budget, Campaigns, Calendar, settings, on.Options.Runs, clock);
        _sending = new SendingParts(on, sender, governor, LaunchCampaign);
        SweepOpenWork = new SweepOpenWork(store, queue, clock);
        AuditTouchpoints = new AuditTouchpoints(store, clock);
        RecordDeliveryEvents = new RecordDeliveryEvents(store, clock);
        ReceiveEvidence = new ReceiveEvidence(store, queue, secret, ids, clock);
        ChangePreferences = new ChangePreferences(store, secret, ids);
        _handOffs = new HandOffParts(on, RecordDeliveryEvents, ChangePreferences, RecordExperience);
        ReconcileUnknowns = new ReconcileUnknowns(store, RecordDeliveryEvents, secret, _handOffs.Log, clock);
        ObserveHome = new ObserveHome(store, Campaigns, budget, SendControl, Calendar, clock);
        RequestConsent = new RequestConsent(store, secret, Calendar, Campaigns, ids);
        ConfirmConsent = new ConfirmConsent(store, secret, ids);
        ReadConsents = new ReadConsents(store, secret);
        _imports = new ImportParts(
            on,
            new FactVerbs(RecordCustomer, RecordOrders, RecordExperience, Products, RequestConsent, RecordDeliveryEvents),
            RecordOutcome
        );
        _keeping = new KeepingParts(on, ReceiveUpload, ExplainCustomer);
        Runs = new RunRows(store);
        var steps = new Dictionary<RunKind, IShardStep>
        {
            [RunKind.ReviewDue] = ReviewDue.Timed,
            [RunKind.DecideWaiting] = ReviewDue.Waiting,
            [RunKind.SweepOpenWork] = SweepOpenWork,
            [RunKind.SweepInbox] = _imports.SweepInbox,
            [RunKind.ReconcileUnknowns] = ReconcileUnknowns,
            [RunKind.RefitScores] = RefitScores,
            [RunKind.AuditTouchpoints] = AuditTouchpoints,
            [RunKind.ReplanReviews] = ReplanReviews,
            [RunKind.BuildReport] = new KeepReport(store, BuildReport, Calendar),
        };
        StartRun = new StartRun(store, queue, steps, Calendar, on.Options.Runs, clock);
        RunShard = new RunShard(store, steps, on.Options.Runs, ids, clock);
        Handler = new RouteMessages(
            new Dictionary<string, IQueueHandler>
            {
                [Purposes.Send] = SendTouchpoint,
                [Purposes.MergeEvidence] = new MergeEvidence(new EvidenceInbox(store), RecordDeliveryEvents),
                [Purposes.RunShard] = RunShard,
                [Purposes.ApplyUpload] = _imports.Apply,
                [Purposes.ApplyEvent] = _imports.ApplyEvent,
            }
        );
    }

    /// <summary>What the settings say of fitting; the horizon follows the business's cycle unless they set one.</summary>
    private static ChoiceOptions ChoiceOf(BusinessSettings settings) =>
        new() { HorizonDays = (settings.LapseRule as LapseRule.ChanceOfReturn)?.HorizonDays };

    public IRowStore Store => _on.Store;
    public IWorkQueue Queue => _on.Queue;

    /// <summary>What every message of every queue is handed to.</summary>
    public IQueueHandler Handler { get; }

    public BusinessSettings Settings => _on.Settings;
    public InstanceSecret Secret => _on.Secret;
    public IIdSource Ids => _on.Ids;
    public TimeProvider Clock => _on.Clock;
    public BusinessCalendar Calendar => _on.Calendar;
    public CampaignBook Campaigns => _on.Campaigns;

    /// <summary>The lapse rule and the newest refit.</summary>
    public ScoringBook Scoring => _on.Scoring;

    /// <summary>Who did what by hand, and why.</summary>
    public NoteOperation NoteOperation => _on.Note;

    public RecordCustomer RecordCustomer { get; }

    public RecordOrders RecordOrders { get; }

    public RecordExperience RecordExperience { get; }

    public ProductRows Products { get; }

    public ReplanReviews ReplanReviews { get; }

    public ScoreCustomers ScoreCustomers { get; }

    public CountSegments CountSegments { get; }

    public ExplainCustomer ExplainCustomer { get; }

    public BuildReport BuildReport { get; }

    public RefitScores RefitScores { get; }

    /// <summary>What the settings say about choosing a model.</summary>
    public ChoiceOptions Choice { get; }

    public FitModel FitModel { get; }

    public ApplyCampaigns ApplyCampaigns { get; }

    public LaunchCampaign LaunchCampaign { get; }

    public ReviewDue ReviewDue { get; }

    /// <summary>Whether sending goes on, for all processes.</summary>
    public SendControl SendControl => _sending.Control;
    public SendTouchpoint SendTouchpoint => _sending.Send;

    /// <summary>What DNS records told of the sending domains.</summary>
    public DnsStandings DnsStandings => _sending.Dns;

    /// <summary>Tests to people of the shop.</summary>
    public SendTest SendTest => _sending.Test;

    /// <summary>Complaints, bounces and volume of campaigns and sending domains.</summary>
    public WatchSending WatchSending => _sending.Watch;

    public SweepOpenWork SweepOpenWork { get; }

    public AuditTouchpoints AuditTouchpoints { get; }

    public RecordDeliveryEvents RecordDeliveryEvents { get; }

    public ReceiveEvidence ReceiveEvidence { get; }

    public ReconcileUnknowns ReconcileUnknowns { get; }

    /// <summary>Called by timers.</summary>
    public StartRun StartRun { get; }

    public RunShard RunShard { get; }

    /// <summary>The runs on file.</summary>
    public RunRows Runs { get; }

    public ObserveHome ObserveHome { get; }

    public ChangePreferences ChangePreferences { get; }

    /// <summary>What became of text messages and calls.</summary>
    public RecordOutcome RecordOutcome => _handOffs.Record;

    /// <summary>Takes what was handed off into a list.</summary>
    public MakeBatch MakeBatch => _handOffs.Make;
    public HandOffList HandOffList => _handOffs.List;
    public HandOffTray HandOffTray => _handOffs.Tray;
    public EraseCustomer EraseCustomer => _keeping.Erase;
    public SweepKept SweepKept => _keeping.Sweep;
    public ExportCustomer ExportCustomer => _keeping.Export;

    public RequestConsent RequestConsent { get; }

    public ConfirmConsent ConfirmConsent { get; }

    /// <summary>The consent history of a customer, and whether it is whole.</summary>
    public ReadConsents ReadConsents { get; }

    /// <summary>Through which files are put on file.</summary>
    public ImportVerbs ImportVerbs => _imports.Verbs;
    public UndoImport UndoImport => _imports.Undo;
    public ReceiveUpload ReceiveUpload => _imports.Receive;
    public SweepUploads SweepUploads => _imports.Sweep;
    public ReceiveShopEvents ReceiveShopEvents => _imports.ReceiveEvents;
    public RequeueShopEvents RequeueShopEvents => _imports.RequeueEvents;
    public ImportEventLines ImportEventLines => _imports.EventLines;
    public JoinCustomers JoinCustomers => _imports.Join;

    /// <summary>Our promotions and rivals' prices.</summary>
    public MarketRows Market => _imports.Market;
}

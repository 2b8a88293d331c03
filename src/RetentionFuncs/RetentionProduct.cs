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

namespace RetentionFuncs;

/// <summary>
/// The verbs of the product over one store, queue and sender, wired in one place in the order a customer's record meets them. Both
/// homes and the simulator build this and nothing else.
/// </summary>
public sealed class RetentionProduct
{
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
        options ??= ProductOptions.Default;
        (Store, Queue, Settings, Secret, Ids, Clock) = (store, queue, settings, secret, ids, clock);
        Calendar = new BusinessCalendar(settings.Zone);
        Campaigns = new CampaignBook(store, clock);
        Scoring = new ScoringBook(store, settings.LapseRule, clock);
        NoteOperation = new NoteOperation(store, ids, clock);
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
        ReviewDue = new ReviewDue(store, review, budget, Campaigns, Calendar, clock);
        SendControl = new SendControl(store, governor, clock);
        var (tally, renderer) = (new SendTally(store), new MessageRenderer());
        SendTouchpoint = new SendTouchpoint(
            store,
            new ChannelSenders(sender, new HandOffSender(store, clock), options.SmsGateway),
            SendControl,
            renderer,
            Campaigns,
            settings,
            Calendar,
            secret,
            ids,
            clock,
            new SendRamp(store, settings),
            tally,
            settings.Seeds.Count == 0 ? null : new SeedCopies(store, sender, SendControl, renderer, settings.Seeds, secret, ids, clock),
            options.SmsGateway is null ? null : new SendControl(store, new SendGovernor(options.SmsLimits), clock, "sms-breaker")
        );
        DnsStandings = new DnsStandings(store, clock);
        SendTest = new SendTest(store, sender, SendControl, renderer, Campaigns, settings, Calendar, secret, ids, NoteOperation, clock);
        WatchSending = new WatchSending(store, Campaigns, LaunchCampaign, NoteOperation, tally, clock);
        SweepOpenWork = new SweepOpenWork(store, queue, clock);
        AuditTouchpoints = new AuditTouchpoints(store, clock);
        RecordDeliveryEvents = new RecordDeliveryEvents(store, clock);
        ReceiveEvidence = new ReceiveEvidence(store, queue, secret, ids, clock);
        ReconcileUnknowns = new ReconcileUnknowns(
            store,
            RecordDeliveryEvents,
            secret,
            options.ProviderLog is null ? null : new HandOffLog(store, options.ProviderLog),
            clock
        );
        ObserveHome = new ObserveHome(store, Campaigns, budget, SendControl, Calendar, clock);
        ChangePreferences = new ChangePreferences(store, secret, ids);
        RecordOutcome = new RecordOutcome(store, RecordDeliveryEvents, ChangePreferences, RecordExperience);
        MakeBatch = new MakeBatch(store, Calendar, clock);
        HandOffList = new HandOffList(store, secret, settings.Currency, clock);
        HandOffTray = new HandOffTray(store);
        RequestConsent = new RequestConsent(store, secret, Calendar, Campaigns, ids);
        ConfirmConsent = new ConfirmConsent(store, secret, ids);
        ReadConsents = new ReadConsents(store, secret);
        var ground = new ImportGround(Calendar, settings.Currency, secret, store, clock, ids);
        ReceiveUpload = new ReceiveUpload(store, queue, clock, options.Uploads);
        SweepUploads = new SweepUploads(store, queue, clock, ReceiveUpload, options.Uploads);
        ImportVerbs = new ImportVerbs(store, secret, RecordCustomer, RecordOrders, RecordExperience, Products, RecordOutcome);
        UndoImport = new UndoImport(store, Calendar, settings.Currency, Scoring, new ConsentLog(secret, ids), clock);
        var applyUpload = new ApplyUpload(ground, ImportVerbs, options.Uploads);
        ReceiveShopEvents = new ReceiveShopEvents(store, queue, clock);
        RequeueShopEvents = new RequeueShopEvents(store, queue, clock);
        IPersonalPlace[] places =
        [
            new IndexTraces(store, Campaigns, Calendar, clock),
            new InboxTraces(store, ReceiveUpload),
            new ControlTraces(store),
            .. options.PersonalPlaces,
        ];
        EraseCustomer = new EraseCustomer(store, secret, NoteOperation, places, options.Compact, clock);
        ExportCustomer = new ExportCustomer(store, secret, settings, ExplainCustomer, NoteOperation, options.KeptMessages, clock);
        Market = new MarketRows(store);
        var moving = new MoveOrders(store, RecordOrders);
        JoinCustomers = new JoinCustomers(
            store,
            secret,
            new MergeCustomer(store, secret, RecordCustomer, moving, new MoveExperiences(store, RecordExperience)),
            new SplitCustomer(store, moving, new RemoveOrders(store, Calendar, settings.Currency, Scoring))
        );
        var shopEvents = new RecordShopEvent(RecordCustomer, RecordOrders, RecordExperience, RequestConsent, JoinCustomers, Market);
        ImportEventLines = new ImportEventLines(shopEvents, RecordDeliveryEvents, clock);
        SweepKept = new SweepKept(store, settings.Keep, clock);
        Runs = new RunRows(store);
        var steps = new Dictionary<RunKind, IShardStep>
        {
            [RunKind.ReviewDue] = ReviewDue.Timed,
            [RunKind.DecideWaiting] = ReviewDue.Waiting,
            [RunKind.SweepOpenWork] = SweepOpenWork,
            [RunKind.SweepInbox] = new SweepInbox(RequeueShopEvents, SweepUploads, new SweepUndo(store, clock)),
            [RunKind.ReconcileUnknowns] = ReconcileUnknowns,
            [RunKind.RefitScores] = RefitScores,
            [RunKind.AuditTouchpoints] = AuditTouchpoints,
            [RunKind.ReplanReviews] = ReplanReviews,
            [RunKind.BuildReport] = new KeepReport(store, BuildReport, Calendar),
        };
        StartRun = new StartRun(store, queue, steps, Calendar, options.Runs, clock);
        RunShard = new RunShard(store, steps, options.Runs, ids, clock);
        Handler = new RouteMessages(
            new Dictionary<string, IQueueHandler>
            {
                [Purposes.Send] = SendTouchpoint,
                [Purposes.MergeEvidence] = new MergeEvidence(new EvidenceInbox(store), RecordDeliveryEvents),
                [Purposes.RunShard] = RunShard,
                [Purposes.ApplyUpload] = applyUpload,
                [Purposes.ApplyEvent] = new ApplyShopEvent(store, shopEvents, clock),
            }
        );
    }

    /// <summary>What the settings say of fitting; the horizon follows the business's cycle unless they set one.</summary>
    private static ChoiceOptions ChoiceOf(BusinessSettings settings) =>
        new() { HorizonDays = (settings.LapseRule as LapseRule.ChanceOfReturn)?.HorizonDays };

    public IRowStore Store { get; }

    public IWorkQueue Queue { get; }

    /// <summary>What every message of every queue is handed to.</summary>
    public IQueueHandler Handler { get; }

    public BusinessSettings Settings { get; }

    public InstanceSecret Secret { get; }

    public IIdSource Ids { get; }

    public TimeProvider Clock { get; }

    public BusinessCalendar Calendar { get; }

    public CampaignBook Campaigns { get; }

    /// <summary>The lapse rule and the newest refit.</summary>
    public ScoringBook Scoring { get; }

    /// <summary>Who did what by hand, and why.</summary>
    public NoteOperation NoteOperation { get; }

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
    public SendControl SendControl { get; }

    public SendTouchpoint SendTouchpoint { get; }

    /// <summary>What DNS records told of the sending domains.</summary>
    public DnsStandings DnsStandings { get; }

    /// <summary>Tests to people of the shop.</summary>
    public SendTest SendTest { get; }

    /// <summary>Complaints, bounces and volume of campaigns and sending domains.</summary>
    public WatchSending WatchSending { get; }

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
    public RecordOutcome RecordOutcome { get; }

    /// <summary>Takes what was handed off into a list.</summary>
    public MakeBatch MakeBatch { get; }

    public HandOffList HandOffList { get; }

    public HandOffTray HandOffTray { get; }

    public EraseCustomer EraseCustomer { get; }

    public SweepKept SweepKept { get; }

    public ExportCustomer ExportCustomer { get; }

    public RequestConsent RequestConsent { get; }

    public ConfirmConsent ConfirmConsent { get; }

    /// <summary>The consent history of a customer, and whether it is whole.</summary>
    public ReadConsents ReadConsents { get; }

    /// <summary>Through which files are put on file.</summary>
    public ImportVerbs ImportVerbs { get; }

    public UndoImport UndoImport { get; }

    public ReceiveUpload ReceiveUpload { get; }

    public SweepUploads SweepUploads { get; }

    public ReceiveShopEvents ReceiveShopEvents { get; }

    public RequeueShopEvents RequeueShopEvents { get; }

    public ImportEventLines ImportEventLines { get; }

    public JoinCustomers JoinCustomers { get; }

    /// <summary>Our promotions and rivals' prices.</summary>
    public MarketRows Market { get; }
}

using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Experiences;
using RetentionFuncs.Explanations;
using RetentionFuncs.Identity;
using RetentionFuncs.Imports;
using RetentionFuncs.Imports.Uploads;
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
        RecordCustomer = new RecordCustomer(store, secret, Calendar);
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
        SendTouchpoint = new SendTouchpoint(
            store,
            sender,
            SendControl,
            new MessageRenderer(),
            Campaigns,
            settings,
            Calendar,
            secret,
            ids,
            clock
        );
        SweepOpenWork = new SweepOpenWork(store, queue, clock);
        AuditTouchpoints = new AuditTouchpoints(store, clock);
        RecordDeliveryEvents = new RecordDeliveryEvents(store, clock);
        ReceiveEvidence = new ReceiveEvidence(store, queue, secret, ids, clock);
        ReconcileUnknowns = new ReconcileUnknowns(store, RecordDeliveryEvents, secret, options.ProviderLog, clock);
        ObserveHome = new ObserveHome(store, Campaigns, budget, SendControl, Calendar, clock);
        ChangePreferences = new ChangePreferences(store, secret);
        var ground = new ImportGround(Calendar, settings.Currency, secret, store, clock, ids);
        ReceiveUpload = new ReceiveUpload(store, queue, clock, options.Uploads);
        SweepUploads = new SweepUploads(store, queue, clock, ReceiveUpload, options.Uploads);
        var applyUpload = new ApplyUpload(ground, RecordCustomer, RecordOrders, Products, options.Uploads);
        ReceiveShopEvents = new ReceiveShopEvents(store, queue, clock);
        RequeueShopEvents = new RequeueShopEvents(store, queue, clock);
        Runs = new RunRows(store);
        var steps = new Dictionary<RunKind, IShardStep>
        {
            [RunKind.ReviewDue] = ReviewDue.Timed,
            [RunKind.DecideWaiting] = ReviewDue.Waiting,
            [RunKind.SweepOpenWork] = SweepOpenWork,
            [RunKind.SweepInbox] = new SweepInbox(RequeueShopEvents, SweepUploads),
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
                [Purposes.ApplyEvent] = new ApplyShopEvent(store, RecordCustomer, RecordOrders, RecordExperience, clock),
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

    public ReceiveUpload ReceiveUpload { get; }

    public SweepUploads SweepUploads { get; }

    public ReceiveShopEvents ReceiveShopEvents { get; }

    public RequeueShopEvents RequeueShopEvents { get; }
}

using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Explanations;
using RetentionFuncs.Identity;
using RetentionFuncs.Messages;
using RetentionFuncs.Orders;
using RetentionFuncs.Queues;
using RetentionFuncs.Reports;
using RetentionFuncs.Reviews;
using RetentionFuncs.Scoring;
using RetentionFuncs.Settings;
using RetentionFuncs.Storage;
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
        TimeProvider clock
    )
    {
        (Store, Queue, Settings, Secret, Ids, Clock) = (store, queue, settings, secret, ids, clock);
        Calendar = new BusinessCalendar(settings.Zone);
        Campaigns = new CampaignBook(store, clock);
        RecordCustomer = new RecordCustomer(store, secret, Calendar);
        RecordOrders = new RecordOrders(store, secret, Calendar, settings.LapseRule, Campaigns);
        Products = new ProductRows(store);
        ReplanReviews = new ReplanReviews(store, Calendar, settings.LapseRule, clock);
        ScoreCustomers = new ScoreCustomers(store, settings.LapseRule, settings.Currency);
        ExplainCustomer = new ExplainCustomer(store, secret, settings, Calendar, Campaigns);
        BuildReport = new BuildReport(store, settings, Calendar, Campaigns);
        RefitScores = new RefitScores(store, Calendar, settings.Currency, clock);
        LaunchCampaign = new LaunchCampaign(store, Campaigns, settings, Calendar, clock);
        var review = new ReviewCustomer(store, queue, secret, settings, Calendar, Campaigns, new CampaignBudget(store));
        ReviewDue = new ReviewDue(store, review, Campaigns, Calendar, clock);
        SendTouchpoint = new SendTouchpoint(
            store,
            sender,
            governor,
            new MessageRenderer(),
            Campaigns,
            settings,
            Calendar,
            secret,
            ids,
            clock
        );
        SweepOpenWork = new SweepOpenWork(store, queue, clock);
        AuditTouchpoints = new AuditTouchpoints(store);
        RecordDeliveryEvents = new RecordDeliveryEvents(store, clock);
        ChangePreferences = new ChangePreferences(store, secret);
        Handler = new RouteMessages(new Dictionary<string, IQueueHandler> { [Purposes.Send] = SendTouchpoint });
    }

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

    public RecordCustomer RecordCustomer { get; }

    public RecordOrders RecordOrders { get; }

    public ProductRows Products { get; }

    public ReplanReviews ReplanReviews { get; }

    public ScoreCustomers ScoreCustomers { get; }

    public ExplainCustomer ExplainCustomer { get; }

    public BuildReport BuildReport { get; }

    public RefitScores RefitScores { get; }

    public LaunchCampaign LaunchCampaign { get; }

    public ReviewDue ReviewDue { get; }

    public SendTouchpoint SendTouchpoint { get; }

    public SweepOpenWork SweepOpenWork { get; }

    public AuditTouchpoints AuditTouchpoints { get; }

    public RecordDeliveryEvents RecordDeliveryEvents { get; }

    public ChangePreferences ChangePreferences { get; }
}

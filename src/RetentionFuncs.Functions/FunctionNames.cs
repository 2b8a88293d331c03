using RetentionFuncs.Queues;

namespace RetentionFuncs.Functions;

/// <summary>The functions of the app, named as the verbs they call. Alerts, queries and the workbook speak of them by these names.</summary>
public static class FunctionNames
{
    public const string ReviewDue = "ReviewDue";
    public const string DecideWaiting = "DecideWaiting";
    public const string SweepOpenWork = "SweepOpenWork";
    public const string ReconcileUnknowns = "ReconcileUnknowns";
    public const string RefitScores = "RefitScores";
    public const string AuditTouchpoints = "AuditTouchpoints";
    public const string BuildReport = "BuildReport";
    public const string ObserveHome = "ObserveHome";
    public const string SendTouchpoint = "SendTouchpoint";
    public const string ApplyShopEvent = "ApplyShopEvent";
    public const string MergeEvidence = "MergeEvidence";
    public const string RunShard = "RunShard";
    public const string PublicPages = "PublicPages";
    public const string SendGridEvents = "SendGridEvents";
    public const string ShopEvents = "ShopEvents";
    public const string Api = "Api";
    public const string MachineApi = "MachineApi";
    public const string Everything = "Everything";

    /// <summary>Timers; the schedule of each is the setting of its name with <c>Schedule</c> behind it.</summary>
    public static IReadOnlyList<string> Timers { get; } =
    [ReviewDue, DecideWaiting, SweepOpenWork, ReconcileUnknowns, RefitScores, AuditTouchpoints, BuildReport, ObserveHome];

    /// <summary>Queue functions, by the queue each empties.</summary>
    public static IReadOnlyDictionary<string, string> ByQueue { get; } =
        new Dictionary<string, string>
        {
            [WorkQueues.Touchpoints] = SendTouchpoint,
            [WorkQueues.CustomerEvents] = ApplyShopEvent,
            [WorkQueues.DeliveryEvents] = MergeEvidence,
            [WorkQueues.ShardRuns] = RunShard,
        };

    public static IReadOnlyList<string> Http { get; } = [PublicPages, SendGridEvents, ShopEvents, Api, MachineApi, Everything];

    public static IReadOnlyList<string> All { get; } = [.. Timers, .. ByQueue.Values, .. Http];
}

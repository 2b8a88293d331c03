using RetentionFuncs.Customers;
using RetentionFuncs.Experiments;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Campaigns;

public enum EntryStatus
{
    /// <summary>Wants to enter and is held at the first message; not drawn yet, in no arm.</summary>
    Held,
    Active,

    /// <summary>All steps done.</summary>
    Completed,

    /// <summary>Left before the end, with the reason.</summary>
    Exited,
}

/// <summary>One customer's one passage through a journey, named by campaign and occasion.</summary>
/// <param name="Step">Id of the next step to do.</param>
/// <param name="StepDueOn">The day that step first fell due; its validity counts from there.</param>
/// <param name="OrdersAtEntry">Purchases on file at entry: one more means the customer came back.</param>
/// <param name="Admitted">Let in from the backlog.</param>
public sealed record JourneyEntry(
    string Campaign,
    string Occasion,
    string Version,
    EntryStatus Status,
    TestArm? Arm,
    DateOnly TriggerDay,
    bool Admitted,
    DateTimeOffset? EnteredAt,
    int OrdersAtEntry,
    string? Contact,
    string Step,
    DateOnly StepDueOn,
    string? Reason
)
{
    public string RowKey => KeyOf(Campaign, Occasion);

    /// <summary>How a due row refers to it.</summary>
    public string Reference => $"{Campaign}|{Occasion}";

    public static string KeyOf(string campaign, string occasion) => $"{CustomerPartition.EntryPrefix}{campaign}|{occasion}";

    public PropertyBag ToBag() =>
        new PropertyBag()
            .Set("version", Version)
            .Set("status", Status)
            .Set("arm", Arm?.ToString())
            .Set("triggerDay", TriggerDay)
            .Set("admitted", Admitted)
            .Set("enteredAt", EnteredAt)
            .Set("ordersAtEntry", OrdersAtEntry)
            .Set("contact", Contact)
            .Set("step", Step)
            .Set("stepDueOn", StepDueOn)
            .Set("reason", Reason);

    public static JourneyEntry Read(string rowKey, PropertyBag bag)
    {
        var parts = rowKey.Split('|', 3);
        return new JourneyEntry(
            parts[1],
            parts[2],
            bag.Text("version"),
            bag.Choice<EntryStatus>("status"),
            bag.Has("arm") ? bag.Choice<TestArm>("arm") : null,
            bag.Day("triggerDay"),
            bag.Flag("admitted"),
            bag.InstantOrNull("enteredAt"),
            (int)bag.Integer("ordersAtEntry"),
            bag.TextOrNull("contact"),
            bag.Text("step"),
            bag.Day("stepDueOn"),
            bag.TextOrNull("reason")
        );
    }

    public static JourneyEntry? Find(CustomerPartition partition, string campaign, string occasion) =>
        partition.Find(KeyOf(campaign, occasion)) is { } bag ? Read(KeyOf(campaign, occasion), bag) : null;

    public static IEnumerable<JourneyEntry> AllOf(CustomerPartition partition) =>
        partition.WithPrefix(CustomerPartition.EntryPrefix).Select(row => Read(row.Key, row.Value));

    public static IEnumerable<JourneyEntry> AllOf(CustomerPartition partition, string campaign) =>
        partition.WithPrefix(KeyOf(campaign, "")).Select(row => Read(row.Key, row.Value));
}

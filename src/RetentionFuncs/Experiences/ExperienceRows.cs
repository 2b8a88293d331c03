using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Experiences;

/// <summary>Experiences as rows of the customer's partition: one state row, and a fact row for each event told.</summary>
public static class ExperienceRows
{
    internal const string StateRow = "experiences";
    internal const string FactPrefix = CustomerPartition.FactPrefix + "experience|";

    private static readonly JsonSerializerOptions Form = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
        IgnoreReadOnlyProperties = true,
    };

    public static ExperienceHistory Experiences(this CustomerPartition partition) =>
        partition.Find(StateRow) is { } bag
            ? new ExperienceHistory
            {
                Kept = JsonSerializer.Deserialize<List<Experience>>(bag.Text("kept"), Form)!,
                Deliveries = (int)bag.Integer("deliveries"),
                FaultyDeliveries = (int)bag.Integer("faultyDeliveries"),
                Invoices = (int)bag.Integer("invoices"),
                LateInvoices = (int)bag.Integer("lateInvoices"),
                Invoiced = bag.Amount("invoiced"),
                PaidLate = bag.Amount("paidLate"),
                OpenInvoices = bag.TextOrNull("open") is { } open ? JsonSerializer.Deserialize<List<OpenInvoice>>(open, Form)! : [],
            }
            : ExperienceHistory.None;

    /// <param name="history">Null: nothing is known any more.</param>
    internal static void PutExperiences(this CustomerPartition partition, ExperienceHistory? history)
    {
        if (history is not null)
        {
            partition.Put(StateRow, ToBag(history));
        }
        else if (partition.Find(StateRow) is not null)
        {
            partition.Delete(StateRow);
        }
    }

    private static PropertyBag ToBag(ExperienceHistory history) =>
        new PropertyBag()
            .Set("kept", JsonSerializer.Serialize(history.Kept, Form))
            .Set("deliveries", history.Deliveries)
            .Set("faultyDeliveries", history.FaultyDeliveries)
            .Set("invoices", history.Invoices)
            .Set("lateInvoices", history.LateInvoices)
            .Set("invoiced", history.Invoiced)
            .Set("paidLate", history.PaidLate)
            .Set("open", history.OpenInvoices.Count == 0 ? null : JsonSerializer.Serialize(history.OpenInvoices, Form));

    internal static string FactKey(string eventId) => FactPrefix + OrderKey.Of(eventId).Value;

    internal static PropertyBag Fact(ExperienceNews news, DateTimeOffset recordedAt) =>
        new PropertyBag()
            .Set("eventId", news.EventId)
            .Set("kind", news.GetType().Name)
            .Set("occurredAt", news.OccurredAt)
            .Set("recordedAt", recordedAt)
            .Set("told", JsonSerializer.Serialize(news, news.GetType(), Form));

    /// <summary>What a fact row tells, and when we learnt it; null for a kind of a newer program.</summary>
    internal static (ExperienceNews News, DateTimeOffset RecordedAt)? ReadFact(PropertyBag fact) =>
        typeof(ExperienceNews).GetNestedType(fact.Text("kind")) is { } kind
        && JsonSerializer.Deserialize(fact.Text("told"), kind, Form) is ExperienceNews news
            ? (news, fact.Instant("recordedAt"))
            : null;
}

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
    private const string StateRow = "experiences";
    private const string FactPrefix = CustomerPartition.FactPrefix + "experience|";

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
            }
            : ExperienceHistory.None;

    internal static void PutExperiences(this CustomerPartition partition, ExperienceHistory history) =>
        partition.Put(
            StateRow,
            new PropertyBag()
                .Set("kept", JsonSerializer.Serialize(history.Kept, Form))
                .Set("deliveries", history.Deliveries)
                .Set("faultyDeliveries", history.FaultyDeliveries)
                .Set("invoices", history.Invoices)
                .Set("lateInvoices", history.LateInvoices)
                .Set("invoiced", history.Invoiced)
                .Set("paidLate", history.PaidLate)
        );

    internal static string FactKey(string eventId) => FactPrefix + OrderKey.Of(eventId).Value;

    internal static PropertyBag Fact(ExperienceNews news, DateTimeOffset recordedAt) =>
        new PropertyBag()
            .Set("eventId", news.EventId)
            .Set("kind", news.GetType().Name)
            .Set("occurredAt", news.OccurredAt)
            .Set("recordedAt", recordedAt)
            .Set("told", JsonSerializer.Serialize(news, news.GetType(), Form));
}

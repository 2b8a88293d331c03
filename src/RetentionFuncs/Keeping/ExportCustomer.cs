using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Explanations;
using RetentionFuncs.Findings;
using RetentionFuncs.Identity;
using RetentionFuncs.Operations;
using RetentionFuncs.Settings;
using RetentionFuncs.ShopEvents;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Keeping;

/// <summary>Everything that is on file about one customer.</summary>
/// <param name="Json">One document that a person can read.</param>
/// <param name="Rows">How many rows of which kind it holds, in its order.</param>
public sealed record CustomerExport(CustomerKey Customer, string Json, IReadOnlyList<(Phrase Kind, int Rows)> Rows);

/// <summary>
/// Tells a customer what is on file about them: every row of their partition, whatever room wrote it, what waits about them, how their
/// addresses stand, what was written to them, and the reasons for what was decided, in both languages. That it was told is on record.
/// </summary>
public sealed class ExportCustomer(
    IRowStore store,
    InstanceSecret secret,
    BusinessSettings settings,
    ExplainCustomer explain,
    NoteOperation note,
    IKeptMessages? messages,
    TimeProvider clock
)
{
    private static readonly JsonSerializerOptions Form = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <param name="by">Who asks, and why; both go into the operators' log.</param>
    /// <returns>Null when no such customer is on file.</returns>
    public async ValueTask<CustomerExport?> RunAsync(string customerId, string by, string why)
    {
        var partition = await CustomerForward.LoadAsync(store, secret.CustomerKeyOf(customerId));
        var key = partition.Key;
        if (partition.Profile() is not { } profile)
        {
            return null;
        }

        await note.RunAsync(by, "export-customer", key.Value, why);
        var now = clock.GetUtcNow();
        var sections = await SectionsAsync(key);
        var document = new JsonObject
        {
            ["schema"] = 1,
            ["exportedAt"] = now,
            ["business"] = settings.Name,
            ["customer"] = new JsonObject
            {
                ["id"] = customerId,
                ["key"] = key.Value,
                ["name"] = profile.Name,
            },
            ["standing"] = await StandingAsync(customerId, now),
            ["addresses"] = await AddressesAsync(partition),
            ["messages"] = await MessagesAsync(partition),
            ["waiting"] = await WaitingAsync(partition, customerId),
            ["rows"] = new JsonArray([.. sections.Select(s => s.ToJson())]),
        };
        return new CustomerExport(key, document.ToJsonString(Form), [.. sections.Select(s => (s.Title, s.Rows.Count))]);
    }

    private async ValueTask<List<ExportSection>> SectionsAsync(CustomerKey key)
    {
        var sections = new List<ExportSection>();
        await foreach (var row in store.ReadAllAsync(CustomerPartition.IdOf(key), RowRange.All))
        {
            var name = row.Key.Split('|', 2)[0];
            if (sections.Count == 0 || sections[^1].Name != name)
            {
                sections.Add(new ExportSection(name, []));
            }

            sections[^1].Rows.Add(row);
        }

        return sections;
    }

    private async ValueTask<JsonNode?> StandingAsync(string customerId, DateTimeOffset now)
    {
        if (await explain.RunAsync(customerId, now) is not { } told)
        {
            return null;
        }

        return new JsonObject
        {
            ["stage"] = told.Stage?.ToString(),
            ["tier"] = (told.Value?.Recorded?.Tier ?? told.Value?.Value.Tier)?.ToString(),
            ["reasons"] = Both([told.Standing, .. told.Value?.Sentences ?? [], .. told.Signals]),
            ["campaigns"] = new JsonArray([
                .. told.Campaigns.Select(c => new JsonObject
                {
                    ["campaign"] = c.Campaign,
                    ["title"] = ExportSection.Of(c.Title),
                    ["now"] = ExportSection.Of(c.Summary),
                    ["before"] = Both([.. c.History.Concat(c.Messages).OrderBy(h => h.At).Select(h => h.Sentence)]),
                }),
            ]),
        };
    }

    private static JsonArray Both(IEnumerable<Phrase> phrases) => new([.. phrases.Select(ExportSection.Of)]);

    private async ValueTask<JsonArray> AddressesAsync(CustomerPartition partition)
    {
        var told = new JsonArray();
        var addresses = new Suppress(store);
        foreach (var contact in partition.Contacts())
        {
            foreach (
                var (address, key) in ((string?, AddressKey?)[])
                    [
                        (contact.Email?.Value, secret.AddressKeyOf(contact, Channel.Email)),
                        (contact.Number?.Value, secret.AddressKeyOf(contact, Channel.Phone)),
                    ]
            )
            {
                if (key is { } known)
                {
                    told.Add(Of(address!, await addresses.ReadAsync(known)));
                }
            }
        }

        return told;
    }

    private static JsonObject Of(string address, AddressStanding standing) =>
        new()
        {
            ["address"] = address,
            ["suppressed"] = standing.Suppression?.Reason.ToString(),
            ["suppressedAt"] = standing.Suppression?.At,
            ["suppressedBy"] = standing.Suppression?.Source,
            ["pausedUntil"] = standing.Pause?.Until,
            ["messagesInTheCapWindow"] = standing.Slots.Taken.Count,
        };

    /// <summary>What was written to the person, where this home keeps it.</summary>
    private async ValueTask<JsonArray> MessagesAsync(CustomerPartition partition)
    {
        var told = new JsonArray();
        foreach (var touch in partition.Touchpoints().OrderBy(t => t.PlannedAt))
        {
            var text =
                messages is not null && touch is { AttemptId: { } attempt, ClaimedAt: { } at }
                    ? await messages.FindAsync(touch.Reference, attempt, at)
                    : null;
            told.Add(
                new JsonObject
                {
                    ["touchpoint"] = touch.Reference.ToString(),
                    ["campaign"] = touch.Campaign,
                    ["step"] = touch.Step,
                    ["channel"] = touch.Channel.ToString(),
                    ["outcome"] = touch.State.ToString(),
                    ["at"] = touch.SettledAt ?? touch.ClaimedAt ?? touch.PlannedAt,
                    ["text"] = text,
                }
            );
        }

        return told;
    }

    /// <summary>What came in about the person and is not on file yet.</summary>
    private async ValueTask<JsonArray> WaitingAsync(CustomerPartition partition, string customerId)
    {
        var told = new JsonArray();
        foreach (var evidence in await new EvidenceInbox(store).ReadAsync(partition.Key))
        {
            told.Add(
                new JsonObject
                {
                    ["event"] = evidence.Event.Kind.ToString(),
                    ["at"] = evidence.Event.At,
                    ["detail"] = evidence.Event.Detail,
                }
            );
        }

        var person = new PersonTraces(partition.Key, customerId, partition.Contacts());
        foreach (var shard in Shards.All)
        {
            await foreach (var row in store.ReadAllAsync(InboxPlace.PartitionOf(shard), RowRange.All))
            {
                if (WaitingEvent.Read(new InboxPlace(shard, row.Key), row.Properties) is var waiting && person.IsInText(waiting.Json))
                {
                    told.Add(ExportSection.NodeOf(waiting.Json));
                }
            }
        }

        return told;
    }
}

/// <summary>What was written to people, where a home keeps it.</summary>
public interface IKeptMessages
{
    /// <summary>The message of one attempt as a person reads it; null when it is not kept.</summary>
    ValueTask<string?> FindAsync(TouchRef touch, string attemptId, DateTimeOffset claimedAt);
}

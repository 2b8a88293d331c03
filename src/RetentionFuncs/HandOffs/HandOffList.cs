using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Explanations;
using RetentionFuncs.Findings;
using RetentionFuncs.Identity;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.HandOffs;

/// <summary>One line of a list.</summary>
/// <param name="CustomerId">As the shop knows it.</param>
/// <param name="Until">The contact is of no use at or after it.</param>
public sealed record HandOffRow(
    Touchpoint Touch,
    HandOffCard Card,
    string CustomerId,
    string? Name,
    PhoneNumber Number,
    ValueTier? Tier,
    decimal Spend
);

/// <summary>A batch with its people.</summary>
/// <param name="Rows">The most valuable customers first.</param>
/// <param name="LeftOut">How many are in the batch and not in the list, by reason.</param>
public sealed record HandOffListing(HandOffBatch Batch, IReadOnlyList<HandOffRow> Rows, IReadOnlyList<KeyValuePair<Phrase, int>> LeftOut);

/// <summary>
/// Reads the people of a batch as they are now: who has refused since, was erased or has lost the number is left out, with the reason.
/// </summary>
public sealed class HandOffList(IRowStore store, InstanceSecret secret, string currency, TimeProvider clock)
{
    private readonly HandOffTray _tray = new(store);
    private readonly Suppress _addresses = new(store);

    public async ValueTask<HandOffListing> ReadAsync(HandOffBatch batch)
    {
        var rows = new List<HandOffRow>();
        var left = new Dictionary<Phrase, int>();
        await foreach (var touch in _tray.ItemsAsync(batch.Id))
        {
            var (row, why) = await ReadAsync(touch);
            if (row is not null)
            {
                rows.Add(row);
            }
            else
            {
                left[why!] = left.GetValueOrDefault(why!) + 1;
            }
        }

        var ordered = rows.OrderByDescending(r => r.Tier)
            .ThenByDescending(r => r.Spend)
            .ThenBy(r => r.Touch.Reference.ToString(), StringComparer.Ordinal);
        return new HandOffListing(batch, [.. ordered], [.. left]);
    }

    private async ValueTask<(HandOffRow?, Phrase?)> ReadAsync(TouchRef reference)
    {
        var partition = await CustomerPartition.LoadAsync(store, reference.Customer);
        if (
            partition.Profile() is not { } customer
            || partition.TouchpointBy(reference.Touch) is not { } touch
            || partition.ContactBy(touch.Contact) is not { } contact
            || await CardAsync(reference) is not { } card
        )
        {
            return (null, new("no longer on file", "档案中已不存在"));
        }

        if (contact.Number is not { } number)
        {
            return (null, ReasonSentences.Of(GateReason.NoNumber));
        }

        var standing = await _addresses.ReadAsync(secret.AddressKeyOf(number));
        if (standing.Objection(touch.Purpose, clock.GetUtcNow()) is { } objection)
        {
            return (null, ReasonSentences.Of(SuppressionGate.ReasonOf(objection.Reason)));
        }

        var spend = partition.Summary().SpendIn(currency);
        return (
            new HandOffRow(touch, card, customer.ExternalId, contact.Name ?? customer.Name, number, partition.Tier()?.Tier, spend),
            null
        );
    }

    private async ValueTask<HandOffCard?> CardAsync(TouchRef reference) =>
        await store.ReadRowAsync(CustomerPartition.IdOf(reference.Customer), HandOffCard.RowKey(reference.Touch)) is { } row
            ? HandOffCard.Read(row.Properties)
            : null;
}

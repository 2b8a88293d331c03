using RetentionFuncs.Customers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.ContactPolicy;

/// <summary>The customer's own gate row: cap slots and an open complaint. A claim writes it, so that two claims on one customer meet.</summary>
public sealed record CustomerGate(CapSlots Slots, DateTimeOffset? ComplaintSince)
{
    public static CustomerGate Of(CustomerPartition partition) =>
        partition.Find(CustomerPartition.GateRow) is { } bag
            ? new CustomerGate(CapSlots.Parse(bag.TextOrNull("slots")), bag.InstantOrNull("complaintSince"))
            : new CustomerGate(CapSlots.None, null);

    public void PutTo(CustomerPartition partition) =>
        partition.Put(
            CustomerPartition.GateRow,
            new PropertyBag().Set("slots", Slots.Taken.Count == 0 ? null : Slots.ToString()).Set("complaintSince", ComplaintSince)
        );
}

using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Experiences;
using RetentionFuncs.HandOffs;
using RetentionFuncs.Identity;
using RetentionFuncs.Orders;
using RetentionFuncs.Stocks;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Imports;

/// <summary>The verbs through which imports put things on file; events use the same.</summary>
public sealed record ImportVerbs(
    IRowStore Store,
    InstanceSecret Secret,
    RecordCustomer Customers,
    RecordOrders Orders,
    RecordExperience Experiences,
    ProductRows Products,
    RecordOutcome Outcomes
)
{
    public Suppress Addresses { get; } = new(Store);

    public RecordStock Stock { get; } = new(Store, Secret);
}

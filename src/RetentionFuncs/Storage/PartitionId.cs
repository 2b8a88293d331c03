namespace RetentionFuncs.Storage;

/// <summary>The tables of the product. A partition lives in exactly one; what each holds is told in the room's README.</summary>
public enum StoreTable
{
    /// <summary>One partition per customer: profile, contacts, summary, gate, entries, touchpoints, ledger, orders, evidence.</summary>
    Customers,

    /// <summary>One partition per address (keyed hash): suppression, cap slots, the person seen there first.</summary>
    Addresses,

    /// <summary>One partition per (day, shard): reviews that fall due.</summary>
    Due,

    /// <summary>One partition per (day, shard): touchpoints that are not finished.</summary>
    OpenWork,

    /// <summary>One partition per shard: the customers that exist, for the few full passes.</summary>
    CustomerIndex,

    /// <summary>
    /// Campaign heads in one partition; each campaign's immutable versions in its own, and of its backlog the places in another and
    /// the line in one a shard.
    /// </summary>
    Campaigns,

    /// <summary>One partition per (campaign, day, shard): the repairable copy that reports read.</summary>
    CampaignLog,

    /// <summary>Kill switch, pauses, epoch, cursors, checkpoints.</summary>
    Control,

    /// <summary>One partition, <c>runs</c>: a row per import run, by kind and hash of the file.</summary>
    Imports,

    /// <summary>Products by shard of their sku.</summary>
    Products,

    /// <summary>What came in and is not applied yet: the shop's events, delivery evidence, uploaded files.</summary>
    Inbox,
}

/// <summary>Names one partition: the unit of atomic commit.</summary>
/// <param name="Key">At most 512 characters of <c>[A-Za-z0-9|_.:~-]</c>.</param>
public readonly record struct PartitionId(StoreTable Table, string Key)
{
    public override string ToString() => $"{Table}/{Key}";
}

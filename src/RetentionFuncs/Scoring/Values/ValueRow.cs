using RetentionFuncs.Customers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Scoring.Values;

/// <summary>The tier on record as one row of the customer's partition.</summary>
public static class ValueRow
{
    /// <summary>Null while no review has recorded one.</summary>
    public static TierStanding? Tier(this CustomerPartition partition) =>
        partition.Find(CustomerPartition.ValueRow) is { } bag
            ? new TierStanding(
                bag.Choice<ValueTier>("tier"),
                bag.Day("since"),
                bag.Has("near") ? bag.Choice<ValueTier>("near") : null,
                (int)bag.Integer("version"),
                bag.Text("evidence")
            )
            {
                Unanswered = bag.Has("moved")
                    ? new TierMove(bag.Choice<TierDirection>("moved"), bag.Choice<ValueTier>("movedTo"), bag.Day("movedOn"))
                    : null,
            }
            : null;

    public static void PutTier(this CustomerPartition partition, TierStanding standing)
    {
        var bag = new PropertyBag()
            .Set("tier", standing.Tier)
            .Set("since", standing.Since)
            .Set("near", standing.Near?.ToString())
            .Set("version", standing.Version)
            .Set("evidence", standing.Evidence);
        partition.Put(
            CustomerPartition.ValueRow,
            standing.Unanswered is { } move ? bag.Set("moved", move.Direction).Set("movedTo", move.To).Set("movedOn", move.On) : bag
        );
    }
}

using RetentionFuncs.Findings;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Customers.Joining;

/// <summary>
/// Makes one customer of two ids, or parts orders from one. Idempotent, and what was cut off is finished by repeating it: the forwarding
/// row comes first, so that nothing new lands under the old id, and what was moved is deleted behind it.
/// </summary>
public sealed class JoinCustomers(IRowStore store, InstanceSecret secret, MergeCustomer merge, SplitCustomer split)
{
    private static readonly Phrase Circle = new(
        "cannot be merged: the id that should remain became the other one before",
        "无法合并：要保留的编号此前已并入另一个编号"
    );

    private static readonly Phrase Elsewhere = new(
        "cannot be merged: it became another customer before; merge that one",
        "无法合并：该编号此前已并入另一位顾客；请合并那一位"
    );

    private static readonly Phrase Same = new(
        "cannot be parted: both ids are one customer, and the new one is not the one that was merged",
        "无法拆分：两个编号属于同一位顾客，且新编号并非此前被合并的编号"
    );

    /// <param name="at">The moment the shop speaks for.</param>
    /// <param name="now">The moment of recording.</param>
    /// <exception cref="StoreUnavailableException">Perhaps half done: repeat it.</exception>
    public async ValueTask<JoinEnding> RunAsync(CustomerJoin join, DateTimeOffset at, DateTimeOffset now) =>
        join switch
        {
            CustomerJoin.Merged merged => await MergeAsync(merged, at, now),
            CustomerJoin.Split parted => await SplitAsync(parted, at, now),
            _ => throw new ArgumentOutOfRangeException(nameof(join)),
        };

    private async ValueTask<JoinEnding> MergeAsync(CustomerJoin.Merged merged, DateTimeOffset at, DateTimeOffset now)
    {
        var from = secret.CustomerKeyOf(merged.From);
        var into = (await CustomerForward.LoadAsync(store, secret.CustomerKeyOf(merged.Into))).Key;
        if (into == from)
        {
            return new JoinEnding.Refused(Circle);
        }

        var old = await CustomerPartition.LoadAsync(store, from);
        if (CustomerForward.Of(old) is { } known && (await CustomerForward.LoadAsync(store, known.Into)).Key != into)
        {
            return new JoinEnding.Refused(Elsewhere);
        }

        // Something that was under way when it was merged may have landed behind it: then it is moved now.
        return CustomerForward.PartedAt(old) >= at || (CustomerForward.Of(old) is { IsDone: true } && IsEmpty(old))
            ? new JoinEnding.Done(0)
            : new JoinEnding.Done(await merge.RunAsync(from, into, merged.Into, at, now));
    }

    private static bool IsEmpty(CustomerPartition partition) =>
        partition.Profile() is null && partition.Find(CustomerPartition.SummaryRow) is null;

    private async ValueTask<JoinEnding> SplitAsync(CustomerJoin.Split parted, DateTimeOffset at, DateTimeOffset now)
    {
        var from = (await CustomerForward.LoadAsync(store, secret.CustomerKeyOf(parted.From))).Key;
        var into = await CustomerPartition.LoadAsync(store, secret.CustomerKeyOf(parted.Into));
        var becomes = CustomerForward.Of(into) is null ? into.Key : (await CustomerForward.LoadAsync(store, into.Key)).Key;
        if (from == into.Key || (becomes != into.Key && becomes != from))
        {
            return new JoinEnding.Refused(Same);
        }

        return CustomerForward.Of(into)?.At >= at
            ? new JoinEnding.Done(0)
            : new JoinEnding.Done(await split.RunAsync(from, into.Key, parted, at, now));
    }
}

using RetentionFuncs.Storage;

namespace RetentionFuncs.Backlogs;

/// <summary>How far a campaign's backlog has come.</summary>
/// <param name="Day">The last day on which places were given.</param>
/// <param name="Given">Places of that day that are used, or given and not settled yet.</param>
/// <param name="Position">Of the last customer whose turn came on that day; empty: nobody's.</param>
/// <param name="IsThrough">Everybody in line has had a turn on that day.</param>
/// <param name="GivenBefore">Places used on all days before it.</param>
public sealed record BacklogState(DateOnly Day, int Given, string Position, bool IsThrough, int GivenBefore)
{
    public static BacklogState None { get; } = new(DateOnly.MinValue, 0, "", false, 0);

    /// <summary>As a new day begins: places anew, and everybody's turn from the front. A clock that was set back gives none twice.</summary>
    public BacklogState On(DateOnly today) => Day >= today ? this : new(today, 0, "", false, GivenBefore + Given);

    internal PropertyBag ToBag() =>
        new PropertyBag()
            .Set("day", Day)
            .Set("given", Given)
            .Set("position", Position)
            .Set("through", IsThrough)
            .Set("givenBefore", GivenBefore);

    internal static BacklogState Read(PropertyBag bag) =>
        new(bag.Day("day"), (int)bag.Integer("given"), bag.Text("position"), bag.Flag("through"), (int)bag.Integer("givenBefore"));
}

namespace RetentionFuncs.Imports.Shops;

/// <summary>The order export of one kind of shop.</summary>
/// <param name="Word">As a mapping file names it.</param>
/// <param name="IsFor">Whether a file is of this form, by its headers (<see cref="HeaderText.Fold"/>).</param>
/// <param name="Mandatory">Groups of columns of which one must be there.</param>
/// <param name="ByEmail">Whether buyers are known by their e-mail address; else by the shop's member name or their mobile number.</param>
internal sealed record ShopForm(
    string Word,
    Func<IReadOnlySet<string>, bool> IsFor,
    IReadOnlyList<ColumnSpec> Columns,
    IReadOnlyList<IReadOnlyList<ImportColumn>> Mandatory,
    FormAssumptions Assumes,
    bool ByEmail
)
{
    /// <summary>Why a file with these headers cannot be taken in; null: it can, as far as they tell.</summary>
    public Func<IReadOnlySet<string>, Wording?> ProblemOf { get; init; } = _ => null;

    /// <summary>In the order in which they are tried.</summary>
    public static IReadOnlyList<ShopForm> All { get; } =
    [ChineseShops.Taobao, ChineseShops.Jd, ChineseShops.Youzan, WooCommerceColumns.Form];
}

using RetentionFuncs.AzureAdapters.Tables;
using RetentionFuncs.Storage;

namespace RetentionFuncs.AzureAdapters.Tests.Tables;

public sealed class KeyFilterTests
{
    [Theory]
    [InlineData("", null, "PartitionKey eq 'p'")]
    [InlineData("a", null, "PartitionKey eq 'p' and RowKey ge 'a'")]
    [InlineData("a", "b", "PartitionKey eq 'p' and RowKey ge 'a' and RowKey lt 'b'")]
    [InlineData("a\u0001", null, "PartitionKey eq 'p' and RowKey gt 'a'")]
    [InlineData("a\u0001", "c", "PartitionKey eq 'p' and RowKey gt 'a' and RowKey lt 'c'")]
    [InlineData("a", "c\u0001", "PartitionKey eq 'p' and RowKey ge 'a' and RowKey le 'c'")]
    [InlineData("x~", "x\u007F", "PartitionKey eq 'p' and RowKey ge 'x~' and RowKey lt 'y'")]
    [InlineData("x~~", "x~\u007F", "PartitionKey eq 'p' and RowKey ge 'x~~' and RowKey lt 'y'")]
    public void A_range_becomes_a_filter_without_control_characters_that_tables_refuse(string from, string? to, string filter) =>
        KeyFilter.Of("p", new RowRange(from, to)).ShouldBe(filter);

    [Theory]
    [InlineData("a", "a\u0001", "a")]
    [InlineData("a", "b", null)]
    [InlineData("a", null, null)]
    [InlineData("", "\u0001", null)]
    [InlineData("a\u0001", "a\u0001\u0001", null)]
    public void A_range_of_one_key_is_a_point(string from, string? to, string? key) =>
        KeyFilter.SingleKey(new RowRange(from, to)).ShouldBe(key);

    [Fact]
    public void The_ranges_that_callers_make_are_points_and_prefixes()
    {
        KeyFilter.SingleKey(RowRange.Single("profile")).ShouldBe("profile");
        KeyFilter.SingleKey(RowRange.Prefix("touch|")).ShouldBeNull();
        KeyFilter.SingleKey(RowRange.All).ShouldBeNull();
        KeyFilter.Of("p", RowRange.All).ShouldBe("PartitionKey eq 'p'");
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("prod", true)]
    [InlineData("a1", true)]
    [InlineData("1a", false)]
    [InlineData("with-dash", false)]
    [InlineData("ünïcode", false)]
    public void A_prefix_must_make_a_table_name(string prefix, bool fits)
    {
        Action make = () => TableNames.All(prefix);
        if (fits)
        {
            make.ShouldNotThrow();
            TableNames.Of(StoreTable.Due, prefix).ShouldBe(prefix + "Due");
        }
        else
        {
            make.ShouldThrow<ArgumentException>().Message.ShouldContain(prefix);
        }
    }
}

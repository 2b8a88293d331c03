using RetentionFuncs.Storage;

namespace RetentionFuncs.Tests.Contracts;

public abstract partial class RowStoreContract
{
    [Fact]
    public async Task Every_kind_of_property_survives()
    {
        var instant = new DateTimeOffset(2026, 3, 29, 2, 30, 0, TimeSpan.FromHours(5.75)).AddTicks(1);
        var bag = new PropertyBag()
            .Set("text", "plain")
            .Set("empty", "")
            .Set("whole", long.MinValue)
            .Set("large", long.MaxValue)
            .Set("yes", true)
            .Set("no", false)
            .Set("amount", 1234567890123456789.1200m)
            .Set("instant", instant)
            .Set("day", new DateOnly(2024, 2, 29))
            .Set("choice", StoreTable.OpenWork);
        var read = await RoundTrip(bag);
        read.ShouldBeEquivalentTo(Values(bag));
        var row = (await Store.ReadRowAsync(Home, "a"))!.Properties;
        row.Amount("amount").ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe("1234567890123456789.1200");
        row.Instant("instant").ShouldBe(instant);
        row.Instant("instant").Offset.ShouldBe(TimeSpan.FromHours(5.75));
        row.Day("day").ShouldBe(new DateOnly(2024, 2, 29));
        row.Choice<StoreTable>("choice").ShouldBe(StoreTable.OpenWork);
    }

    [Theory]
    [InlineData(0d)]
    [InlineData(1d)]
    [InlineData(-3d)]
    [InlineData(0.1)]
    [InlineData(1e15)]
    [InlineData(1e16)]
    [InlineData(1e300)]
    [InlineData(-1e-300)]
    [InlineData(123456789012345680d)]
    [InlineData(double.MaxValue)]
    [InlineData(double.MinValue)]
    [InlineData(double.Epsilon)]
    [InlineData(0.30000000000000004)]
    public async Task A_double_stays_a_double_to_the_last_bit(double number)
    {
        var read = await RoundTrip(new PropertyBag().Set("number", number));
        BitConverter.DoubleToInt64Bits(read["number"].ShouldBeOfType<double>()).ShouldBe(BitConverter.DoubleToInt64Bits(number));
    }

    [Fact]
    public async Task Minus_zero_keeps_its_sign()
    {
        var read = await RoundTrip(new PropertyBag().Set("number", -0d));
        double.IsNegative(read["number"].ShouldBeOfType<double>()).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(9007199254740993)]
    public async Task A_whole_number_stays_a_whole_number(long number)
    {
        var read = await RoundTrip(new PropertyBag().Set("number", number));
        read["number"].ShouldBeOfType<long>().ShouldBe(number);
    }

    [Theory]
    [InlineData("流失客户，好久不见")]
    [InlineData("Zoë Ångström, Łódź, İstanbul")]
    [InlineData("👩‍👩‍👧‍👦 and \U0001F600")]
    [InlineData("\u202Eright to left\u202C \u05E9\u05DC\u05D5\u05DD")]
    [InlineData("line one\r\nline two\ttab")]
    [InlineData("quote \" backslash \\ slash / apostrophe ' {{name}} <b>&amp;</b>")]
    [InlineData("control \u0001\u0007\u001F and NUL \0 inside")]
    [InlineData("combining e\u0301 is not \u00E9")]
    [InlineData(" spaces kept ")]
    [InlineData("\uFEFFmark \uFFFD and \uFFFF")]
    public async Task Any_text_survives(string text)
    {
        var read = await RoundTrip(Note(text));
        string.Equals((string)read["note"], text, StringComparison.Ordinal).ShouldBeTrue();
    }

    [Fact]
    public async Task An_empty_bag_is_a_row()
    {
        (await RoundTrip(new PropertyBag())).ShouldBeEmpty();
        (await Keys(Home, RowRange.All)).ShouldBe(["a"]);
    }

    [Fact]
    public async Task Property_names_differ_by_case()
    {
        var read = await RoundTrip(new PropertyBag().Set("Name", "upper").Set("name", "lower"));
        read.ShouldBeEquivalentTo(new Dictionary<string, object> { ["Name"] = "upper", ["name"] = "lower" });
    }

    [Fact]
    public async Task Every_character_a_key_may_have_survives()
    {
        const string key = "ABCXYZabcxyz0189|_.:~-";
        var partition = new PartitionId(StoreTable.Control, key);
        await Applied(partition, Insert(key));
        (await Keys(partition, RowRange.Single(key))).ShouldBe([key]);
    }

    [Fact]
    public async Task The_longest_key_the_largest_text_and_the_most_properties_fit()
    {
        var bag = new PropertyBag();
        for (var i = 0; i < RowLimits.Properties; i++)
        {
            bag.Set($"p{i}", i);
        }

        bag.Set("p0", new string('流', RowLimits.TextLength));
        var key = new string('k', RowLimits.KeyLength);
        var partition = new PartitionId(StoreTable.Customers, key);
        await Applied(partition, new RowWrite(key, Expectation.Absent, bag));
        var row = (await Store.ReadRowAsync(partition, key))!;
        row.Properties.Text("p0").Length.ShouldBe(RowLimits.TextLength);
        row.Properties.Entries.Count.ShouldBe(RowLimits.Properties);
    }

    private async Task<Dictionary<string, object>> RoundTrip(PropertyBag bag)
    {
        await Applied(Home, new RowWrite("a", Expectation.Any, bag));
        return Values((await Store.ReadRowAsync(Home, "a"))!.Properties);
    }

    private static Dictionary<string, object> Values(PropertyBag bag) => new(bag.Entries, StringComparer.Ordinal);
}

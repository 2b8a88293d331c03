using RetentionFuncs.Customers;
using RetentionFuncs.Experiments;

namespace RetentionFuncs.Tests.Experiments;

public sealed class ControlDrawTests
{
    private static PersonKey Person(int i) => new($"person{i:D20}");

    // Computed apart from this code with Python: int.from_bytes(sha256(parts).digest()[:8], "big") >> 11, over 2**53.
    [Theory]
    [InlineData("win-back", "aaaaaaaaaaaaaaaaaaaaaaaaaa", 0.3379420228684086)]
    [InlineData("second-order", "aaaaaaaaaaaaaaaaaaaaaaaaaa", 0.6638159837607716)]
    [InlineData("win-back", "k7c2zvx5p4m3q6w2r7t4y5u6i3", 0.9270030409938604)]
    [InlineData("生日", "k7c2zvx5p4m3q6w2r7t4y5u6i3", 0.9119640267779655)]
    public void Golden_vectors_hold_the_draw(string campaign, string person, double point) =>
        ControlDraw.PointOf(campaign, new PersonKey(person)).ShouldBe(point);

    [Fact]
    public void The_parts_are_told_apart_by_their_lengths() =>
        ControlDraw.PointOf("ab", new PersonKey("c")).ShouldNotBe(ControlDraw.PointOf("a", new PersonKey("bc")));

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    public void Shares_come_out_right(double share)
    {
        const int people = 20_000;
        var control = Enumerable.Range(0, people).Count(i => ControlDraw.ArmOf("win-back", Person(i), (decimal)share) == TestArm.Control);

        var expected = people * share;
        var chiSquare = Square(control - expected) / expected + Square(control - expected) / (people - expected);
        chiSquare.ShouldBeLessThan(10.83, "chi-square with one degree of freedom, one in a thousand");
    }

    [Fact]
    public void Points_are_spread_evenly_over_twenty_bins()
    {
        var bins = new int[20];
        for (var i = 0; i < 20_000; i++)
        {
            bins[(int)(ControlDraw.PointOf("second-order", Person(i)) * bins.Length)]++;
        }

        bins.Sum(b => Square(b - 1000) / 1000).ShouldBeLessThan(43.82, "chi-square with 19 degrees of freedom, one in a thousand");
    }

    [Fact]
    public void Two_campaigns_draw_independently()
    {
        var cells = new int[2, 2];
        for (var i = 0; i < 20_000; i++)
        {
            var one = ControlDraw.ArmOf("win-back", Person(i), 0.5m);
            var other = ControlDraw.ArmOf("birthday", Person(i), 0.5m);
            cells[(int)one, (int)other]++;
        }

        double chiSquare = 0;
        foreach (var cell in cells)
        {
            chiSquare += Square(cell - 5000) / 5000;
        }

        chiSquare.ShouldBeLessThan(16.27, "chi-square with 3 degrees of freedom, one in a thousand");
    }

    [Fact]
    public void A_larger_share_only_adds_people_to_control()
    {
        for (var i = 0; i < 2_000; i++)
        {
            if (ControlDraw.ArmOf("win-back", Person(i), 0.2m) == TestArm.Control)
            {
                ControlDraw.ArmOf("win-back", Person(i), 0.3m).ShouldBe(TestArm.Control);
            }
        }
    }

    [Fact]
    public void Share_zero_leaves_nobody_alone_and_share_one_everybody()
    {
        var people = Enumerable.Range(0, 500).Select(Person).ToList();
        people.ShouldAllBe(p => ControlDraw.ArmOf("x", p, 0) == TestArm.Treatment);
        people.ShouldAllBe(p => ControlDraw.ArmOf("x", p, 1) == TestArm.Control);
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    public void A_share_outside_zero_to_one_is_refused(double share) =>
        Should.Throw<ArgumentOutOfRangeException>(() => ControlDraw.ArmOf("x", Person(1), (decimal)share));

    private static double Square(double x) => x * x;
}

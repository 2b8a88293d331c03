using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Tests.Scoring.Models;

public sealed class SpendValueTests
{
    private static readonly GeometricModel Bg = new(BuyingModelKind.BG, .242593, 4.413532, .792886, 2.425753);
    private static readonly SpendModel Spend = new(6.248802, 3.744588, 15.447748);
    private static readonly BuyingPattern Customer1 = new(2, 30.43, 38.86);

    [Theory]
    [InlineData(2, 22.35, 24.6586)]
    [InlineData(1, 11.77, 18.9115)]
    [InlineData(0, 0, 35.1710)]
    [InlineData(7, 73.74, 71.4629)]
    [InlineData(2, 25.55, 27.2824)]
    public void Expected_spend_of_the_first_CDNOW_customers(int x, double mean, double expected) =>
        Spend.ExpectedSpend(x, mean).ShouldBe(expected, 0.0051);

    [Fact]
    public void Twelve_months_at_one_percent_a_month_are_worth_36_28_in_weeks()
    {
        // lifetimes gives 36.2785 when it is told that the data are in weeks (a month of 4.345 weeks), 140.0962 when it is not.
        var year = new ValueHorizon(12, 4.345, 0.01, 1);
        CustomerValue.Of(Bg, Spend, Customer1, 22.352, year).Margin.ShouldBe(36.2785, 0.01);
    }

    [Fact]
    public void Without_a_discount_the_steps_do_not_matter()
    {
        var whole = CustomerValue.Of(Bg, Spend, Customer1, 22.35, new ValueHorizon(1, 52, 0, 0.3));
        var steps = CustomerValue.Of(Bg, Spend, Customer1, 22.35, new ValueHorizon(52, 1, 0, 0.3));
        whole.Orders.ShouldBe(Bg.ExpectedOrders(Customer1, 52));
        whole.Margin.ShouldBe(whole.Orders * whole.Spend * 0.3, 1e-12);
        steps.Margin.ShouldBe(whole.Margin, 1e-12);
    }

    [Fact]
    public void A_discount_of_a_year_is_spread_over_its_steps() =>
        ValueHorizon.PerStep(0.12, 12).ShouldBe(Math.Pow(1.12, 1 / 12.0) - 1, 1e-15);

    [Fact]
    public void No_step_is_no_value() => CustomerValue.Of(Bg, Spend, Customer1, 22.35, new ValueHorizon(0, 30, 0.01, 1)).Margin.ShouldBe(0);
}

using RetentionFuncs.Reports;

namespace RetentionFuncs.Tests.Reports;

public sealed class MoneyUpliftTests
{
    private static readonly decimal[] SleepOne = [0.7m, -1.6m, -0.2m, -1.2m, -0.1m, 3.4m, 3.7m, 0.8m, 0.0m, 2.0m];
    private static readonly decimal[] SleepTwo = [1.9m, 0.8m, 1.1m, 0.1m, -0.1m, 4.4m, 5.5m, 1.6m, 4.6m, 3.4m];

    // R: t.test(extra ~ group, data = sleep): t = -1.8608, df = 17.776, 95 percent -3.3654832 to 0.2054832.
    [Fact]
    public void Welchs_interval_agrees_with_R_on_the_sleep_data()
    {
        var uplift = MoneyUplift.Of(ArmMoney.Of(SleepOne), ArmMoney.Of(SleepTwo)).ShouldNotBeNull();
        uplift.Difference.ShouldBe(-1.58, 1e-12);
        uplift.DegreesOfFreedom.ShouldBe(17.776, 5e-4);
        uplift.Interval.Low.ShouldBe(-3.3654832, 1e-6);
        uplift.Interval.High.ShouldBe(0.2054832, 1e-6);
        uplift.Verdict.ShouldBe(Verdict.NotShown);
    }

    [Fact]
    public void Incremental_money_is_people_treated_times_the_difference()
    {
        var uplift = MoneyUplift.Of(ArmMoney.Of([10, 30, 20, 20]), ArmMoney.Of([5, 15])).ShouldNotBeNull();
        uplift.Difference.ShouldBe(10, 1e-12);
        uplift.Incremental.ShouldBe(40, 1e-9);
        uplift.IncrementalInterval.Low.ShouldBe(4 * uplift.Interval.Low, 1e-9);
    }

    [Fact]
    public void Arms_that_all_bought_nothing_have_no_interval_rather_than_a_certain_zero() =>
        MoneyUplift.Of(ArmMoney.Of([0, 0, 0]), ArmMoney.Of([0, 0])).ShouldBeNull();

    [Fact]
    public void An_arm_of_one_has_no_spread() => MoneyUplift.Of(ArmMoney.Of([10]), ArmMoney.Of([5, 15])).ShouldBeNull();

    [Fact]
    public void The_variance_survives_large_amounts()
    {
        var arm = ArmMoney.Of([1_000_000_001m, 1_000_000_002m, 1_000_000_003m]);
        arm.Variance.ShouldBe(1, 1e-6);
        arm.Total.ShouldBe(3_000_000_006m);
    }
}

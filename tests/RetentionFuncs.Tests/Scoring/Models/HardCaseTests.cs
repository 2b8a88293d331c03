namespace RetentionFuncs.Tests.Scoring.Models;

public sealed class HardCaseTests
{
    private const double Digits = 3e-13;

    [Theory]
    [MemberData(nameof(HardCases.All), MemberType = typeof(HardCases))]
    public void Likelihood_agrees_with_arbitrary_precision(HardCase known) =>
        known.Model.LogLikelihood(known.Pattern).ShouldBe(known.LogLikelihood, Digits * Math.Max(1, Math.Abs(known.LogLikelihood)));

    [Theory]
    [MemberData(nameof(HardCases.All), MemberType = typeof(HardCases))]
    public void Chance_alive_agrees_with_arbitrary_precision(HardCase known) =>
        known.Model.ChanceAlive(known.Pattern).ShouldBe(known.Alive, Digits * known.Alive);

    [Theory]
    [MemberData(nameof(HardCases.All), MemberType = typeof(HardCases))]
    public void Chance_of_return_agrees_with_arbitrary_precision(HardCase known) =>
        known.Model.ChanceOfReturn(known.Pattern, known.Time).ShouldBe(known.Return, Digits * known.Return);

    [Theory]
    [MemberData(nameof(HardCases.All), MemberType = typeof(HardCases))]
    public void Expected_orders_agree_with_arbitrary_precision(HardCase known) =>
        known.Model.ExpectedOrders(known.Pattern, known.Time).ShouldBe(known.Orders, Digits * known.Orders);
}

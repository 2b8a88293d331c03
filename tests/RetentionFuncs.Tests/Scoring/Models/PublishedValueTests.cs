using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Tests.Scoring.Models;

/// <summary>
/// Values from the literature and the test suites of public packages, weeks of CDNOW unless said otherwise: Fader, Hardie, Lee 2005 and its
/// spreadsheet, BTYD's vignette and manual, CLVTools' issues, and 60-digit arithmetic.
/// </summary>
public sealed class PublishedValueTests
{
    private static readonly GeometricModel Exact = new(BuyingModelKind.BG, .2425945, 4.4136019, .7929199, 2.4258881);
    private static readonly GeometricModel Bg = new(BuyingModelKind.BG, .242593, 4.413532, .792886, 2.425753);
    private static readonly GeometricModel Mbg = new(BuyingModelKind.MBG, .524838, 6.182992, .891356, 1.613999);
    private static readonly ParetoModel Pareto = new(.55328, 10.57761, .60621, 11.66791);

    /// <summary>The first ten customers of the sample, weeks to two decimals.</summary>
    private static readonly BuyingPattern[] First =
    [
        new(2, 30.43, 38.86),
        new(1, 1.71, 38.86),
        new(0, 0, 38.86),
        new(0, 0, 38.86),
        new(0, 0, 38.86),
        new(7, 29.43, 38.86),
        new(1, 5, 38.86),
        new(0, 0, 38.86),
        new(2, 35.71, 38.86),
        new(0, 0, 38.86),
    ];

    private static void Agree(IEnumerable<double> values, double[] published, double within)
    {
        foreach (var (value, known) in values.Zip(published))
        {
            value.ShouldBe(known, within);
        }
    }

    [Theory]
    [InlineData(2, 30.43, -9.459693267945, .7266086107682, .5546069442577, 1.225905704510)]
    [InlineData(0, 0, -.5538072618207, 1, .1443285424290, .1947819471242)]
    public void Vectors_BG(int x, double recency, double logLikelihood, double alive, double back, double orders) =>
        AgreesWithVector(Exact, new(x, recency, 38.86), logLikelihood, alive, back, orders);

    [Theory]
    [InlineData(2, 30.43, -9.485855479973, .7061257707715, .5599187939365, 1.262669398644)]
    [InlineData(0, 0, -.5396113091142, .3897151974866, .1087962104630, .1539543028795)]
    public void Vectors_MBG(int x, double recency, double logLikelihood, double alive, double back, double orders) =>
        AgreesWithVector(
            new GeometricModel(BuyingModelKind.MBG, .524843, 6.183085, .891359, 1.614002),
            new(x, recency, 38.86),
            logLikelihood,
            alive,
            back,
            orders
        );

    [Theory]
    [InlineData(2, 30.43, -9.554283245150, .8691675591530, .5919372763935, 1.455123193258)]
    [InlineData(0, 0, -.5210462940809, .2952866046169, .0692851840543, .1070814682153)]
    public void Vectors_Pareto(int x, double recency, double logLikelihood, double alive, double back, double orders) =>
        AgreesWithVector(new ParetoModel(.553, 10.578, .606, 11.669), new(x, recency, 38.86), logLikelihood, alive, back, orders);

    private static void AgreesWithVector(
        BuyingModel model,
        BuyingPattern pattern,
        double logLikelihood,
        double alive,
        double back,
        double orders
    )
    {
        model.LogLikelihood(pattern).ShouldBe(logLikelihood, 1e-12);
        model.ChanceAlive(pattern).ShouldBe(alive, 1e-13);
        model.ChanceOfReturn(pattern, 39).ShouldBe(back, 1e-13);
        model.ExpectedOrders(pattern, 39).ShouldBe(orders, 1e-12);
    }

    [Fact]
    public void First_ten_customers_BG()
    {
        double[] alive = [.726609, .212227, 1, 1, 1, .641801, .314918, 1, .784808, 1];
        double[] orders = [1.225910, .203251, .194781, .194781, .194781, 3.337239, .301598, .194781, 1.324101, .194781];
        Agree(First.Select(Bg.ChanceAlive), alive, 1e-6);
        Agree(First.Select(p => Bg.ExpectedOrders(p, 39)), orders, 1.5e-6);
    }

    [Fact]
    public void First_ten_customers_MBG()
    {
        double[] alive = [.706126, .170820, .389716, .389716, .389716, .622639, .259504, .389716, .771496, .389716];
        double[] orders = [1.262671, .188789, .153954, .153954, .153954, 3.166805, .286803, .153954, 1.379563, .153954];
        Agree(First.Select(Mbg.ChanceAlive), alive, 1e-6);
        Agree(First.Select(p => Mbg.ExpectedOrders(p, 39)), orders, 1.5e-6);
    }

    [Fact]
    public void First_ten_customers_Pareto()
    {
        double[] alive = [.869119, .167872, .295097, .295097, .295097, .749416, .255150, .295097, .958445, .295097];
        double[] orders = [1.455113, .170981, .107060, .107060, .107060, 3.711748, .259875, .107060, 1.604667, .107060];
        Agree(First.Select(Pareto.ChanceAlive), alive, 2e-6);
        Agree(First.Select(p => Pareto.ExpectedOrders(p, 39)), orders, 2e-5);
    }

    [Fact]
    public void The_spreadsheet_s_first_customer_is_expected_to_buy_1_226_times()
    {
        var rounded = new GeometricModel(BuyingModelKind.BG, .243, 4.414, .793, 2.426);
        rounded.ExpectedOrders(First[0], 39).ShouldBe(1.226028, 1e-6);
        rounded.ChanceAlive(First[0]).ShouldBe(.726579, 1e-6);
    }

    [Fact]
    public void A_new_customer_s_orders_follow_the_spreadsheet()
    {
        double[] weeks = [1 / 7.0, 1, 3, 31 + (6 / 7.0), 32, 78];
        Agree(weeks.Select(Bg.ExpectedOrdersOfNew), [.007814, .053185, .150632, 1.040495, 1.043737, 1.857972], 1e-6);
    }

    [Fact]
    public void BTYD_s_buyer_of_26_is_alive_and_will_buy_25_times_in_a_year()
    {
        var shipped = new ParetoModel(.55339714, 10.58019854, .60606250, 11.65622367);
        var published = new ParetoModel(.5533971, 10.5801985, .6060625, 11.6562237);
        published.ExpectedOrders(new(26, 30.86, 31), 52).ShouldBe(25.46, 0.005);
        published.ChanceAlive(new(26, 30.86, 31)).ShouldBe(.9979, 5e-5);
        shipped.ChanceAlive(new(0, 0, 39)).ShouldBe(.29416334, 1e-8);
    }

    [Fact]
    public void BTYD_s_buyer_of_26_at_the_rounded_parameters()
    {
        var rounded = new ParetoModel(.553, 10.578, .606, 11.669);
        rounded.ExpectedOrders(new(26, 30.86, 31), 52).ShouldBe(25.458473, 1e-6);
        rounded.ChanceAlive(new(26, 30.86, 31)).ShouldBe(.997919, 1e-6);
        rounded.ChanceAlive(new(0, 0, 39)).ShouldBe(.294467, 1e-6);
    }

    [Theory]
    [InlineData(221, 103.42857, 103.57143, .99959605231794)]
    [InlineData(254, 97.14286, 97.28571, .99955822612301)]
    [InlineData(161, 94.71429, 98, .74948775225594)]
    [InlineData(204, 98.57143, 99.42857, .99425507963790)]
    public void Frequent_buyers_who_had_no_chance_alive_in_CLVTools_100(int x, double recency, double age, double alive) =>
        new ParetoModel(.5143, 2.8845, .2856, 14.1087).ChanceAlive(new(x, recency, age)).ShouldBe(alive, 1e-11);

    [Fact]
    public void The_expectation_that_was_no_number_in_lifetimes_302() =>
        new GeometricModel(BuyingModelKind.BG, .11, 2.24, .31, .5).ExpectedOrders(new(0, 0, 1), 30).ShouldBe(.56458861553278, 1e-13);
}

using System.Text.Json;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Choosing;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Tests.Scoring.Choosing;

public sealed class FittedModelJsonTests
{
    private static readonly Lazy<FittedModel> Fitted = new(() =>
        ChooseModel.Run(
            [.. SimulatedShop.Of(500, 31, alpha: 12, market: "DE"), .. SimulatedShop.Of(500, 32, alpha: 250, market: "US")],
            SimulatedShop.End,
            new ChoiceOptions { HorizonDays = 90 },
            7
        )
    );

    [Fact]
    public void What_is_written_reads_back_to_the_same_line_by_line()
    {
        var written = FittedModelJson.Write(Fitted.Value);
        var read = FittedModelJson.Read(written);

        FittedModelJson.Write(read).ShouldBe(written);
        read.Model.ShouldBeEquivalentTo(Fitted.Value.Model);
        read.Groups.Count.ShouldBe(2);
        read.Holdouts.ShouldBe(Fitted.Value.Holdouts);
        var pattern = new BuyingPattern(3, 100, 170);
        read.ChanceOfReturn(pattern, "DE").ShouldBe(Fitted.Value.ChanceOfReturn(pattern, "DE"));
    }

    [Theory]
    [InlineData(BuyingModelKind.Pareto, "r", "alpha", "s", "beta")]
    [InlineData(BuyingModelKind.BG, "r", "alpha", "a", "b")]
    public void The_model_has_the_names_that_others_read(BuyingModelKind kind, params string[] parameters)
    {
        var values = kind == BuyingModelKind.Pareto ? BuyingModel.Of(kind, [1, 2, 3, 4]) : BuyingModel.Of(kind, [1, 2, 3, 4]);
        var json = JsonDocument.Parse(FittedModelJson.Write(Fitted.Value with { Model = values, LogLikelihood = -12.5 })).RootElement;

        json.GetProperty("schema").GetInt32().ShouldBe(1);
        var model = json.GetProperty("model");
        model.EnumerateObject().Select(p => p.Name).ShouldBe(["kind", "parameters", "timeUnit", "logLikelihood", "customers", "asOf"]);
        model.GetProperty("kind").GetString().ShouldBe(kind.ToString());
        model.GetProperty("parameters").EnumerateObject().Select(p => p.Name).ShouldBe(parameters);
        model.GetProperty("timeUnit").GetString().ShouldBe("day");
        model.GetProperty("logLikelihood").GetDouble().ShouldBe(-12.5);
        model.GetProperty("customers").GetInt32().ShouldBe(1000);
        model.GetProperty("asOf").GetString().ShouldBe("2026-03-01");
        var candidate = json.GetProperty("candidates")[0];
        candidate
            .EnumerateObject()
            .Select(p => p.Name)
            .ShouldBe(["rule", "auc", "logLoss", "logLossError", "countBias", "calibration", "note"]);
        candidate.GetProperty("rule").GetString().ShouldBe("MBG");
    }

    [Fact]
    public void A_fit_without_a_model_is_written_and_read_too()
    {
        var small = ChooseModel.Run([SimulatedShop.Once(700_000)], SimulatedShop.End, new ChoiceOptions(), 1);

        var read = FittedModelJson.Read(FittedModelJson.Write(small));

        read.Model.ShouldBeNull();
        read.Why.ShouldBe(small.Why);
        read.PopulationGapDays.ShouldBeNull();
    }

    [Fact]
    public void Another_schema_is_refused_by_its_number() =>
        Should
            .Throw<InvalidDataException>(() =>
                FittedModelJson.Read(FittedModelJson.Write(Fitted.Value).Replace("\"schema\": 1", "\"schema\": 2"))
            )
            .Message.ShouldContain("schema 2");

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"schema\": \"one\"}")]
    public void What_is_no_fit_is_refused_in_words(string json) =>
        Should.Throw<InvalidDataException>(() => FittedModelJson.Read(json)).Message.ShouldContain("score --fit");

    [Fact]
    public void A_refit_that_holds_a_fit_is_written_as_a_whole()
    {
        var refit = new Refit(
            RfmScorer.CutPointsOf([], SimulatedShop.End, "EUR", 7),
            12.5m,
            new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
            Fitted.Value
        );

        var read = JsonSerializer.Deserialize<Refit>(JsonSerializer.Serialize(refit)).ShouldNotBeNull();

        FittedModelJson.Write(read.Model.ShouldNotBeNull()).ShouldBe(FittedModelJson.Write(Fitted.Value));
    }
}

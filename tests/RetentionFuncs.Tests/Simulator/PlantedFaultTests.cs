using RetentionFuncs.Simulation.Plants;
using RetentionFuncs.Simulation.Runs;

namespace RetentionFuncs.Tests.Simulator;

/// <summary>A checker that does not find a planted fault proves nothing. In two parts, so that both cores look for them.</summary>
public sealed class PlantedFaultTests
{
    public static TheoryData<string> Plants => HalfOf(0);

    internal static TheoryData<string> HalfOf(int half) => new(Plant.All.Where((_, i) => i % 2 == half).Select(p => p.Name));

    [Theory]
    [MemberData(nameof(Plants))]
    public void A_planted_fault_is_found(string name)
    {
        var trial = PlantTrial.Of(Plant.ByName(name)!, seed: 3);

        trial.IsFound.ShouldBeTrue(trial.ToString());
    }

    [Fact]
    public void At_least_forty_faults_are_planted_each_under_a_name_of_its_own()
    {
        Plant.All.Count.ShouldBeGreaterThanOrEqualTo(40);
        Plant.All.Select(p => p.Name).ShouldBeUnique();
    }
}

/// <summary>The other half.</summary>
public sealed class MorePlantedFaultTests
{
    public static TheoryData<string> Plants => PlantedFaultTests.HalfOf(1);

    [Theory]
    [MemberData(nameof(Plants))]
    public void A_planted_fault_is_found(string name)
    {
        var trial = PlantTrial.Of(Plant.ByName(name)!, seed: 3);

        trial.IsFound.ShouldBeTrue(trial.ToString());
    }
}

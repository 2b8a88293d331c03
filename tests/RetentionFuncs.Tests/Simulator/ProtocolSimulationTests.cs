using System.Text.Json;
using RetentionFuncs.Simulation.Plants;
using RetentionFuncs.Simulation.Runs;
using RetentionFuncs.Simulation.Worlds;

namespace RetentionFuncs.Tests.Simulator;

/// <summary>The production code, from plan to evidence, lived through in worlds where everything goes wrong that may.</summary>
public sealed class ProtocolSimulationTests(FiftyThousandTouches fifty) : IClassFixture<FiftyThousandTouches>
{
    [Fact]
    public void Fifty_thousand_touches_keep_every_promise()
    {
        fifty.Summary.Violations.ShouldBeEmpty();
        fifty.Summary.Touches.ShouldBeGreaterThanOrEqualTo(50_000);
        fifty.Summary.Crashes.ShouldBeGreaterThan(10_000);
        fifty.Summary.LostAnswers.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public void Planned_is_the_sum_of_end_states_and_each_is_an_end() =>
        fifty.Summary.EndStates.Keys.ShouldBeSubsetOf(["Sent", "Refused", "Unknown", "Skipped", "Expired", "Parked"]);

    [Fact]
    public void Of_what_was_accepted_999_in_1000_are_on_file_as_sent()
    {
        var repaired = (double)fifty.Summary.AcceptedAndSent / fifty.Summary.Accepted;

        repaired.ShouldBeGreaterThan(0.999);
        fifty.Summary.Accepted.ShouldBeGreaterThan(30_000);
    }

    [Fact]
    public void Catalogue_088_A_process_dies_before_in_and_after_every_call_of_a_port() =>
        fifty.Summary.CoverageGaps().ShouldBeEmpty("list the points with --points and bring CrashPoints up to date");

    [Theory]
    [InlineData(11UL, false)]
    [InlineData(12UL, true)]
    [InlineData(13UL, false)]
    public void The_same_seed_lives_the_same_life(ulong seed, bool wildClocks)
    {
        var options = new WorldOptions(seed, Harshness.Harsh, wildClocks, null);
        var (first, second) = (WorldResult.Of(options), WorldResult.Of(options));

        second.Trace.ShouldBe(first.Trace);
        second.EndStates.ShouldBe(first.EndStates);
        WorldResult.Of(options with { Seed = seed + 100 }).Trace.ShouldNotBe(first.Trace);
    }

    [Fact]
    public void The_second_reader_finds_nothing_either_and_agrees_about_every_history()
    {
        fifty.Summary.SecondReading.ShouldBeEmpty();
        fifty.Summary.Disagreements.ShouldBeEmpty();
    }

    [Fact]
    public void A_day_on_which_everybody_is_written_to_twelve_times_keeps_every_promise()
    {
        var rush = new SimulationRun(25_000, Seed: 4) { Rush = true, SmallWorlds = 0 }.Run();

        rush.Violations.ShouldBeEmpty();
        rush.SecondReading.ShouldBeEmpty();
        rush.Touches.ShouldBeGreaterThan(25_000);
        rush.Worlds.ShouldBeGreaterThan(1);
        rush.Crashes.ShouldBeGreaterThan(100);
        rush.EndStates["Sent"].ShouldBeGreaterThan(18_000);
        rush.EndStates["Skipped"].ShouldBeGreaterThan(1_000, "the cap is reached where two customers share an address");
    }

    [Fact]
    public void What_a_world_came_to_goes_from_one_process_to_another_whole()
    {
        var result = WorldResult.Of(new WorldOptions(11, Harshness.Harsh, false, Plant.ByName("cap-ignored")));

        var line = JsonSerializer.Serialize(result);
        var told = JsonSerializer.Deserialize<WorldResult>(line)!;

        JsonSerializer.Serialize(told).ShouldBe(line);
        (told.Trace, told.Touches, told.Lived, told.Struck.Count).ShouldBe(
            (result.Trace, result.Touches, result.Lived, result.Struck.Count)
        );
        told.Violations.ShouldBe(result.Violations);
        result.Violations.ShouldNotBeEmpty();
    }

    [Fact]
    public void How_many_worlds_are_lived_side_by_side_changes_nothing()
    {
        var (alone, abreast) = (new SimulationRun(1500, Seed: 5) { Jobs = 1 }.Run(), new SimulationRun(1500, Seed: 5) { Jobs = 3 }.Run());

        abreast.Trace.ShouldBe(alone.Trace);
        (abreast.Worlds, abreast.Touches).ShouldBe((alone.Worlds, alone.Touches));
    }
}

/// <summary>One run that several tests look at.</summary>
public sealed class FiftyThousandTouches
{
    public SimulationSummary Summary { get; } = new SimulationRun(50_000, Seed: 4) { SmallWorlds = int.MaxValue }.Run();
}

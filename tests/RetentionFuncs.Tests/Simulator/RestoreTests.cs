using RetentionFuncs.Simulation.Restores;
using Xunit.Abstractions;

namespace RetentionFuncs.Tests.Simulator;

/// <summary>A store that is put back to an earlier moment, under the same provider and queue.</summary>
public sealed class RestoreTests(ITestOutputHelper output)
{
    [Fact]
    public void Catalogue_124_A_restored_store_sends_again_unless_it_starts_in_quarantine()
    {
        var restores = RestoreSummary.Of(4, seed: 1, jobs: 2);
        output.WriteLine(restores.ToString());

        restores.ResentGuarded.ShouldBe(0);
        restores.ResentUnguarded.ShouldBeGreaterThan(0, "else the guard proves nothing");
        restores.Guarded.Sum(w => w.Accepted).ShouldBeGreaterThan(500, "quarantine ends");
    }
}

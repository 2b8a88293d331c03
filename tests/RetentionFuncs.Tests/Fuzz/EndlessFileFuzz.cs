using System.Text;
using RetentionFuncs.Imports;
using RetentionFuncs.Tests.Trips;
using Xunit.Abstractions;

namespace RetentionFuncs.Tests.Fuzz;

/// <summary>By itself, after the tests that run side by side: it looks at the memory of the whole process.</summary>
[CollectionDefinition(nameof(EndlessFileFuzz), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(EndlessFileFuzz))]
public sealed class EndlessFileFuzz(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("retention-fuzz-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Long quotes, lines and columns without end: what is held in memory stays small.</summary>
    [Fact]
    public Task A_file_that_never_ends_a_field_line_or_header_is_held_in_little_memory() =>
        FuzzRun.RunAsync(
            output,
            8,
            async c =>
            {
                const int length = 12_000_000;
                var piece = c.Try(c.Of(["\"", "\"\"", "x", ",", "a,\"b\nc\",", "\"a\"\"", "=\"", "\t;|,"]));
                var body = Encoding.UTF8.GetBytes("customer_id,order_id,date,amount\nc1,o1,2025-01-02,5\n");
                var unit = Encoding.UTF8.GetBytes(piece);
                var source = new ImportSource("endless.csv", () => new RepeatingStream(body, unit, length));
                var world = new TripWorld();
                using var peak = new PeakMemory();
                ImportFuzz.Check(
                    await ImportKinds.RunAsync(
                        "orders",
                        ImportFuzz.Ground(world),
                        source,
                        ImportFuzz.OptionsIn(c, _folder),
                        ImportFuzz.Sink(world)
                    ),
                    []
                );
                peak.Grown.ShouldBeLessThan(64_000_000);
            }
        );
}

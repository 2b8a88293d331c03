using System.Text;
using RetentionFuncs.Imports;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Imports;
using RetentionFuncs.Tests.Trips;
using Xunit.Abstractions;

namespace RetentionFuncs.Tests.Fuzz;

/// <summary>Files of every kind, built with the shapes that files have and then bent, taken into a whole product.</summary>
public sealed class ImportFuzz(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("retention-fuzz-").FullName;

    public static TheoryData<string> Kinds => [.. ImportKinds.All];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>No exception; every row accounted for; the same file again changes nothing that is on file.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public Task Every_row_of_a_bent_file_is_accounted_for_and_the_second_time_changes_nothing(string kind) =>
        FuzzRun.RunAsync(
            output,
            250,
            async c =>
            {
                var world = new TripWorld();
                var options = Options(c);
                var file = c.Try(ImportFiles.Make(c, kind));
                var first = await ImportAsync(world, kind, file, options);
                Check(first, file);
                if (first is not ImportOutcome.Completed { Report: var report })
                {
                    Content(world.Store).ShouldBeEmpty();
                    return;
                }

                var before = Content(world.Store);
                world.Clock.Now += TimeSpan.FromHours(1);
                var again = await ImportAsync(world, kind, file, options);
                var second = again.ShouldBeOfType<ImportOutcome.Completed>().Report;
                (second.Rows, second.Accepted, second.Refused).ShouldBe((report.Rows, report.Accepted, report.Refused));
                second.Unchanged.ShouldBe(second.Accepted);
                Content(world.Store).ShouldBe(before);
            },
            $"{nameof(ImportFuzz)}.{kind}"
        );

    private Task<ImportOutcome> ImportAsync(TripWorld world, string kind, byte[] file, ImportOptions options) =>
        ImportKinds.RunAsync(kind, Ground(world), ImportWorld.File_(file), options, Sink(world));

    internal static ImportGround Ground(TripWorld world) =>
        new(world.Product.Calendar, "EUR", world.Secret, world.Store, world.Clock, world.Product.Ids);

    internal static RecordImport Sink(TripWorld world) => new(world.Product.ImportVerbs, world.Clock.Now);

    private ImportOptions Options(FuzzCase c) => OptionsIn(c, _folder);

    internal static ImportOptions OptionsIn(FuzzCase c, string folder) =>
        new()
        {
            Dates = c.Of<DateOrder?>([null, null, .. Enum.GetValues<DateOrder>().Cast<DateOrder?>()]),
            Numbers = c.Of<DecimalMark?>([null, null, DecimalMark.Point, DecimalMark.Comma]),
            AllowFuture = c.OneIn(4),
            RefusedFile = Path.Combine(folder, "refused.csv"),
            TempFolder = folder,
            Language = c.Of(["en", "zh"]),
        };

    internal static void Check(ImportOutcome outcome, byte[] file)
    {
        switch (outcome)
        {
            case ImportOutcome.Completed(var report):
                // Another builder of rows may pass over some for a reason of its own.
                var skipped = Convert.ToInt64(typeof(ImportReport).GetProperty("Skipped")?.GetValue(report) ?? 0L);
                report.Rows.ShouldBe(report.Accepted + report.Refused + skipped);
                report.Refusals.ShouldAllBe(r => r.Line > 0 && r.Reason.Length > 0);
                report.Unchanged.ShouldBeInRange(0, report.Accepted);
                break;
            case ImportOutcome.FileRefused(_, var line, var reason):
                reason.ShouldNotBeNullOrWhiteSpace();
                (line ?? 1).ShouldBeGreaterThan(0);
                break;
            default:
                throw new InvalidOperationException($"{outcome} of {file.Length} bytes");
        }
    }

    /// <summary>Everything on file but the account of the imports themselves.</summary>
    private static IReadOnlyList<string> Content(SimRowStore store) =>
        [
            .. Enum.GetValues<StoreTable>()
                .Where(t => t is not StoreTable.Imports)
                .SelectMany(store.Everything)
                .Select(r => $"{r.Partition}/{r.Row.Key} {string.Join(',', r.Row.Properties.Entries)}"),
        ];
}

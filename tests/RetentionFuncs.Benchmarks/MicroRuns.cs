using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Segments;

namespace RetentionFuncs.Benchmarks;

/// <summary>The pure pieces that run once per customer.</summary>
[MemoryDiagnoser]
public class MicroRuns
{
    private readonly AudienceExpression _audience = AudienceExpression.Parse(
        "stage >= lapsing and spend > 200 and country in (\"DE\", \"FR\")"
    );
    private readonly PurchaseSummary _summary = new(
        [.. Enumerable.Range(0, 12).Select(i => new DateOnly(2024, 1, 1).AddDays(i * 40))],
        12,
        [new Money(480, "EUR")]
    );

    private readonly AudienceFacts _facts = new(
        LapseStage.Lapsing,
        130,
        12,
        12,
        480,
        600,
        2,
        4,
        4,
        "DE",
        "en",
        Customers.CustomerKind.Person,
        true,
        true
    );
    private readonly StageStanding _standing = new(LapseStage.Active, new DateOnly(2025, 3, 16), new DateOnly(2025, 5, 15));

    public static int Run()
    {
        _ = BenchmarkRunner.Run<MicroRuns>();
        return 0;
    }

    [Benchmark]
    public bool AudienceMatches() => _audience.Matches(_facts);

    [Benchmark]
    public StageStanding StageReview() => StageSchedule.Review(_summary, _standing, LapseRule.Default, new DateOnly(2025, 8, 1));
}

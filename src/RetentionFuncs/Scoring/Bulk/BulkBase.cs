using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>Everybody, ready to be scored part by part.</summary>
/// <param name="Spend">Null when spend could not be fitted: then nothing has a value.</param>
/// <param name="HorizonDays">Chances, orders and values are within so many days.</param>
public sealed class BulkBase(
    BulkPatterns patterns,
    GeometricModel model,
    SpendModel? spend,
    int horizonDays,
    ReturnLevels levels,
    int lanes
)
{
    private readonly BulkScore _score = BulkScore.For(patterns, model, horizonDays);
    private readonly BulkStages _stages = BulkStages.For(patterns, model, horizonDays, levels, lanes);

    public int Lanes => lanes;

    public int Parts => patterns.Blocks.Count;

    public GeometricModel Model => model;

    public SpendModel? Spend => spend;

    public int HorizonDays => horizonDays;

    public DateOnly AsOf => DateOnly.FromDayNumber(patterns.Day);

    /// <summary>Scores one part; as often as it is asked, the same.</summary>
    public ScoredPart Part(int part)
    {
        var block = patterns.Blocks[part];
        var scores = _score.Over(block);
        return new(block, scores, _stages.Over(block), spend is null ? null : BulkValue.Over(block, scores.ExpectedOrders, spend));
    }

    /// <summary>Expected spend of the part's customers, in cents, had they bought on the day itself; null without a spend model.</summary>
    public long[]? ValuesWithoutSilence(PatternBlock block)
    {
        var fresh = block.Fresh();
        return spend is null ? null : BulkValue.Over(block, _score.Over(fresh).ExpectedOrders, spend);
    }
}

/// <param name="Values">Expected spend within the horizon in cents; null without a spend model.</param>
public sealed record ScoredPart(PatternBlock Patterns, ScoreBlock Scores, StageBlock Stages, long[]? Values);

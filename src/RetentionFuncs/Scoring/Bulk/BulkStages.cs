using System.Runtime.CompilerServices;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>
/// Stage and next crossing day of everybody, by the chance of return: equal to <see cref="LapseRule.ChanceOfReturn"/>. The days of a
/// customer hang on x and t_x alone, of which a million customers have few pairs; each is solved once, beginning at the days of the pair
/// before it.
/// </summary>
public sealed class BulkStages
{
    private readonly GeometricModel _model;
    private readonly int _horizon;
    private readonly int _day;
    private readonly ReturnLevels _levels;
    private readonly PairTable<LapseBands> _bands;

    private BulkStages(GeometricModel model, int horizonDays, ReturnLevels levels, BulkPatterns patterns)
    {
        (_model, _horizon, _levels, _day) = (model, horizonDays, levels, patterns.Day);
        _bands = PairTable<LapseBands>.Of(patterns.Blocks);
    }

    public static IReadOnlyList<StageBlock> Run(
        BulkPatterns patterns,
        GeometricModel model,
        int horizonDays,
        ReturnLevels levels,
        int lanes
    )
    {
        var stages = For(patterns, model, horizonDays, levels, lanes);
        var blocks = new StageBlock[patterns.Blocks.Count];
        Lanes.ForEach(blocks.Length, lanes, (_, i) => blocks[i] = stages.Over(patterns.Blocks[i]));
        return blocks;
    }

    internal static BulkStages For(BulkPatterns patterns, GeometricModel model, int horizonDays, ReturnLevels levels, int lanes)
    {
        var stages = new BulkStages(model, horizonDays, levels, patterns);
        Lanes.ForEach(stages._bands.Repeats, lanes, (_, x) => stages.Solve(x));
        return stages;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal StageBlock Over(PatternBlock block)
    {
        var found = new StageBlock(new LapseStage[block.Customers], new int[block.Customers]);
        for (var i = 0; i < block.Customers; i++)
        {
            var silence = block.Age[i] - block.Recency[i];
            var bands = _bands.At(block.Repeats[i], block.Recency[i]);
            found.Stages[i] = bands.StageAt(silence, block.Repeats[i] + 1);
            found.NextOn[i] = bands.NextAfter(silence) is { } next ? _day - silence + next : 0;
        }

        return found;
    }

    private void Solve(int x)
    {
        LapseBands? near = null;
        foreach (ref var cell in _bands.Row(x, out var first))
        {
            if (cell.IsUsed)
            {
                near = cell.Value = Solve(new BuyingPattern(x, first, first), near);
            }

            first++;
        }
    }

    private LapseBands Solve(BuyingPattern pattern, LapseBands? near)
    {
        var fresh = _model.ChanceOfReturn(pattern.AfterSilence(1), _horizon);
        double ShareAt(int gap) => _model.ChanceOfReturn(pattern.AfterSilence(gap), _horizon) / fresh;
        return near is null ? ReturnCrossings.Solve(ShareAt, _levels) : ReturnCrossings.SolveNear(ShareAt, _levels, near);
    }
}

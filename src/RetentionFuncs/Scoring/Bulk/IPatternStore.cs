namespace RetentionFuncs.Scoring.Bulk;

/// <summary>Keeps the blocks of patterns of one scan.</summary>
internal interface IPatternStore : IReadOnlyList<PatternBlock>
{
    /// <summary>Called once for each part, from any lane.</summary>
    void Put(int part, PatternBlock block);
}

internal sealed class HeldPatterns : IPatternStore
{
    private readonly PatternBlock[] _blocks = new PatternBlock[RowShelf.Parts];

    public int Count => _blocks.Length;

    public PatternBlock this[int index] => _blocks[index];

    public void Put(int part, PatternBlock block) => _blocks[part] = block;

    public IEnumerator<PatternBlock> GetEnumerator() => _blocks.AsEnumerable().GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}

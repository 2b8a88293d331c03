namespace RetentionFuncs.Imports;

/// <summary>The second pass's view of slices: which groups are through already, and when to save.</summary>
internal sealed class SliceWalk(ImportSlice slice)
{
    /// <summary>Groups between two saved positions at most: what a crash repeats.</summary>
    public const int Step = 2048;

    private readonly Dictionary<string, RefusedGroup> _refusedBefore = slice.Refused.ToDictionary(r => r.Key, StringComparer.Ordinal);
    private readonly List<RefusedGroup> _refused = [];
    private readonly string _after = slice.From?.After ?? "";
    private int _sinceSaved;
    private bool _hasSaved;

    public long UnchangedBefore => slice.From?.Unchanged ?? 0;

    public bool IsThrough(string key) => string.CompareOrdinal(key, _after) <= 0;

    /// <summary>The sink's answer to a group that is through; what it found unchanged is counted in <see cref="UnchangedBefore"/>.</summary>
    public ApplyOutcome AnswerBefore(string key) =>
        _refusedBefore.TryGetValue(key, out var group) ? new(0, group.Reason) { IsWithheld = group.IsWithheld } : new(0);

    public void NoteRefused(string key, Wording reason, bool withheld)
    {
        if (!IsThrough(key))
        {
            _refused.Add(new RefusedGroup(key, reason, withheld));
        }
    }

    /// <summary>Whether a position should be saved after the group just begun.</summary>
    public bool IsSaveDue()
    {
        _sinceSaved++;
        return _sinceSaved >= Step || (_hasSaved && slice.IsTimeUp());
    }

    /// <returns>Whether to go on.</returns>
    public async ValueTask<bool> SaveAsync(ImportPosition position)
    {
        var isMine = await slice.SaveAsync(position, _refused);
        _refused.Clear();
        (_sinceSaved, _hasSaved) = (0, true);
        return isMine && !slice.IsTimeUp();
    }
}

namespace RetentionFuncs.Findings;

/// <summary>Collects what is found in one file.</summary>
internal sealed class FindingList(string file)
{
    private readonly List<LintFinding> _findings = [];

    public string File => file;

    public IReadOnlyList<LintFinding> All => _findings;

    public bool HasErrors => _findings.Exists(f => f.IsError);

    public void Error(int line, int column, Phrase message, Phrase? hint = null) => Add(LintSeverity.Error, line, column, message, hint);

    public void Warning(int line, int column, Phrase message, Phrase? hint = null) =>
        Add(LintSeverity.Warning, line, column, message, hint);

    /// <summary>The same thing is told once, however many roads lead to it.</summary>
    private void Add(LintSeverity severity, int line, int column, Phrase message, Phrase? hint)
    {
        var finding = new LintFinding(severity, file, line, column, message, hint);
        if (!_findings.Contains(finding))
        {
            _findings.Add(finding);
        }
    }
}

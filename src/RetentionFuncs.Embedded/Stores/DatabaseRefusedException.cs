using RetentionFuncs.Findings;

namespace RetentionFuncs.Embedded.Stores;

/// <summary>The data folder cannot be opened. The reason says what was found, where, and what to do; nothing was changed.</summary>
public sealed class DatabaseRefusedException(Phrase reason, Exception? inner = null) : Exception(reason.En, inner)
{
    internal DatabaseRefusedException(string en, string zh, Exception? inner = null)
        : this(new Phrase(en, zh), inner) { }

    public Phrase Reason { get; } = reason;
}

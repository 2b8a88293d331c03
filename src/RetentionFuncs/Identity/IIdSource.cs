namespace RetentionFuncs.Identity;

/// <summary>Fresh ids for attempts and runs; injected, so that a simulation repeats itself.</summary>
public interface IIdSource
{
    /// <summary>26 base32 characters, never given twice.</summary>
    string NewId();
}

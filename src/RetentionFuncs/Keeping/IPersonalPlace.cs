namespace RetentionFuncs.Keeping;

/// <summary>A place outside the customer's own partition that may hold something of a person. Erasing twice is erasing once.</summary>
public interface IPersonalPlace
{
    /// <summary>For a person to read, such as <c>refused rows</c>.</summary>
    Findings.Phrase Name { get; }

    /// <summary>Takes away what is about the person and nothing of anybody else.</summary>
    /// <exception cref="Storage.StoreUnavailableException">Not known to be gone: erase again.</exception>
    ValueTask<PlaceErasure> EraseAsync(PersonTraces person);
}

/// <param name="Erased">Rows, lines or files taken away or blanked.</param>
/// <param name="Left">What holds the person still and cannot be changed by a program: a person must look at it.</param>
public sealed record PlaceErasure(int Erased, IReadOnlyList<string> Left)
{
    public static PlaceErasure Of(int erased) => new(erased, []);
}

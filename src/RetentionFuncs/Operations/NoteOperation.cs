using System.Globalization;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Operations;

/// <summary>Writes down who did what by hand, and why. Note first, then act: a note too many is better than one missing.</summary>
public sealed class NoteOperation(IRowStore store, IIdSource ids, TimeProvider clock)
{
    /// <summary>Longest text of one field, in UTF-16 units; the rest is cut off.</summary>
    public const int MaxLength = 1000;

    /// <exception cref="ArgumentException">Nobody, nothing or no reason is named.</exception>
    /// <exception cref="StoreUnavailableException">Not known to be written.</exception>
    public async ValueTask<Operation> RunAsync(string by, string what, string subject, string why)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        ArgumentException.ThrowIfNullOrWhiteSpace(what);
        ArgumentException.ThrowIfNullOrWhiteSpace(why);
        var done = new Operation(clock.GetUtcNow(), Cut(by), Cut(what), Cut(subject), Cut(why));
        var bag = new PropertyBag()
            .Set("at", done.At)
            .Set("by", done.By)
            .Set("what", done.What)
            .Set("subject", done.Subject)
            .Set("why", done.Why);
        await store.PutAnyAsync(OperatorLog.Partition, KeyOf(done.At, ids.NewId()), bag);
        return done;
    }

    /// <summary>The newest sorts first.</summary>
    private static string KeyOf(DateTimeOffset at, string id) =>
        string.Create(CultureInfo.InvariantCulture, $"{DateTime.MaxValue.Ticks - at.UtcTicks:D19}|{id}");

    private static string Cut(string text)
    {
        if (text.Length <= MaxLength)
        {
            return text;
        }

        // Half a surrogate pair is what no store keeps.
        var length = char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        return text[..length];
    }
}

using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.SecondReading;

/// <summary>Since when everything, or one campaign, is stopped.</summary>
internal sealed class Stops
{
    private const string Everything = "~kill-switch";
    private static readonly TimeSpan Known = TimeSpan.FromSeconds(5);
    private readonly Dictionary<string, DateTimeOffset> _since = new(StringComparer.Ordinal);

    public void Read(DateTimeOffset at, RowWrite head)
    {
        var stopped = head.Key == Everything ? head.Properties?.Flag("on") == true : head.Properties?.TextOrNull("status") is not "Live";
        if (!stopped)
        {
            _since.Remove(head.Key);
        }
        else
        {
            _since.TryAdd(head.Key, at);
        }
    }

    /// <summary>What stood so long when a message was taken up, and stands still, that the call should not have been made; or null.</summary>
    public string? Forbids(string campaign, DateTimeOffset takenUp) =>
        Forbids(Everything, takenUp, "everything was stopped") ?? Forbids(campaign, takenUp, $"{campaign} was stopped");

    private string? Forbids(string what, DateTimeOffset takenUp, string said) =>
        _since.TryGetValue(what, out var since) && takenUp - since > Known ? $"{said} at {since:HH:mm:ss.fff}" : null;
}

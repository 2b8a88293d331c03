namespace RetentionFuncs.Messages;

/// <summary>What a provider may record about the reader of one message.</summary>
/// <param name="Opens">An invisible picture tells when the message is looked at.</param>
/// <param name="Clicks">Links lead over the provider's own address.</param>
public readonly record struct Tracking(bool Opens, bool Clicks)
{
    public static Tracking None => default;

    /// <summary>
    /// The one place where it is decided, for every sender: only when the campaign asks for it and the reader's consent covers it. No
    /// campaign can ask today, so nothing is tracked.
    /// </summary>
    public static Tracking Of(OutboundMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return None;
    }
}

using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Web.PublicPages;

/// <summary>
/// What the public pages ask of the domain. Every call names a touch whose link was verified; the touch may still be unknown,
/// after an erasure for instance, and then nothing happens. A store that cannot answer throws
/// <see cref="Storage.StoreUnavailableException"/>, and the caller is told to come back.
/// </summary>
public interface IPublicRequests
{
    /// <summary>Withdraws marketing for the address the touch went to. Twice is once.</summary>
    Task<UnsubscribeAnswer> UnsubscribeAsync(TouchRef touch, UnsubscribeSource source, DateTimeOffset now);

    /// <summary>What the contact receives now, or null when the touch is unknown.</summary>
    Task<PreferenceView?> ReadAsync(TouchRef touch);

    /// <summary>Narrows what the contact receives or sets its language. Never widens: the link alone is no new consent.</summary>
    Task ChangeAsync(TouchRef touch, PreferenceChange change, DateTimeOffset now);
}

/// <summary>For the log and the report; the page says the same in every case.</summary>
public enum UnsubscribeAnswer
{
    Done,
    Already,
    NotFound,
}

public enum UnsubscribeSource
{
    /// <summary>The mail program's own button (RFC 8058).</summary>
    OneClick,

    /// <summary>The button on our page.</summary>
    Page,
}

/// <summary>What a contact receives, from most to least.</summary>
public enum MailChoice
{
    Everything,

    /// <summary>No offers; care and news only.</summary>
    CareOnly,

    /// <summary>Nothing for some time, then as before.</summary>
    Paused,

    /// <summary>Nothing but service messages.</summary>
    Nothing,
}

/// <param name="PausedUntil">The first day on which mail may come again, when <paramref name="Choice"/> is Paused.</param>
public sealed record PreferenceView(MailChoice Choice, DateOnly? PausedUntil);

/// <param name="Choice">CareOnly, Paused or Nothing; null leaves it as it is.</param>
/// <param name="PauseDays">Whole days from today when <paramref name="Choice"/> is Paused, else 0.</param>
/// <param name="Language"><c>en</c> or <c>zh-CN</c>; null leaves it as it is.</param>
public sealed record PreferenceChange(MailChoice? Choice, int PauseDays, string? Language);

using RetentionFuncs.ContactPolicy;
using RetentionFuncs.ContactPolicy.Confirmations;
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

    /// <summary>Confirms what the contact asked for by the mail of this touch; anything else comes to nothing. Twice is once.</summary>
    /// <param name="networkAddress">Where the press of the button came from, or null when not known.</param>
    Task<ConfirmAnswer> ConfirmAsync(TouchRef touch, string? networkAddress, DateTimeOffset now);

    /// <summary>What the contact receives now, or null when the touch is unknown.</summary>
    Task<PreferenceView?> ReadAsync(TouchRef touch);

    /// <summary>
    /// Narrows what the contact receives or sets its language. Never widens: the link alone is no new consent. Who wants to come back is
    /// sent a mail to confirm it.
    /// </summary>
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
public sealed record PreferenceView(MailChoice Choice, DateOnly? PausedUntil)
{
    /// <summary>The topics a person may choose among, refused ones included.</summary>
    public IReadOnlyList<TopicView> Topics { get; init; } = [];

    /// <summary>Something is refused that a confirmation by mail can take back.</summary>
    public bool MayComeBack { get; init; }
}

/// <param name="Topic">As the settings name it.</param>
public sealed record TopicView(Topic Topic, bool Refused);

/// <param name="Choice">CareOnly, Paused or Nothing; null leaves it as it is.</param>
/// <param name="PauseDays">Whole days from today when <paramref name="Choice"/> is Paused, else 0.</param>
/// <param name="Language"><c>en</c> or <c>zh-CN</c>; null leaves it as it is.</param>
public sealed record PreferenceChange(MailChoice? Choice, int PauseDays, string? Language)
{
    /// <summary>Keys of topics to refuse; only ever more than before.</summary>
    public IReadOnlyList<string> RefusedTopics { get; init; } = [];

    /// <summary>The person asks for everything again; a mail asks for the confirmation.</summary>
    public bool ComeBack { get; init; }

    public bool IsEmpty => Choice is null && Language is null && RefusedTopics.Count == 0 && !ComeBack;
}

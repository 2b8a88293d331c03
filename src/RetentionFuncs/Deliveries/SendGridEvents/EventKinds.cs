using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Deliveries.SendGridEvents;

/// <summary>What SendGrid's words mean in ours.</summary>
internal static class EventKinds
{
    /// <summary>The events that one of SendGrid's tells; none for a kind that says nothing about a delivery.</summary>
    public static IReadOnlyList<DeliveryEvent> Of(EventFields fields, TouchRef touch, string attempt, DateTimeOffset at)
    {
        return fields.Text("event") switch
        {
            "processed" => [New(DeliveryEventKind.Processed)],
            "deferred" => [New(DeliveryEventKind.Deferred, Joined(Numbered("attempt", fields.Text("attempt")), fields.Words("response")))],
            "delivered" => [New(DeliveryEventKind.Delivered, fields.Words("response"))],
            "bounce" => [New(DeliveryEventKind.Bounced, BounceWords(fields)) with { Bounce = BounceOf(fields) }],
            "dropped" => Dropped(New(DeliveryEventKind.Dropped, fields.Words("reason"))),
            "open" => [New(DeliveryEventKind.Opened, fields.Flag("sg_machine_open") ? MachineOpen : null)],
            "click" => [New(DeliveryEventKind.Clicked, PageOf(fields.Text("url")))],
            "spamreport" => [New(DeliveryEventKind.Complained)],
            "unsubscribe" => [New(DeliveryEventKind.Unsubscribed)],
            "group_unsubscribe" => [New(DeliveryEventKind.Unsubscribed, Numbered("group", fields.Text("asm_group_id")))],
            _ => [],
        };

        DeliveryEvent New(DeliveryEventKind kind, string? detail = null) => new(touch, attempt, kind, null, at, detail);
    }

    /// <summary>The detail of an open that a mail program's proxy made, which says nothing about the reader.</summary>
    public const string MachineOpen = "machine";

    /// <summary>
    /// "Blocked" was refused for now or for what we are; "bounce" means the mailbox, unless the classification or a 4.x.x status says
    /// that it was something else.
    /// </summary>
    internal static BounceKind BounceOf(EventFields fields)
    {
        var classified = fields.Text("bounce_classification");
        return classified switch
        {
            "Content" or "Reputation" or "Frequency or Volume Too High" => BounceKind.Block,
            "Technical" or "Technical Failure" => BounceKind.Soft,
            _ when fields.Text("type") == "blocked" => classified == "Mailbox Unavailable" ? BounceKind.Soft : BounceKind.Block,
            "Invalid Address" => BounceKind.Hard,
            _ => fields.Text("status")?.StartsWith('4') == true ? BounceKind.Soft : BounceKind.Hard,
        };
    }

    /// <summary>
    /// SendGrid drops by its own list of addresses; what that list knows, ours must know too. A complaint it remembers was about another
    /// message, so it ends marketing here without counting against this one.
    /// </summary>
    private static DeliveryEvent[] Dropped(DeliveryEvent dropped) =>
        dropped.Detail switch
        {
            "Bounced Address" or "Invalid" => [dropped with { Bounce = BounceKind.Hard }],
            "Unsubscribed Address" or "Spam Reporting Address" => [dropped, dropped with { Kind = DeliveryEventKind.Unsubscribed }],
            _ => [dropped],
        };

    private static string? BounceWords(EventFields fields) =>
        Joined(Joined(fields.Words("bounce_classification"), fields.Words("status")), fields.Words("reason"));

    /// <summary>The page a click led to, without query, fragment and any part long enough to be a token.</summary>
    private static string? PageOf(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? Capped(uri.Host + string.Join('/', uri.AbsolutePath.Split('/').Select(part => part.Length > 40 ? "…" : part)), 300)
            : null;

    private static string? Numbered(string what, string? number) => number is { Length: > 0 and <= 20 } ? $"{what} {number}" : null;

    private static string? Joined(string? one, string? other) =>
        one is null ? other
        : other is null ? one
        : Capped($"{one}: {other}", 480);

    private static string Capped(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}

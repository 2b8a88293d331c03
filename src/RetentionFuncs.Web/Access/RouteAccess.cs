using static RetentionFuncs.Web.Access.Role;

namespace RetentionFuncs.Web.Access;

/// <summary>Who may ask for one route. The administrator may always.</summary>
/// <param name="Path">Below <c>/api/v1</c>, and in Azure below <c>/machine/v1</c>.</param>
/// <param name="Roles">One of them is enough; empty: whoever is known.</param>
public sealed record RouteRule(string Method, string Path, IReadOnlyList<Role> Roles);

/// <summary>The one table of who may do what over the web. A route that is not here cannot be mapped.</summary>
public static class RouteAccess
{
    private static readonly Role[] Known = [];
    private static readonly Role[] Readers = [Viewer, Marketer, Approver, Operator];
    private static readonly Role[] Campaigners = [Marketer, Approver];
    private static readonly Role[] Stoppers = [Marketer, Approver, Operator];
    private static readonly Role[] Scorers = [Marketer, Operator];
    private static readonly Role[] Operators = [Operator];
    private static readonly Role[] Importers = [Marketer, Operator];

    /// <summary>Asked for by everybody, with checks of their own: signed links, nothing at all.</summary>
    public static IReadOnlyList<string> Public { get; } = ["/u/{**token}", "/p/{**token}", "/c/{**token}", "/health"];

    public static IReadOnlyList<RouteRule> Api { get; } =
    [
        new("GET", "/me", Known),
        new("GET", "/status", Readers),
        new("GET", "/campaigns", Readers),
        new("GET", "/campaigns/{key}", Readers),
        new("GET", "/campaigns/{key}/export", Readers),
        new("POST", "/campaigns/apply", [Marketer]),
        new("POST", "/campaigns/{key}/launch", Campaigners),
        new("POST", "/campaigns/{key}/pause", Stoppers),
        new("POST", "/campaigns/{key}/stop", Campaigners),
        // A question that is posted: whom it is about must not stand in an address, which every log on the way keeps.
        new("POST", "/explain", Readers),
        new("GET", "/report", Readers),
        new("POST", "/score", Scorers),
        new("POST", "/segments", Scorers),
        new("POST", "/customers/export", Operators),
        new("POST", "/customers/erase", Operators),
        new("GET", "/deadletters", Operators),
        new("GET", "/deadletters/{id}", Operators),
        new("POST", "/deadletters/{id}/replay", Operators),
        new("POST", "/deadletters/{id}/drop", Operators),
        new("GET", "/kill-switch", Readers),
        // Anybody who runs campaigns may stop all sending; only an operator lets it go on.
        new("POST", "/kill-switch/on", Stoppers),
        new("POST", "/kill-switch/off", Operators),
        new("GET", "/operations", [Operator, Approver]),
        // Refused rows and reports repeat what stands in a file of customers: for those who bring such files.
        new("POST", "/imports", Importers),
        new("GET", "/imports/{id}", Importers),
        new("PUT", "/imports/{id}/content", Importers),
        new("POST", "/imports/{id}/apply", Importers),
        new("GET", "/imports/{id}/refused-rows", Importers),
        new("DELETE", "/imports/{id}", Importers),
        // Lists name people and their numbers.
        new("GET", "/handoffs", Readers),
        new("POST", "/handoffs", Importers),
        new("GET", "/handoffs/{id}", Importers),
        new("POST", "/delivery-events", Operators),
        new("POST", "/events", Importers),
    ];

    /// <exception cref="ArgumentException">The table has no such route.</exception>
    public static RouteRule For(string method, string path) =>
        Api.FirstOrDefault(r => r.Method == method && r.Path == path)
        ?? throw new ArgumentException($"{method} {path} has no line in the table of who may ask for it.", nameof(path));
}

using Microsoft.AspNetCore.Http;

namespace RetentionFuncs.Web.Access;

/// <summary>
/// Machines whose function key the host has checked. Only the host's own code can mark a request so: the mark is an object of the
/// request, and nothing that travels over a wire becomes one.
/// </summary>
public sealed class MachineCallers : ICallerSource
{
    private static readonly Caller Machine = new("machine", new HashSet<Role> { Role.Operator, Role.Marketer });

    public static MachineCallers Instance { get; } = new();

    /// <summary>Says that the host has checked this request's key.</summary>
    public static void Vouch(HttpContext context) => context.Features.Set(new KeyChecked());

    public ValueTask<Caller?> FindAsync(HttpRequest request) =>
        ValueTask.FromResult(request.HttpContext.Features.Get<KeyChecked>() is null ? null : Machine);

    private sealed class KeyChecked;
}

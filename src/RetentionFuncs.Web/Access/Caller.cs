using Microsoft.AspNetCore.Http;

namespace RetentionFuncs.Web.Access;

/// <summary>Who asks, as somebody trustworthy vouches for it.</summary>
/// <param name="Name">For the operator log.</param>
/// <param name="Roles">May be empty: known, and allowed nothing.</param>
public sealed record Caller(string Name, IReadOnlySet<Role> Roles)
{
    public bool HasOneOf(IEnumerable<Role> roles) => Roles.Contains(Role.Administrator) || roles.Any(Roles.Contains);
}

/// <summary>Tells who asks, by the home's own means.</summary>
public interface ICallerSource
{
    /// <summary>The caller, or null when nobody vouches for one; never says why.</summary>
    /// <exception cref="Storage.StoreUnavailableException">Cannot be told at the moment.</exception>
    ValueTask<Caller?> FindAsync(HttpRequest request);
}

/// <summary>Lets nobody in: what a home serves that has not said how callers are known.</summary>
public sealed class NoCallers : ICallerSource
{
    public static NoCallers Instance { get; } = new();

    public ValueTask<Caller?> FindAsync(HttpRequest request) => ValueTask.FromResult<Caller?>(null);
}

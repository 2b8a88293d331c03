using System.Text;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Web.Access;

public sealed record LocalUser(string Name, Role Role, DateTimeOffset AddedAt);

/// <summary>What became of a user who was to be added.</summary>
public abstract record AddUserEnding
{
    private AddUserEnding() { }

    /// <param name="Token">To be shown once; it can never be read again.</param>
    public sealed record Added(LocalUser User, string Token) : AddUserEnding;

    /// <summary>Somebody has the name.</summary>
    public sealed record Taken : AddUserEnding;

    /// <summary>Empty, longer than <see cref="LocalUsers.NameLength"/>, or with a control character.</summary>
    public sealed record NotAName : AddUserEnding;
}

/// <summary>The named users of a home that no directory vouches for, each with one role and one token (design S19).</summary>
public sealed class LocalUsers(IRowStore store, TimeProvider clock)
{
    /// <summary>UTF-16 units of a name.</summary>
    public const int NameLength = 60;

    private static readonly PartitionId Partition = new(StoreTable.Control, "users");

    /// <exception cref="StoreUnavailableException">Not known to be added.</exception>
    public async ValueTask<AddUserEnding> AddAsync(string name, Role role)
    {
        var clean = name.Trim().Normalize();
        if (clean.Length is 0 or > NameLength || clean.Any(char.IsControl))
        {
            return new AddUserEnding.NotAName();
        }

        var (user, token) = (new LocalUser(clean, role, clock.GetUtcNow()), AccessToken.New());
        var hash = AccessToken.HashOf(token);
        var bag = new PropertyBag().Set("name", clean).Set("role", role).Set("hash", hash).Set("addedAt", user.AddedAt);
        return await ContendedCommit.UntilAppliedAsync<AddUserEnding>(async () =>
            await store.CommitAsync(Partition, [new RowWrite(KeyOf(clean), Expectation.Absent, bag)]) switch
            {
                CommitResult.Applied => new AddUserEnding.Added(user, token),
                // A lost answer may have been a yes: then the row holds this very token.
                CommitResult.Conflict => (await store.ReadRowAsync(Partition, KeyOf(clean)))?.Properties.Text("hash") == hash
                    ? new AddUserEnding.Added(user, token)
                    : new AddUserEnding.Taken(),
                _ => null,
            }
        );
    }

    /// <summary>In the order of their rows.</summary>
    public async ValueTask<IReadOnlyList<LocalUser>> ListAsync() => [.. (await RowsAsync()).Select(r => r.User)];

    /// <summary>From then on the token opens nothing. False when there is no such user.</summary>
    public async ValueTask<bool> RemoveAsync(string name)
    {
        var key = KeyOf(name.Trim().Normalize());
        if (await store.ReadRowAsync(Partition, key) is null)
        {
            return false;
        }

        await store.DeleteAnyAsync(Partition, key);
        return true;
    }

    /// <summary>Whose token it is, or null. Every user's is compared, so that time tells nothing.</summary>
    public async ValueTask<LocalUser?> FindAsync(string token)
    {
        if (!AccessToken.HasShape(token))
        {
            return null;
        }

        var hash = AccessToken.HashOf(token);
        LocalUser? found = null;
        foreach (var (user, known) in await RowsAsync())
        {
            found = AccessToken.AreSame(hash, known) ? user : found;
        }

        return found;
    }

    private async ValueTask<List<(LocalUser User, string Hash)>> RowsAsync()
    {
        var all = new List<(LocalUser, string)>();
        await foreach (var row in store.ReadAllAsync(Partition, RowRange.All))
        {
            var bag = row.Properties;
            all.Add((new LocalUser(bag.Text("name"), bag.Choice<Role>("role"), bag.Instant("addedAt")), bag.Text("hash")));
        }

        return all;
    }

    /// <summary>Names may be in any script, row keys may not.</summary>
    private static string KeyOf(string name) => "user|" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(name.ToLowerInvariant()));
}

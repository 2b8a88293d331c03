namespace RetentionFuncs.Web.Access;

/// <summary>What a person is for (design S19). No role includes another, but for the administrator, who may do everything.</summary>
public enum Role
{
    /// <summary>Reads numbers and explanations; changes nothing.</summary>
    Viewer,

    /// <summary>Sees own accounts only; until accounts are kept, nothing.</summary>
    Salesperson,

    /// <summary>Writes and runs campaigns.</summary>
    Marketer,

    /// <summary>Lets campaigns go and stops them.</summary>
    Approver,

    /// <summary>Keeps the product running: dead letters, kill switch, the log of what was done by hand.</summary>
    Operator,

    /// <summary>Everything, users too.</summary>
    Administrator,
}

public static class Roles
{
    /// <summary>As written in a directory's app roles, on the command line and in answers: <c>marketer</c>.</summary>
    public static string NameOf(Role role) => role.ToString().ToLowerInvariant();

    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<Role>().Select(NameOf)];

    /// <summary>Case is ignored; null for what is none.</summary>
    public static Role? Of(string name)
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            if (string.Equals(NameOf(role), name, StringComparison.OrdinalIgnoreCase))
            {
                return role;
            }
        }

        return null;
    }
}

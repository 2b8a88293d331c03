using RetentionFuncs.Web.Access;

namespace RetentionFuncs.Web.Api.Documents;

/// <summary>Who the caller is to this home.</summary>
public static class CallerDocument
{
    public static Document Of(Caller caller)
    {
        var roles = caller.Roles.Order().Select(Roles.NameOf).ToArray();
        return Document.Of(new { caller.Name, roles }, () => Document.Lines([$"{caller.Name}  {string.Join(", ", roles)}"]));
    }
}

namespace RetentionFuncs.Web.Api;

/// <summary>What stands in the operator log where the verb asks for no reason.</summary>
internal static class Reasons
{
    public const string None = "–";
}

using System.Reflection;
using Azure.Messaging.ServiceBus;

namespace RetentionFuncs.AzureAdapters.Tests.StandIns;

/// <summary>What the stand-ins offer in the packages' own namespaces. What lies elsewhere drives them in tests, and no package has it.</summary>
internal static class StandInTypes
{
    private static readonly string[] PackageRoots = ["Azure", "Microsoft", "OpenTelemetry", "SendGrid"];

    public static Assembly Assembly => typeof(ServiceBusClient).Assembly;

    public static IReadOnlyList<Type> All { get; } =
    [
        .. Assembly
            .GetTypes()
            .Where(t => t.IsVisible && t.Namespace is { } name && PackageRoots.Contains(name.Split('.')[0]))
            .OrderBy(t => t.FullName, StringComparer.Ordinal),
    ];

    /// <summary>Public and protected members that the type itself declares; what it overrides of a base outside the stand-ins is not news.</summary>
    public static IEnumerable<MemberInfo> MembersOf(Type type) =>
        type.GetMembers(
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly
            )
            .Where(m =>
                m is ConstructorInfo or MethodInfo { IsSpecialName: false } or PropertyInfo or FieldInfo or EventInfo || IsOperator(m)
            )
            .Where(m => IsReachable(m) && !IsOverrideOfOthers(m));

    private static bool IsOperator(MemberInfo member) =>
        member is MethodInfo { IsSpecialName: true } method && method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsReachable(MemberInfo member) =>
        member switch
        {
            ConstructorInfo constructor => !constructor.IsStatic && Shown(constructor),
            MethodInfo method => Shown(method) && !method.Name.Contains('.', StringComparison.Ordinal),
            PropertyInfo property => property.GetAccessors(nonPublic: true).Any(Shown)
                && !property.Name.Contains('.', StringComparison.Ordinal),
            FieldInfo field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName,
            EventInfo => true,
            _ => false,
        };

    private static bool Shown(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsOverrideOfOthers(MemberInfo member)
    {
        var method = member as MethodInfo ?? (member as PropertyInfo)?.GetAccessors(nonPublic: true)[0];
        return method is not null && method.GetBaseDefinition().DeclaringType!.Assembly != Assembly;
    }
}

using System.Reflection;

namespace RetentionFuncs.AzureAdapters.Tests.StandIns;

/// <summary>A stand-in is what its package is, or less: never something else, and never more than the product calls.</summary>
public sealed class StandInSignatureTests
{
    [Fact]
    public void Every_public_type_and_member_of_a_stand_in_is_the_packages_own()
    {
        var lists = SignatureLists.Read();
        var strange = new List<string>();
        foreach (var type in StandInTypes.All)
        {
            var header = SignatureText.OfType(type);
            if (!lists.TryGetValue(header, out var known))
            {
                strange.Add($"no list has the type {header}");
                continue;
            }

            strange.AddRange(SignatureText.OfMembers(type).Where(m => !known.Contains(m)).Select(m => $"{header} has not: {m}"));
        }

        strange.ShouldBeEmpty();
    }

    [Fact]
    public void What_the_product_does_not_call_a_stand_in_does_not_have()
    {
        var called = new CalledMembers([Compiled("RetentionFuncs.AzureAdapters"), Compiled("RetentionFuncs.Functions")]);
        var excused = SignatureLists.ReadUnused();
        var spare = new List<string>();
        foreach (var type in StandInTypes.All.Where(t => !excused.Contains(NameOf(t) + ".*")))
        {
            if (!called.HasType(type.FullName!) && !IsBelow(type, called))
            {
                spare.Add(NameOf(type));
            }
            else if (type is { IsEnum: false, IsInterface: false } && !typeof(Delegate).IsAssignableFrom(type))
            {
                spare.AddRange(
                    StandInTypes
                        .MembersOf(type)
                        .Where(m => !IsCalled(type, m, called) && !IsPlumbing(type, m))
                        .Select(m => $"{NameOf(type)}.{m.Name}")
                        .Where(m => !excused.Contains(m))
                );
            }
        }

        spare.ShouldBeEmpty();
    }

    [Fact]
    public void An_excuse_is_for_a_member_that_is_there()
    {
        var there = StandInTypes.All.SelectMany(t =>
            StandInTypes.MembersOf(t).Select(m => $"{NameOf(t)}.{m.Name}").Append(NameOf(t) + ".*")
        );
        SignatureLists.ReadUnused().Except(there).ShouldBeEmpty();
    }

    [Fact]
    public void The_lists_speak_of_what_the_stand_ins_have()
    {
        // Were nothing compared, the tests above could not fail.
        StandInTypes.All.Sum(t => SignatureText.OfMembers(t).Count()).ShouldBeGreaterThan(60);
        SignatureLists.Read().Values.Sum(m => m.Count).ShouldBeGreaterThan(300);
    }

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    private static bool IsCalled(Type type, MemberInfo member, CalledMembers called) =>
        member is PropertyInfo property
            ? called.HasMember(type.FullName!, "get_" + property.Name) || called.HasMember(type.FullName!, "set_" + property.Name)
            : called.HasMember(type.FullName!, member.Name);

    /// <summary>Base classes, and types that stand in a signature that is called, need no mention of their own.</summary>
    private static bool IsBelow(Type type, CalledMembers called) =>
        StandInTypes.All.Any(t =>
            t != type
            && called.HasType(t.FullName!)
            && (t.IsSubclassOf(type) || StandInTypes.MembersOf(t).Any(m => SignatureTypes(m).Contains(type)))
        );

    private static IEnumerable<Type> SignatureTypes(MemberInfo member) =>
        member switch
        {
            MethodInfo method => method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType),
            ConstructorInfo made => made.GetParameters().Select(p => p.ParameterType),
            PropertyInfo property => [property.PropertyType],
            _ => [],
        };

    /// <summary>What an interface or a base asks for, and what nobody but a subclass can call.</summary>
    private static bool IsPlumbing(Type type, MemberInfo member)
    {
        var method = member as MethodInfo ?? (member as PropertyInfo)?.GetAccessors(nonPublic: true)[0];
        return member is ConstructorInfo { IsFamily: true } && type.IsAbstract
            || method is { IsAbstract: true }
            || (method is not null && type.GetInterfaces().Any(i => type.GetInterfaceMap(i).TargetMethods.Any(t => t.Name == method.Name)));
    }

    private static string Compiled(string project)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(here.Parent!.Parent!.FullName, project, here.Name, project + ".dll");
    }
}

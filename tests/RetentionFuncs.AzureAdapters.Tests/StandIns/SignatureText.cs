using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace RetentionFuncs.AzureAdapters.Tests.StandIns;

/// <summary>Types and members written in the one form of the signature lists.</summary>
internal static class SignatureText
{
    private static readonly Dictionary<Type, string> Words = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
        [typeof(void)] = "void",
    };

    /// <summary>The header of a type: kind, full name, and the base class where it has one worth naming.</summary>
    public static string OfType(Type type)
    {
        var kind =
            type.IsEnum ? "enum"
            : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
            : type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class"
            : "class";
        var isPlain =
            type.BaseType is null
            || type.BaseType == typeof(object)
            || type.BaseType == typeof(Attribute)
            || !kind.EndsWith("class", StringComparison.Ordinal);
        return $"[{kind} {FullName(type)}{(isPlain ? "" : $" : {Name(type.BaseType!)}")}]";
    }

    public static IEnumerable<string> OfMembers(Type type) =>
        type.IsEnum ? Enum.GetNames(type).Select(n => $"{n} = {Convert.ToInt64(Enum.Parse(type, n), CultureInfo.InvariantCulture)}")
        : typeof(Delegate).IsAssignableFrom(type) ? [OfMethod(type.GetMethod("Invoke")!).Replace("virtual ", "", StringComparison.Ordinal)]
        : StandInTypes.MembersOf(type).Select(OfMember);

    public static string OfMember(MemberInfo member) =>
        member switch
        {
            ConstructorInfo made => $"{Reach(made)}{Bare(made.DeclaringType!)}({Parameters(made)})",
            MethodInfo method => OfMethod(method),
            PropertyInfo property => OfProperty(property),
            FieldInfo { IsLiteral: true } constant =>
                $"const {Name(constant.FieldType)} {constant.Name} = {Literal(constant.GetRawConstantValue())}",
            FieldInfo field => $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}",
            _ => $"event {member.Name}",
        };

    private static string OfMethod(MethodInfo method) =>
        method.Name switch
        {
            "op_Equality" => $"static bool operator ==({Parameters(method)})",
            "op_Inequality" => $"static bool operator !=({Parameters(method)})",
            "op_Implicit" => $"static implicit operator {Name(method.ReturnType)}({Parameters(method)})",
            _ => $"{Reach(method)}{How(method)}{Name(method.ReturnType)} {method.Name}{Generics(method)}({Parameters(method)})",
        };

    private static string OfProperty(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true);
        string Accessor(MethodInfo? accessor, string word) => accessor is null || Reach(accessor) == "private " ? "" : $"{word}; ";
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        var open = accessors.First(a => Reach(a) != "private ");
        var set = Accessor(property.SetMethod, property.SetMethod is { } s && IsInit(s) ? "init" : "set");
        return $"{Reach(open)}{How(open)}{Name(property.PropertyType)} {name} {{ {Accessor(property.GetMethod, "get")}{set}}}";
    }

    private static bool IsInit(MethodInfo set) => set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Reach(MethodBase method) =>
        method.IsPublic ? ""
        : method.IsFamily || method.IsFamilyOrAssembly ? "protected "
        : "private ";

    private static string How(MethodInfo method) =>
        method.IsStatic ? "static "
        : method.DeclaringType!.IsInterface ? ""
        : method.IsAbstract ? "abstract "
        : method is { IsVirtual: true, IsFinal: false } && !method.DeclaringType.IsSealed ? "virtual "
        : "";

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";

    private static string Parameters(MethodBase method)
    {
        var isExtension = method.IsDefined(typeof(ExtensionAttribute), false);
        return (isExtension ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var head =
            parameter.IsDefined(typeof(ParamArrayAttribute), false) ? "params "
            : parameter.IsOut ? "out "
            : "";
        var type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        return $"{head}{Name(type)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Default(parameter) : "")}";
    }

    private static string Default(ParameterInfo parameter)
    {
        var value = parameter.RawDefaultValue;
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return value is null or false
            || (value is IConvertible and not string and not bool && Convert.ToDouble(value, CultureInfo.InvariantCulture) == 0)
                ? "default"
            : type.IsEnum ? Enum.GetName(type, value) ?? Literal(value)
            : Literal(value);
    }

    private static string Literal(object? value) =>
        value switch
        {
            string text => $"\"{text}\"",
            true => "true",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    private static string FullName(Type type) => $"{type.Namespace}.{NestedName(type)}";

    private static string NestedName(Type type) =>
        type.DeclaringType is { } outer && !type.IsGenericParameter ? $"{NestedName(outer)}.{Bare(type)}" : Bare(type);

    private static string Bare(Type type) => type.Name.Split('`')[0];

    private static string Name(Type type) =>
        Words.TryGetValue(type, out var word) ? word
        : Nullable.GetUnderlyingType(type) is { } inner ? Name(inner) + "?"
        : type.IsArray ? Name(type.GetElementType()!) + "[]"
        : type.IsGenericType ? $"{NestedName(type)}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : NestedName(type);
}

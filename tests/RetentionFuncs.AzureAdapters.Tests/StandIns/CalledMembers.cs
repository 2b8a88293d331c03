using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace RetentionFuncs.AzureAdapters.Tests.StandIns;

/// <summary>What a compiled assembly names of others: types, and members by type and name.</summary>
internal sealed class CalledMembers
{
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);

    public CalledMembers(IEnumerable<string> assemblies)
    {
        foreach (var path in assemblies)
        {
            using var file = new PEReader(File.OpenRead(path));
            Take(file.GetMetadataReader());
        }
    }

    public bool HasType(string fullName) => _types.Contains(fullName);

    /// <param name="member">The name in metadata: <c>.ctor</c>, <c>get_Body</c>, <c>SendMessageAsync</c>.</param>
    public bool HasMember(string type, string member) => _members.Contains($"{type}.{member}");

    private void Take(MetadataReader reader)
    {
        foreach (var handle in reader.TypeReferences)
        {
            _ = _types.Add(NameOf(reader, handle));
        }

        foreach (var handle in reader.MemberReferences)
        {
            var member = reader.GetMemberReference(handle);
            var parent = ParentOf(reader, member.Parent);
            _ = _members.Add($"{parent}.{reader.GetString(member.Name)}");
        }

        foreach (var attribute in reader.CustomAttributes.Select(reader.GetCustomAttribute))
        {
            TakeSettings(reader, attribute);
        }
    }

    /// <summary>Properties set in an attribute stand in its blob and nowhere else.</summary>
    private void TakeSettings(MetadataReader reader, CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind == HandleKind.MemberReference)
        {
            var type = ParentOf(reader, reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent);
            foreach (var named in attribute.DecodeValue(new AttributeTypes()).NamedArguments)
            {
                _ = _members.Add($"{type}.set_{named.Name}");
            }
        }
    }

    private static string ParentOf(MetadataReader reader, EntityHandle parent) =>
        parent.Kind switch
        {
            HandleKind.TypeReference => NameOf(reader, (TypeReferenceHandle)parent),
            HandleKind.TypeSpecification => reader
                .GetTypeSpecification((TypeSpecificationHandle)parent)
                .DecodeSignature(new GenericOwner(), null),
            _ => "",
        };

    private static string NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference ? $"{NameOf(reader, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : type.Namespace.IsNil ? name
            : $"{reader.GetString(type.Namespace)}.{name}";
    }

    private sealed class AttributeTypes : ICustomAttributeTypeProvider<string>
    {
        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetSystemType() => "System.Type";

        public string GetSZArrayType(string elementType) => elementType + "[]";

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => "";

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => NameOf(reader, handle);

        public string GetTypeFromSerializedName(string name) => name;

        public PrimitiveTypeCode GetUnderlyingEnumType(string type) => PrimitiveTypeCode.Int32;

        public bool IsSystemType(string type) => type == "System.Type";
    }

    /// <summary>Reads a constructed generic type as the type it is made of.</summary>
    private sealed class GenericOwner : ISignatureTypeProvider<string, object?>
    {
        public string GetArrayType(string elementType, ArrayShape shape) => elementType;

        public string GetByReferenceType(string elementType) => elementType;

        public string GetFunctionPointerType(MethodSignature<string> signature) => "";

        public string GetGenericInstantiation(string genericType, System.Collections.Immutable.ImmutableArray<string> typeArguments) =>
            genericType;

        public string GetGenericMethodParameter(object? genericContext, int index) => "";

        public string GetGenericTypeParameter(object? genericContext, int index) => "";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetPinnedType(string elementType) => elementType;

        public string GetPointerType(string elementType) => elementType;

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetSZArrayType(string elementType) => elementType;

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => "";

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => NameOf(reader, handle);

        public string GetTypeFromSpecification(
            MetadataReader reader,
            object? genericContext,
            TypeSpecificationHandle handle,
            byte rawTypeKind
        ) => reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
    }
}

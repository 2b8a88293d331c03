namespace RetentionFuncs.Functions.Tests.Infra.Bicep;

/// <summary>One template, read.</summary>
public sealed class BicepFile
{
    /// <summary>Functions of the language that the templates use; another one must be known to exist before it stands here.</summary>
    private static readonly HashSet<string> Functions = new(StringComparer.Ordinal)
    {
        "bool",
        "description",
        "allowed",
        "empty",
        "guid",
        "items",
        "loadTextContent",
        "maxLength",
        "maxValue",
        "minLength",
        "minValue",
        "readEnvironmentVariable",
        "replace",
        "resourceGroup",
        "string",
        "subscription",
        "subscriptionResourceId",
        "take",
        "tenant",
        "union",
        "uniqueString",
    };

    private BicepFile(string path, IReadOnlyList<BicepStatement> statements) => (Path, Statements) = (path, statements);

    public string Path { get; }

    public IReadOnlyList<BicepStatement> Statements { get; }

    public IEnumerable<BicepStatement> Of(string kind) => Statements.Where(s => s.Kind == kind);

    public IEnumerable<BicepStatement> Resources(string type) => Of("resource").Where(r => r.Type.Split('@')[0] == type);

    public static BicepFile Load(string path) => Parse(path, File.ReadAllText(path));

    public static BicepFile Parse(string path, string text) => new(path, BicepParser.Read(text));

    /// <summary>Names that are used and not declared, declared and not used, or declared twice; functions that are not known.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        var declared = Statements.Where(s => s.Kind is "param" or "var" or "resource" or "module").ToList();
        var names = declared.Select(d => d.Name).ToHashSet(StringComparer.Ordinal);
        faults.AddRange(declared.GroupBy(d => d.Name).Where(g => g.Count() > 1).Select(g => $"{g.Key} is declared twice"));
        foreach (var statement in Statements.Where(s => s.Value is not null))
        {
            Walk(statement.Value!, names, used, faults);
        }

        var isParameters = Of("using").Any();
        faults.AddRange(
            declared
                .Where(d => d.Kind is "param" or "var" && !isParameters && !used.Contains(d.Name))
                .Select(d => $"{d.Name} is never used")
        );
        return faults;
    }

    private static void Walk(BicepExpression at, HashSet<string> names, HashSet<string> used, List<string> faults)
    {
        switch (at)
        {
            case BicepExpression.Name name:
                used.Add(name.Id);
                if (!names.Contains(name.Id) && name.Id is not ("az" or "sys"))
                {
                    faults.Add($"line {name.Line}: {name.Id} is declared nowhere");
                }

                break;
            case BicepExpression.Call { Of: null } call when !Functions.Contains(call.Id):
                faults.Add($"line {call.Line}: no function {call.Id} is known");
                break;
            case BicepExpression.Loop loop:
                Walk(loop.Over, names, used, faults);
                Walk(loop.Body, [.. names, loop.Item], used, faults);
                return;
        }

        foreach (var child in ChildrenOf(at))
        {
            Walk(child, names, used, faults);
        }
    }

    private static IEnumerable<BicepExpression> ChildrenOf(BicepExpression at) =>
        at switch
        {
            BicepExpression.Text text => text.Parts.OfType<BicepExpression>(),
            BicepExpression.Member member => [member.Of],
            BicepExpression.Index index => [index.Of, index.At],
            BicepExpression.Call call => call.Of is null ? call.Arguments : call.Arguments.Prepend(call.Of),
            BicepExpression.Operation operation => operation.Operands,
            BicepExpression.List list => list.Items,
            BicepExpression.Map map => map
                .Entries.SelectMany(e => (BicepExpression[])[e.Key, e.Value])
                .Concat(map.Nested.Select(n => n.Value).OfType<BicepExpression>()),
            BicepExpression.If choice => [choice.Condition, choice.Body],
            _ => [],
        };
}

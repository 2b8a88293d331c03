using System.Globalization;

namespace RetentionFuncs.Functions.Tests.Infra.Bicep;

/// <summary>Stands for what only a deployment knows.</summary>
public sealed record Unresolved(string Why)
{
    public override string ToString() => $"<{Why}>";
}

/// <summary>
/// Works out what a template says without Azure: constants, variables, defaults of parameters, loops and a few functions. Values are
/// string, long, bool, null, lists and dictionaries; all else is <see cref="Unresolved"/>.
/// </summary>
public sealed class BicepValues(BicepFile file)
{
    private readonly Dictionary<string, object?> _given = new(StringComparer.Ordinal);

    /// <summary>Gives a parameter a value, as a deployment would.</summary>
    public BicepValues With(string parameter, object? value)
    {
        _given[parameter] = value;
        return this;
    }

    public object? Of(BicepStatement statement) => Of(statement.Value!, []);

    /// <summary>The body of a resource or module; of a loop all of them.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Bodies(BicepStatement statement) =>
        Of(statement) switch
        {
            IReadOnlyDictionary<string, object?> one => [one],
            IReadOnlyList<object?> many => [.. many.Cast<IReadOnlyDictionary<string, object?>>()],
            _ => [],
        };

    private object? Of(BicepExpression at, Dictionary<string, object?> local) =>
        at switch
        {
            BicepExpression.Constant constant => constant.Value,
            BicepExpression.Text text => string.Concat(text.Parts.Select(p => p is BicepExpression e ? Told(Of(e, local)) : (string)p)),
            BicepExpression.Name name => Named(name.Id, local),
            BicepExpression.Member member => Of(member.Of, local) is IReadOnlyDictionary<string, object?> map
            && map.TryGetValue(member.Id, out var v)
                ? v
                : new Unresolved(member.Id),
            BicepExpression.List list => list.Items.Select(i => Of(i, local)).ToList(),
            BicepExpression.Map map => map.Entries.ToDictionary(e => (string)Of(e.Key, local)!, e => Of(e.Value, local)),
            BicepExpression.Loop loop => Looped(loop, local),
            BicepExpression.If choice => Of(choice.Body, local),
            BicepExpression.Call { Of: null } call => Called(call, [.. call.Arguments.Select(a => Of(a, local))]),
            BicepExpression.Operation { Sign: "?" } o => Of(o.Operands[0], local) is bool yes
                ? Of(o.Operands[yes ? 1 : 2], local)
                : new Unresolved("choice"),
            BicepExpression.Operation { Sign: "==" } o => Same(Of(o.Operands[0], local), Of(o.Operands[1], local)),
            _ => new Unresolved(at.GetType().Name),
        };

    private static object Same(object? left, object? right) =>
        left is Unresolved || right is Unresolved ? new Unresolved("comparison") : Equals(left, right);

    private object? Named(string id, Dictionary<string, object?> local) =>
        local.TryGetValue(id, out var bound) ? bound
        : _given.TryGetValue(id, out var given) ? given
        : file.Statements.FirstOrDefault(s => s.Name == id && s.Kind is "var" or "param" && s.Name == id) is { Value: { } value }
            ? Of(value, [])
        : new Unresolved(id);

    private object Looped(BicepExpression.Loop loop, Dictionary<string, object?> local) =>
        Of(loop.Over, local) is IReadOnlyList<object?> items
            ? items.Select(i => Of(loop.Body, new Dictionary<string, object?>(local) { [loop.Item] = i })).ToList()
            : new Unresolved("loop");

    private object? Called(BicepExpression.Call call, object?[] a) =>
        (call.Id, a) switch
        {
            ("items", [IReadOnlyDictionary<string, object?> map]) => map.Select(e =>
                    (object?)new Dictionary<string, object?> { ["key"] = e.Key, ["value"] = e.Value }
                )
                .ToList(),
            ("union", _) => a.OfType<IReadOnlyDictionary<string, object?>>()
                .SelectMany(m => m)
                .GroupBy(e => e.Key)
                .ToDictionary(g => g.Key, g => g.Last().Value),
            ("loadTextContent", [string path]) => File.ReadAllText(Path.Combine(Path.GetDirectoryName(file.Path)!, path)),
            ("replace", [string text, string from, var to]) => text.Replace(from, Told(to), StringComparison.Ordinal),
            ("string", [Unresolved unresolved]) => unresolved,
            ("string", [var value]) => Told(value),
            _ => new Unresolved(call.Id),
        };

    private static string Told(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}

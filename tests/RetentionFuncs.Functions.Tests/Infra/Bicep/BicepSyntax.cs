namespace RetentionFuncs.Functions.Tests.Infra.Bicep;

/// <summary>What the reader understands of Bicep: the part that this product's templates use.</summary>
public abstract record BicepExpression
{
    /// <summary>A string; its parts are texts and the expressions between <c>${</c> and <c>}</c>.</summary>
    public sealed record Text(IReadOnlyList<object> Parts) : BicepExpression;

    public sealed record Constant(object? Value) : BicepExpression;

    public sealed record Name(string Id, int Line) : BicepExpression;

    public sealed record Member(BicepExpression Of, string Id) : BicepExpression;

    public sealed record Index(BicepExpression Of, BicepExpression At) : BicepExpression;

    public sealed record Call(BicepExpression? Of, string Id, IReadOnlyList<BicepExpression> Arguments, int Line) : BicepExpression;

    public sealed record Operation(string Sign, IReadOnlyList<BicepExpression> Operands) : BicepExpression;

    public sealed record List(IReadOnlyList<BicepExpression> Items) : BicepExpression;

    /// <param name="Nested">Resources declared inside the body of another.</param>
    public sealed record Map(IReadOnlyList<(BicepExpression Key, BicepExpression Value)> Entries, IReadOnlyList<BicepStatement> Nested)
        : BicepExpression;

    public sealed record Loop(string Item, BicepExpression Over, BicepExpression Body) : BicepExpression;

    public sealed record If(BicepExpression Condition, BicepExpression Body) : BicepExpression;
}

/// <param name="Kind">param, var, resource, module, output, using or targetScope.</param>
/// <param name="Type">The quoted type or path of a resource or module, else the words of a parameter's or output's type.</param>
/// <param name="IsExisting">A resource that is referred to and not made.</param>
public sealed record BicepStatement(string Kind, string Name, string Type, BicepExpression? Value, bool IsExisting, int Line);

/// <summary>The text is not Bicep as the reader knows it.</summary>
public sealed class BicepFault(string message, int line) : Exception($"line {line}: {message}");

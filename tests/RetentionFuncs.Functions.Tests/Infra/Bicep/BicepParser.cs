using System.Globalization;

namespace RetentionFuncs.Functions.Tests.Infra.Bicep;

/// <summary>Reads statements and expressions; what it does not know is a fault, never passed over.</summary>
public sealed class BicepParser
{
    private static readonly string[][] Levels =
    [
        ["??"],
        ["||"],
        ["&&"],
        ["==", "!=", "=~", "!~"],
        ["<", ">", "<=", ">="],
        ["+", "-"],
        ["*", "/", "%"],
    ];

    private readonly IReadOnlyList<BicepToken> _tokens;
    private int _at;

    private BicepParser(IReadOnlyList<BicepToken> tokens) => _tokens = tokens;

    public static IReadOnlyList<BicepStatement> Read(string text)
    {
        var parser = new BicepParser(BicepTokens.Of(text));
        var statements = new List<BicepStatement>();
        while (parser.Here.Kind != BicepTokenKind.End)
        {
            if (parser.Statement() is { } statement)
            {
                statements.Add(statement);
            }
        }

        return statements;
    }

    private BicepToken Here => _tokens[_at];

    private bool Is(string value) => Here.Kind is BicepTokenKind.Sign or BicepTokenKind.Word && Here.Value == value;

    private bool Took(string value)
    {
        if (Is(value))
        {
            _at++;
            return true;
        }

        return false;
    }

    private void Want(string value)
    {
        if (!Took(value))
        {
            throw new BicepFault($"expected '{value}' and found '{Here.Value.Trim()}'", Here.Line);
        }
    }

    private BicepToken Take(BicepTokenKind kind) =>
        Here.Kind == kind ? _tokens[_at++] : throw new BicepFault($"expected a {kind} and found '{Here.Value.Trim()}'", Here.Line);

    private void Lines()
    {
        while (Here.Kind == BicepTokenKind.NewLine)
        {
            _at++;
        }
    }

    private BicepStatement? Statement()
    {
        Lines();
        while (Took("@"))
        {
            Expression();
            Lines();
        }

        if (Here.Kind == BicepTokenKind.End)
        {
            return null;
        }

        var (kind, line) = (Take(BicepTokenKind.Word).Value, Here.Line);
        var statement = kind switch
        {
            "targetScope" => Simple(kind, kind, "", line),
            "using" => new BicepStatement(kind, Take(BicepTokenKind.Text).Value, "", null, false, line),
            "var" => Simple(kind, Take(BicepTokenKind.Word).Value, "", line),
            "param" or "output" => Simple(kind, Take(BicepTokenKind.Word).Value, TypeWords(), line),
            "resource" or "module" => Deployed(kind, line),
            _ => throw new BicepFault($"'{kind}' begins no statement", line),
        };
        Take(BicepTokenKind.NewLine);
        return statement;
    }

    private string TypeWords()
    {
        var words = new List<string>();
        while (!Is("=") && Here.Kind != BicepTokenKind.NewLine)
        {
            words.Add(_tokens[_at++].Value);
        }

        return string.Concat(words);
    }

    private BicepStatement Simple(string kind, string name, string type, int line) =>
        new(kind, name, type, Took("=") ? Expression() : null, false, line);

    private BicepStatement Deployed(string kind, int line)
    {
        var (name, type) = (Take(BicepTokenKind.Word).Value, Take(BicepTokenKind.Text).Value);
        var existing = Took("existing");
        Want("=");
        BicepExpression body;
        if (Took("if"))
        {
            Want("(");
            var condition = Expression();
            Want(")");
            body = new BicepExpression.If(condition, Expression());
        }
        else
        {
            body = Expression();
        }

        return new BicepStatement(kind, name, type, body, existing, line);
    }

    private BicepExpression Expression()
    {
        var left = Level(0);
        if (!Took("?"))
        {
            return left;
        }

        var yes = Expression();
        Want(":");
        return new BicepExpression.Operation("?", [left, yes, Expression()]);
    }

    private BicepExpression Level(int level)
    {
        if (level == Levels.Length)
        {
            return Unary();
        }

        var left = Level(level + 1);
        while (Here.Kind == BicepTokenKind.Sign && Levels[level].Contains(Here.Value))
        {
            left = new BicepExpression.Operation(_tokens[_at++].Value, [left, Level(level + 1)]);
        }

        return left;
    }

    private BicepExpression Unary() =>
        Took("!") ? new BicepExpression.Operation("!", [Unary()])
        : Took("-") ? new BicepExpression.Operation("-", [Unary()])
        : Postfix(Primary());

    private BicepExpression Postfix(BicepExpression of)
    {
        while (true)
        {
            if (Took(".") || Took(".?"))
            {
                var (id, line) = (Take(BicepTokenKind.Word).Value, Here.Line);
                of = Is("(") ? new BicepExpression.Call(of, id, Arguments(), line) : new BicepExpression.Member(of, id);
            }
            else if (Took("["))
            {
                of = new BicepExpression.Index(of, Expression());
                Want("]");
            }
            else if (Took("!"))
            {
                continue;
            }
            else
            {
                return of;
            }
        }
    }

    private BicepExpression Primary()
    {
        var token = Here;
        switch (token.Kind)
        {
            case BicepTokenKind.Text:
                _at++;
                return new BicepExpression.Text([.. token.Parts!.Select(p => p is string ? p : Inner((IReadOnlyList<BicepToken>)p))]);
            case BicepTokenKind.Number:
                _at++;
                return new BicepExpression.Constant(long.Parse(token.Value, CultureInfo.InvariantCulture));
            case BicepTokenKind.Word when token.Value is "true" or "false" or "null":
                _at++;
                return new BicepExpression.Constant(token.Value == "null" ? null : token.Value == "true");
            case BicepTokenKind.Word:
                _at++;
                return Is("(")
                    ? new BicepExpression.Call(null, token.Value, Arguments(), token.Line)
                    : new BicepExpression.Name(token.Value, token.Line);
            case BicepTokenKind.Sign when token.Value == "(":
                _at++;
                var inner = Expression();
                Want(")");
                return inner;
            case BicepTokenKind.Sign when token.Value == "[":
                return ListOrLoop();
            case BicepTokenKind.Sign when token.Value == "{":
                return Map();
            default:
                throw new BicepFault($"'{token.Value.Trim()}' begins no expression", token.Line);
        }
    }

    private static BicepExpression Inner(IReadOnlyList<BicepToken> tokens)
    {
        var end = new BicepToken(BicepTokenKind.End, "", tokens.Count > 0 ? tokens[^1].Line : 0);
        var parser = new BicepParser([.. tokens, end]);
        var expression = parser.Expression();
        return parser.Here.Kind == BicepTokenKind.End
            ? expression
            : throw new BicepFault("an interpolation holds more than one expression", end.Line);
    }

    private List<BicepExpression> Arguments()
    {
        Want("(");
        var arguments = new List<BicepExpression>();
        Lines();
        while (!Took(")"))
        {
            arguments.Add(Expression());
            Lines();
            if (!Is(")"))
            {
                Want(",");
                Lines();
            }
        }

        return arguments;
    }

    private BicepExpression ListOrLoop()
    {
        Want("[");
        if (Took("for"))
        {
            var item = Take(BicepTokenKind.Word).Value;
            Want("in");
            var over = Expression();
            Want(":");
            var body = Expression();
            Lines();
            Want("]");
            return new BicepExpression.Loop(item, over, body);
        }

        var items = new List<BicepExpression>();
        Lines();
        while (!Took("]"))
        {
            items.Add(Expression());
            if (!Is("]") && !Took(","))
            {
                Take(BicepTokenKind.NewLine);
            }

            Lines();
        }

        return new BicepExpression.List(items);
    }

    private BicepExpression.Map Map()
    {
        Want("{");
        var (entries, nested) = (new List<(BicepExpression, BicepExpression)>(), new List<BicepStatement>());
        Lines();
        while (!Took("}"))
        {
            if (Is("resource") && _tokens[_at + 1].Kind == BicepTokenKind.Word)
            {
                _at++;
                nested.Add(Deployed("resource", Here.Line));
            }
            else
            {
                var key = Here.Kind == BicepTokenKind.Word ? new BicepExpression.Text([_tokens[_at++].Value]) : Primary();
                Want(":");
                entries.Add((key, Expression()));
            }

            if (!Is("}") && !Took(","))
            {
                Take(BicepTokenKind.NewLine);
            }

            Lines();
        }

        return new BicepExpression.Map(entries, nested);
    }
}

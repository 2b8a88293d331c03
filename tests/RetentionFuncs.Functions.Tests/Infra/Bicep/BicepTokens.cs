using System.Globalization;
using System.Text;

namespace RetentionFuncs.Functions.Tests.Infra.Bicep;

public enum BicepTokenKind
{
    Word,
    Number,
    Text,
    Sign,
    NewLine,
    End,
}

/// <param name="Parts">Of a text: strings, and token lists for what stands between <c>${</c> and <c>}</c>.</param>
public sealed record BicepToken(BicepTokenKind Kind, string Value, int Line, IReadOnlyList<object>? Parts = null);

/// <summary>Cuts a template into tokens. Braces, brackets and quotes that do not close are faults.</summary>
public sealed class BicepTokens
{
    private static readonly string[] Signs = ["==", "!=", "<=", ">=", "&&", "||", "??", "=~", "!~", ".?"];

    private readonly string _text;
    private int _at;
    private int _line = 1;

    private BicepTokens(string text) => _text = text.Replace("\r\n", "\n", StringComparison.Ordinal);

    public static IReadOnlyList<BicepToken> Of(string text)
    {
        var reader = new BicepTokens(text);
        var tokens = reader.Until(closing: false);
        tokens.Add(new BicepToken(BicepTokenKind.NewLine, "\n", reader._line));
        tokens.Add(new BicepToken(BicepTokenKind.End, "", reader._line));
        return tokens;
    }

    private char Here => _at < _text.Length ? _text[_at] : '\0';

    private char Next => _at + 1 < _text.Length ? _text[_at + 1] : '\0';

    /// <summary>To the end of the text, or to the <c>}</c> that closes an interpolation.</summary>
    private List<BicepToken> Until(bool closing)
    {
        var tokens = new List<BicepToken>();
        var open = new Stack<(char Sign, int Line)>();
        while (_at < _text.Length)
        {
            if (closing && open.Count == 0 && Here == '}')
            {
                _at++;
                return tokens;
            }

            if (One() is { } token)
            {
                Balance(open, token);
                tokens.Add(token);
            }
        }

        return closing ? throw new BicepFault("an interpolation is not closed", _line)
            : open.TryPeek(out var left) ? throw new BicepFault($"'{left.Sign}' is never closed", left.Line)
            : tokens;
    }

    private static void Balance(Stack<(char Sign, int Line)> open, BicepToken token)
    {
        if (token.Kind != BicepTokenKind.Sign)
        {
            return;
        }

        if (token.Value is "{" or "[" or "(")
        {
            open.Push((token.Value[0], token.Line));
        }
        else if (token.Value is "}" or "]" or ")")
        {
            var wanted = token.Value switch
            {
                "}" => '{',
                "]" => '[',
                _ => '(',
            };
            if (!open.TryPop(out var last) || last.Sign != wanted)
            {
                throw new BicepFault($"'{token.Value}' closes nothing", token.Line);
            }
        }
    }

    private BicepToken? One()
    {
        var line = _line;
        switch (Here)
        {
            case '\n':
                _at++;
                return new BicepToken(BicepTokenKind.NewLine, "\n", _line++);
            case ' ' or '\t':
                _at++;
                return null;
            case '/' when Next == '/':
                _at = _text.IndexOf('\n', _at) is >= 0 and var end ? end : _text.Length;
                return null;
            case '/' when Next == '*':
                Skip(
                    _text.IndexOf("*/", _at, StringComparison.Ordinal) is >= 0 and var close
                        ? close + 2
                        : throw new BicepFault("a comment is not closed", line)
                );
                return null;
            case '\'':
                return Quoted(line);
            case var c when char.IsAsciiLetter(c) || c == '_':
                return new BicepToken(BicepTokenKind.Word, While(ch => char.IsAsciiLetterOrDigit(ch) || ch == '_'), line);
            case var c when char.IsAsciiDigit(c):
                return new BicepToken(BicepTokenKind.Number, While(char.IsAsciiDigit), line);
            default:
                var sign =
                    Signs.FirstOrDefault(s => string.CompareOrdinal(_text, _at, s, 0, s.Length) == 0)
                    ?? Here.ToString(CultureInfo.InvariantCulture);
                _at += sign.Length;
                return "{}[]():=.,?!<>+-*/%@".Contains(sign[0], StringComparison.Ordinal) || sign.Length > 1
                    ? new BicepToken(BicepTokenKind.Sign, sign, line)
                    : throw new BicepFault($"'{sign}' has no place in a template", line);
        }
    }

    private BicepToken Quoted(int line)
    {
        if (string.CompareOrdinal(_text, _at, "'''", 0, 3) == 0)
        {
            var end = _text.IndexOf("'''", _at + 3, StringComparison.Ordinal);
            var block = end >= 0 ? _text[(_at + 3)..end] : throw new BicepFault("a text of several lines is not closed", line);
            Skip(end + 3);
            return new BicepToken(BicepTokenKind.Text, block, line, [block.TrimStart('\n')]);
        }

        _at++;
        var parts = new List<object>();
        var text = new StringBuilder();
        while (Here != '\'')
        {
            if (Here is '\0' or '\n')
            {
                throw new BicepFault("a text is not closed", line);
            }

            if (Here == '$' && Next == '{')
            {
                _at += 2;
                parts.Add(text.ToString());
                parts.Add(Until(closing: true));
                text.Clear();
                continue;
            }

            if (Here == '\\')
            {
                _at++;
            }

            text.Append(Here);
            _at++;
        }

        _at++;
        parts.Add(text.ToString());
        return new BicepToken(BicepTokenKind.Text, string.Concat(parts.OfType<string>()), line, parts);
    }

    private string While(Func<char, bool> belongs)
    {
        var from = _at;
        while (_at < _text.Length && belongs(_text[_at]))
        {
            _at++;
        }

        return _text[from.._at];
    }

    private void Skip(int to)
    {
        _line += _text.AsSpan(_at, to - _at).Count('\n');
        _at = to;
    }
}

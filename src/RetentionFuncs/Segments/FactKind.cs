using System.Globalization;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Segments;

/// <summary>One value of a fact: a number, or a text. A text that is not known is null and equals nothing.</summary>
internal readonly record struct FactValue(decimal Number, string? Text = null);

/// <summary>What kind of values a fact has: how they are written, told apart and put in order.</summary>
internal abstract record FactKind
{
    /// <summary>Whether <c>&lt;</c>, <c>&gt;</c> and <c>between</c> make sense.</summary>
    public virtual bool IsOrdered => true;

    /// <summary>As a message names a value of this kind.</summary>
    public abstract Phrase Noun { get; }

    public abstract FactValue? TryRead(AudienceToken token);

    /// <summary>What to write instead of a value that could not be read.</summary>
    public abstract Phrase Hint(AudienceToken token);

    /// <summary>As an expression writes it.</summary>
    public abstract string Print(FactValue value);

    /// <summary>As a person is told the actual value.</summary>
    public virtual string Show(FactValue value) => Print(value);

    public virtual bool Same(FactValue actual, FactValue wanted) => actual.Number == wanted.Number;

    /// <summary>Below zero when the first comes before the second.</summary>
    public virtual int Order(FactValue actual, FactValue wanted) => actual.Number.CompareTo(wanted.Number);

    /// <summary>Yes or no; stands alone.</summary>
    public sealed record Flag : FactKind
    {
        public override bool IsOrdered => false;
        public override Phrase Noun { get; } = new("yes or no", "是或否");

        public override FactValue? TryRead(AudienceToken token) => null;

        public override Phrase Hint(AudienceToken token) => new("It is yes or no by itself.", "它本身就是“是或否”。");

        public override string Print(FactValue value) => value.Number == 1 ? "yes" : "no";
    }

    /// <summary>A whole number, both ends included.</summary>
    public sealed record Whole(int Least, int Most, Phrase Noun) : FactKind
    {
        public override Phrase Noun { get; } = Noun;

        public override FactValue? TryRead(AudienceToken token) =>
            token.Kind == TokenKind.Number
            && int.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= Least
            && number <= Most
                ? new FactValue(number)
                : null;

        public override Phrase Hint(AudienceToken token) =>
            new(
                string.Create(CultureInfo.InvariantCulture, $"Write a whole number from {Least} to {Most}."),
                string.Create(CultureInfo.InvariantCulture, $"请写 {Least} 到 {Most} 之间的整数。")
            );

        public override string Print(FactValue value) => value.Number.ToString("0", CultureInfo.InvariantCulture);
    }

    /// <summary>An amount in the business's currency.</summary>
    public sealed record Amount : FactKind
    {
        public override Phrase Noun { get; } = new("an amount", "金额");

        public override FactValue? TryRead(AudienceToken token) =>
            token.Kind == TokenKind.Number
            && decimal.TryParse(
                token.Text,
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var number
            )
                ? new FactValue(number)
                : null;

        public override Phrase Hint(AudienceToken token) =>
            new("Write a number such as 200 or 49.90, in the business's currency.", "请写数字，例如 200 或 49.90，按店铺货币计算。");

        public override string Print(FactValue value) =>
            value.Number.ToString("0.############################", CultureInfo.InvariantCulture);

        public override string Show(FactValue value) => value.Number.ToString("0.00##", CultureInfo.InvariantCulture);
    }
}

namespace RetentionFuncs.Segments;

/// <summary>What is known about a customer; null where it is not.</summary>
internal delegate FactValue? KnownFact(AudienceField field);

/// <summary>A checked condition. With every fact known it is true or false; unknown facts may leave it open (null).</summary>
internal abstract record AudienceClause
{
    private AudienceClause() { }

    public abstract bool? Holds(KnownFact known);

    /// <summary>The names the condition asks about, in the order written, without repeats.</summary>
    public abstract IEnumerable<AudienceField> Fields { get; }

    /// <summary>The canonical text; reading it gives the same condition.</summary>
    public abstract string Print();

    /// <summary>The part that decides against the facts, as narrow as it can be told; only asked when the clause does not hold.</summary>
    public virtual AudienceClause Decisive(KnownFact known) => this;

    /// <summary>In brackets when it is a chain inside another condition.</summary>
    private protected virtual string PrintInside() => Print();

    public sealed record Everyone : AudienceClause
    {
        public override bool? Holds(KnownFact known) => true;

        public override IEnumerable<AudienceField> Fields => [];

        public override string Print() => AudienceFields.Everyone;
    }

    public sealed record Flag(AudienceField Field) : AudienceClause
    {
        public override bool? Holds(KnownFact known) => known(Field) is { } fact ? fact.Number == 1 : null;

        public override IEnumerable<AudienceField> Fields => [Field];

        public override string Print() => Field.Name;
    }

    public sealed record Comparison(AudienceField Field, string Operator, FactValue Value) : AudienceClause
    {
        public override bool? Holds(KnownFact known) =>
            known(Field) is not { } fact
                ? null
                : Operator switch
                {
                    "=" => Field.Kind.Same(fact, Value),
                    "!=" => !Field.Kind.Same(fact, Value),
                    "<" => Field.Kind.Order(fact, Value) < 0,
                    "<=" => Field.Kind.Order(fact, Value) <= 0,
                    ">" => Field.Kind.Order(fact, Value) > 0,
                    _ => Field.Kind.Order(fact, Value) >= 0,
                };

        public override IEnumerable<AudienceField> Fields => [Field];

        public override string Print() => $"{Field.Name} {Operator} {Field.Kind.Print(Value)}";
    }

    /// <summary>Both ends included.</summary>
    public sealed record Between(AudienceField Field, FactValue Low, FactValue High) : AudienceClause
    {
        public override bool? Holds(KnownFact known) =>
            known(Field) is { } fact ? Field.Kind.Order(fact, Low) >= 0 && Field.Kind.Order(fact, High) <= 0 : null;

        public override IEnumerable<AudienceField> Fields => [Field];

        public override string Print() => Print("between");

        public string Print(string word) => $"{Field.Name} {word} {Field.Kind.Print(Low)} and {Field.Kind.Print(High)}";
    }

    public sealed record OneOf(AudienceField Field, IReadOnlyList<FactValue> Values) : AudienceClause
    {
        public override bool? Holds(KnownFact known) => known(Field) is { } fact ? Values.Any(v => Field.Kind.Same(fact, v)) : null;

        public override IEnumerable<AudienceField> Fields => [Field];

        public override string Print() => Print("in");

        public string Print(string word) => $"{Field.Name} {word} ({string.Join(", ", Values.Select(Field.Kind.Print))})";
    }

    public sealed record Not(AudienceClause Inner) : AudienceClause
    {
        public override bool? Holds(KnownFact known) => !Inner.Holds(known);

        public override IEnumerable<AudienceField> Fields => Inner.Fields;

        public override string Print() =>
            Inner switch
            {
                Between range => range.Print("not between"),
                OneOf list => list.Print("not in"),
                _ => $"not {Inner.PrintInside()}",
            };
    }

    /// <summary>All of them; two or more, none itself a chain of all.</summary>
    public sealed record All(IReadOnlyList<AudienceClause> Parts) : AudienceClause
    {
        public override bool? Holds(KnownFact known)
        {
            bool? all = true;
            foreach (var part in Parts)
            {
                all &= part.Holds(known);
                if (all == false)
                {
                    return false;
                }
            }

            return all;
        }

        public override IEnumerable<AudienceField> Fields => Parts.SelectMany(p => p.Fields).Distinct();

        public override string Print() => string.Join(" and ", Parts.Select(p => p.PrintInside()));

        public override AudienceClause Decisive(KnownFact known) =>
            (Parts.FirstOrDefault(p => p.Holds(known) == false) ?? Parts.First(p => p.Holds(known) is null)).Decisive(known);

        private protected override string PrintInside() => $"({Print()})";
    }

    /// <summary>At least one of them; two or more, none itself a chain of any.</summary>
    public sealed record Any(IReadOnlyList<AudienceClause> Parts) : AudienceClause
    {
        public override bool? Holds(KnownFact known)
        {
            bool? any = false;
            foreach (var part in Parts)
            {
                any |= part.Holds(known);
                if (any == true)
                {
                    return true;
                }
            }

            return any;
        }

        public override IEnumerable<AudienceField> Fields => Parts.SelectMany(p => p.Fields).Distinct();

        public override string Print() => string.Join(" or ", Parts.Select(p => p.PrintInside()));

        private protected override string PrintInside() => $"({Print()})";
    }
}

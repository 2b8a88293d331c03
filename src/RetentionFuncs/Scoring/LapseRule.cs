using System.Globalization;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring;

/// <summary>When a silence becomes each stage. Crossings are whole days of silence: the stage holds from that day on (end included).</summary>
public abstract record LapseRule
{
    private LapseRule() { }

    /// <summary>Silence in days at which Cooling, Lapsing, Lapsed and Lost begin for this customer; strictly ascending.</summary>
    public abstract LapseBands BandsFor(PurchaseSummary summary);

    /// <summary>This rule with what a refit measured; itself where it leans on nothing measured.</summary>
    public virtual LapseRule FittedWith(Refit? refit) => this;

    /// <summary>The rule as one line, equal exactly when every customer's days are.</summary>
    public abstract string Name { get; }

    /// <summary>The same days for everyone.</summary>
    public sealed record FixedDays(LapseBands Bands) : LapseRule
    {
        public override LapseBands BandsFor(PurchaseSummary summary) => Bands;

        public override string Name =>
            string.Create(CultureInfo.InvariantCulture, $"fixed-days {Bands.Cooling} {Bands.Lapsing} {Bands.Lapsed} {Bands.Lost}");
    }

    /// <summary>
    /// Multiples of the customer's own usual gap, shrunk towards the population's: expected gap = (t_x + g0) / (x + 1) with x repeat
    /// purchase days, t_x days from first to last of them and g0 the population's mean gap. Shrinkage keeps one early repeat from
    /// promising a rhythm.
    /// </summary>
    /// <param name="PopulationGapDays">g0, days; from the last refit.</param>
    public sealed record OwnRhythm(decimal PopulationGapDays, decimal Cooling, decimal Lapsing, decimal Lapsed, decimal Lost) : LapseRule
    {
        public override LapseRule FittedWith(Refit? refit) =>
            refit?.PopulationGapDays is { } gap ? this with { PopulationGapDays = gap } : this;

        public override string Name =>
            string.Create(CultureInfo.InvariantCulture, $"own-rhythm {Cooling} {Lapsing} {Lapsed} {Lost} x {PopulationGapDays:0.#}");

        /// <summary>The shrunk usual gap in days, at least one.</summary>
        public decimal ExpectedGap(PurchaseSummary summary)
        {
            var repeats = summary.PurchaseDays.Count - 1;
            var span = summary.LastDay.DayNumber - summary.FirstDay.DayNumber;
            return Math.Max(1m, (span + PopulationGapDays) / (repeats + 1));
        }

        public override LapseBands BandsFor(PurchaseSummary summary)
        {
            var gap = ExpectedGap(summary);
            var cooling = (int)Math.Ceiling(gap * Cooling);
            var lapsing = Math.Max(cooling + 1, (int)Math.Ceiling(gap * Lapsing));
            var lapsed = Math.Max(lapsing + 1, (int)Math.Ceiling(gap * Lapsed));
            return new LapseBands(cooling, lapsing, lapsed, Math.Max(lapsed + 1, (int)Math.Ceiling(gap * Lost)));
        }
    }

    /// <summary>
    /// How far the chance of ordering within the horizon has fallen since the day after the last order, from the model of the newest
    /// refit; by own rhythm until one is fitted.
    /// </summary>
    /// <param name="HorizonDays">Null: the business's cycle, as the refit measured it.</param>
    /// <param name="Until">What holds before the first refit and when nothing can be fitted.</param>
    public sealed record ChanceOfReturn(int? HorizonDays, ReturnLevels Levels, OwnRhythm Until) : LapseRule
    {
        /// <summary>A silence longer than this is not waited for: every later stage begins there, a day apart.</summary>
        public const int LongestDays = 3650;

        /// <summary>The newest fit, or null.</summary>
        public FittedModel? Fitted { get; init; }

        public override LapseRule FittedWith(Refit? refit) =>
            this with
            {
                Fitted = refit?.Model,
                Until = (OwnRhythm)Until.FittedWith(refit),
            };

        public override string Name =>
            string.Create(CultureInfo.InvariantCulture, $"chance-of-return {Levels} v{Fitted?.Version ?? 0}, else {Until.Name}");

        public override LapseBands BandsFor(PurchaseSummary summary)
        {
            if (Fitted is not { } fitted || summary.PurchaseDays.Count == 0)
            {
                return Until.BandsFor(summary);
            }

            var (pattern, group) = (BuyingPattern.Of(summary, summary.LastDay), fitted.GroupOf(summary));
            return fitted.ChanceOfReturn(pattern.AfterSilence(1), group) is { } fresh and > 0
                ? ReturnCrossings.Solve(gap => fitted.ChanceOfReturn(pattern.AfterSilence(gap), group)!.Value / fresh, Levels)
                : Until.BandsFor(summary);
        }
    }

    public static LapseRule Default { get; } = new FixedDays(LapseBands.Default);
}

/// <summary>Days of silence at which each stage begins.</summary>
public sealed record LapseBands(int Cooling, int Lapsing, int Lapsed, int Lost)
{
    public static LapseBands Default { get; } = new(60, 120, 365, 730);

    /// <summary>Whether the four are positive and strictly ascending.</summary>
    public bool AreAscending => Cooling > 0 && Cooling < Lapsing && Lapsing < Lapsed && Lapsed < Lost;

    /// <param name="silence">Whole days since the last purchase day, 0 or more.</param>
    /// <param name="purchaseDays">Distinct purchase days so far, 1 or more.</param>
    public LapseStage StageAt(int silence, int purchaseDays) =>
        silence >= Lost ? LapseStage.Lost
        : silence >= Lapsed ? LapseStage.Lapsed
        : silence >= Lapsing ? LapseStage.Lapsing
        : silence >= Cooling ? LapseStage.Cooling
        : purchaseDays > 1 ? LapseStage.Active
        : LapseStage.New;

    /// <summary>Days of silence at which the stage begins; 0 for New and Active.</summary>
    public int BeginsAt(LapseStage stage) =>
        stage switch
        {
            LapseStage.Cooling => Cooling,
            LapseStage.Lapsing => Lapsing,
            LapseStage.Lapsed => Lapsed,
            LapseStage.Lost => Lost,
            _ => 0,
        };

    /// <summary>The next beginning strictly after this silence, or null from Lost on.</summary>
    public int? NextAfter(int silence) =>
        silence < Cooling ? Cooling
        : silence < Lapsing ? Lapsing
        : silence < Lapsed ? Lapsed
        : silence < Lost ? Lost
        : null;
}

namespace RetentionFuncs.Scoring.Models;

/// <summary>Mean log likelihood of BG or MBG and its slope in the log-parameters: one exponential and one logarithm per distinct pattern.</summary>
internal sealed class GeometricLikelihood(BuyingSample sample, BuyingModelKind kind) : ILikelihood
{
    private readonly int _first = kind == BuyingModelKind.MBG ? 1 : 0;
    private readonly double[] _lnGrown = new double[sample.Times.Length];
    private readonly double[] _overTime = new double[sample.Times.Length];
    private readonly double[] _lnStay = new double[sample.CountByRepeats.Length];

    public double At(ReadOnlySpan<double> lnParameters, Span<double> slope)
    {
        var (r, alpha, a, b) = (Math.Exp(lnParameters[0]), Math.Exp(lnParameters[1]), Math.Exp(lnParameters[2]), Math.Exp(lnParameters[3]));
        FillTables(alpha, a, b);
        var (rate, stay) = (RepeatTerms.Rate(sample.CountByRepeats, r), RepeatTerms.Stay(sample.CountByRepeats, a, b, _first));
        var (value, inR, inAlpha, inA, inB) = (0.0, 0.0, 0.0, 0.0, 0.0);
        foreach (var (x, recency, age, customers) in sample.Groups)
        {
            var n = r + x;
            var lnOdds = _lnStay[x] + (n * (_lnGrown[age] - _lnGrown[recency]));
            var e = Math.Exp(-Math.Abs(lnOdds));
            var gone = (lnOdds > 0 ? 1 : e) / (1 + e);
            value += customers * (Math.Max(lnOdds, 0) + Precise.Log1p(e) - (n * _lnGrown[age]));
            inR -= customers * (_lnGrown[age] - (gone * (_lnGrown[age] - _lnGrown[recency])));
            inAlpha -= customers * n * (((1 - gone) * _overTime[age]) + (gone * _overTime[recency]));
            inA += customers * gone;
            inB -= customers * gone / (b + Math.Max(0, x - 1 + _first));
        }

        var people = (double)sample.Customers;
        slope[0] = r * (inR + rate.InR) / people;
        slope[1] = r + (alpha * inAlpha / people);
        slope[2] = ((a * stay.InA) + inA) / people;
        slope[3] = b * (stay.InB + inB) / people;
        return (value + rate.Value + stay.Value - (sample.Repeats * lnParameters[1])) / people;
    }

    private void FillTables(double alpha, double a, double b)
    {
        for (var i = 0; i < _lnGrown.Length; i++)
        {
            _lnGrown[i] = Precise.Log1p(sample.Times[i] / alpha);
            _overTime[i] = 1 / (alpha + sample.Times[i]);
        }

        for (var x = 0; x < _lnStay.Length; x++)
        {
            _lnStay[x] = x + _first == 0 ? double.NegativeInfinity : Math.Log(a / (b + x - 1 + _first));
        }
    }
}

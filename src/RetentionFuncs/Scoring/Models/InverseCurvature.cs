namespace RetentionFuncs.Scoring.Models;

/// <summary>What the steps so far tell of how the hill is bent: the BFGS estimate of the inverse of its (negated) second derivatives.</summary>
internal sealed class InverseCurvature
{
    /// <summary>After a first short step: a mean log likelihood bends by about a tenth per log-parameter and square.</summary>
    private const double Usual = 10;

    private readonly double[,] _matrix;
    private readonly int _size;
    private bool _knows;

    public InverseCurvature(int size)
    {
        (_matrix, _size) = (new double[size, size], size);
        Fill(1);
    }

    /// <summary>Starts anew; false when nothing had been learnt.</summary>
    public bool Forget()
    {
        var knew = _knows;
        _knows = false;
        Fill(1);
        return knew;
    }

    /// <summary>The promising direction among those open; 0 in the others.</summary>
    public double[] Uphill(double[] slope, bool[] open)
    {
        var direction = new double[_size];
        for (var i = 0; i < _size; i++)
        {
            for (var j = 0; j < _size && open[i]; j++)
            {
                direction[i] += open[j] ? _matrix[i, j] * slope[j] : 0;
            }
        }

        return direction;
    }

    /// <param name="bend">How much flatter the slope became along the step; nothing is learnt where the hill is not bent downwards.</param>
    public void Learn(double[] step, double[] bend)
    {
        var curve = Dot(step, bend);
        if (curve <= 1e-12 * Math.Sqrt(Dot(bend, bend) * Dot(step, step)))
        {
            return;
        }

        if (!_knows)
        {
            Fill(Usual);
            _knows = true;
        }

        var turned = new double[_size];
        for (var i = 0; i < _size; i++)
        {
            for (var j = 0; j < _size; j++)
            {
                turned[i] += _matrix[i, j] * bend[j];
            }
        }

        var stretch = (1 + (Dot(bend, turned) / curve)) / curve;
        for (var i = 0; i < _size; i++)
        {
            for (var j = 0; j < _size; j++)
            {
                _matrix[i, j] += (stretch * step[i] * step[j]) - (((turned[i] * step[j]) + (step[i] * turned[j])) / curve);
            }
        }
    }

    public static double Dot(double[] one, double[] other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
        {
            sum += one[i] * other[i];
        }

        return sum;
    }

    private void Fill(double diagonal)
    {
        Array.Clear(_matrix);
        for (var i = 0; i < _size; i++)
        {
            _matrix[i, i] = diagonal;
        }
    }
}

namespace RetentionFuncs.Experiments;

/// <summary>
/// How many people a campaign leaves alone when its file does not say. The smallest whole percent from 10 to 50 with which the hoped
/// effect would be seen four times in five (<see cref="DetectablePower"/>, 80 % power, 5 % false alarms); half when none is enough.
/// With the defaults: half up to about 850 people, 30 % at 1,100, 10 % from about 2,600 on. It never rises with the audience.
/// </summary>
public static class ControlShare
{
    public const decimal Smallest = 0.10m;

    public const decimal Largest = 0.50m;

    /// <summary>Guess of the share that buys within the window without any campaign, where nothing better is known.</summary>
    public const double UsualBaseline = 0.05;

    /// <summary>The rise a campaign hopes for, five points, where its author says nothing.</summary>
    public const double UsualEffect = 0.05;

    /// <param name="audienceSize">People expected to enter, both arms together; 0 or more.</param>
    /// <param name="baseline">0 to 1.</param>
    /// <param name="hopedEffect">As a proportion, more than 0; baseline + effect at most 1.</param>
    public static decimal Default(int audienceSize, double baseline = UsualBaseline, double hopedEffect = UsualEffect)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(audienceSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hopedEffect);
        for (var share = Smallest; audienceSize > 0 && share < Largest; share += 0.01m)
        {
            // Not rounded to whole people: rounding would let the share jump up and down as the audience grows.
            var control = audienceSize * (double)share;
            if (DetectablePower.PowerOf(audienceSize - control, control, baseline, hopedEffect) >= 0.8)
            {
                return share;
            }
        }

        return Largest;
    }
}

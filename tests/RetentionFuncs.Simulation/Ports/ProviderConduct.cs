using RetentionFuncs.Messages;
using RetentionFuncs.Simulation.Scheduling;

namespace RetentionFuncs.Simulation.Ports;

/// <summary>How a provider behaves: chances per call, each 0 to 1; what is left over is a plain 202.</summary>
/// <param name="Refused">400 and its like.</param>
/// <param name="TooMany">429 with a moment to come back.</param>
/// <param name="Unauthorized">401 or 403: nothing goes until a person acts.</param>
/// <param name="NotReached">DNS, refused connection or failed TLS handshake: proven not sent.</param>
/// <param name="ServerErrorTaken">5xx although the mail was taken.</param>
/// <param name="ServerErrorNotTaken">5xx and it was not.</param>
/// <param name="TimeoutTaken">No answer, or one cut short, although the mail was taken.</param>
/// <param name="TimeoutNotTaken">No answer, and it was not.</param>
public sealed record ProviderConduct(
    double Refused,
    double TooMany,
    double Unauthorized,
    double NotReached,
    double ServerErrorTaken,
    double ServerErrorNotTaken,
    double TimeoutTaken,
    double TimeoutNotTaken
)
{
    /// <summary>Takes everything and reports faithfully.</summary>
    public static ProviderConduct Kind { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Share of submissions of which no event ever comes.</summary>
    public double SilentShare { get; init; }

    /// <summary>Chance that an event is repeated, asked again after each repeat.</summary>
    public double RepeatedEvent { get; init; }

    /// <summary>Chance that an event is lost for good.</summary>
    public double LostEvent { get; init; }

    /// <summary>Chance that an event comes up to a day late.</summary>
    public double LateEvent { get; init; }

    /// <summary>Share of accepted mail that bounces hard.</summary>
    public double Bounced { get; init; }

    /// <summary>Share of delivered mail that is complained of.</summary>
    public double Complained { get; init; }

    /// <summary>Share of delivered mail whose reader unsubscribes at the provider.</summary>
    public double Unsubscribed { get; init; }

    internal (SendResult Result, bool Taken) Draw(SimRandom random, TimeProvider clock)
    {
        var roll = random.Share();
        foreach (var (chance, result, taken) in Endings(random, clock))
        {
            if (roll < chance)
            {
                return (result, taken);
            }

            roll -= chance;
        }

        return (new SendResult.Accepted(null), true);
    }

    private IEnumerable<(double Chance, SendResult Result, bool Taken)> Endings(SimRandom random, TimeProvider clock)
    {
        var later = clock.GetUtcNow() + TimeSpan.FromSeconds(5 + (random.Bits() % 300));
        yield return (Refused, new SendResult.Refused("400 the address is not valid"), false);
        yield return (TooMany, new SendResult.ProvenNotSent(later, "429 too many requests"), false);
        yield return (Unauthorized, new SendResult.SystemicRefusal("401 the key is not valid"), false);
        yield return (NotReached, new SendResult.ProvenNotSent(later, "the name did not resolve"), false);
        yield return (ServerErrorTaken, new SendResult.Unknown("503"), true);
        yield return (ServerErrorNotTaken, new SendResult.Unknown("503"), false);
        yield return (TimeoutTaken, new SendResult.Unknown("no answer in 30 s"), true);
        yield return (TimeoutNotTaken, new SendResult.Unknown("no answer in 30 s"), false);
    }
}

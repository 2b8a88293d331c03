using RetentionFuncs.Messages;
using RetentionFuncs.Simulation.Scheduling;

namespace RetentionFuncs.Simulation.Ports;

/// <summary>One submission that the provider took: one mail that is on its way.</summary>
public sealed record Submission(OutboundMessage Message, string ProviderMessageId, DateTimeOffset At);

/// <summary>
/// A mail provider that has no idempotency key: it takes a repeat as gladly as a first. It remembers every accepted submission,
/// whatever it answered, and tells of each by delivery events.
/// </summary>
public sealed class SimProvider : IMessageSender
{
    private const string Send = "sender.send";
    private readonly PortCalls _calls;
    private readonly TimeProvider _clock;
    private readonly SimRandom _random;
    private readonly ProviderConduct _conduct;
    private readonly ProviderEvents _events;
    private readonly List<Submission> _accepted = [];
    private readonly Queue<(SendResult Result, bool Taken)> _script = new();

    // Messages go out side by side, on threads of their own where the store is a real one.
    private readonly Lock _turn = new();

    public SimProvider(PortCalls calls, TimeProvider clock, SimRandom random, ProviderConduct conduct)
    {
        (_calls, _clock, _random, _conduct) = (calls, clock, random, conduct);
        _events = new ProviderEvents(random.Fork(), conduct);
    }

    /// <summary>Every accepted submission, in order, also those whose sender never learned of it.</summary>
    public IReadOnlyList<Submission> Accepted => _accepted;

    /// <summary>Every message that reached the provider, taken or not.</summary>
    public int Calls { get; private set; }

    /// <summary>False makes the provider take everything at once.</summary>
    public bool Disturbed { get; set; } = true;

    /// <summary>Called at the instant a submission is accepted.</summary>
    public Action<Submission>? Taken { get; set; }

    /// <summary>A provider that takes everything, unless <see cref="AnswerNext"/> says otherwise; its events come once and in order.</summary>
    public static SimProvider Quiet(TimeProvider clock) => new(PortCalls.Quiet, clock, new SimRandom(1), ProviderConduct.Kind);

    /// <summary>Scripts the answer to the next call not yet scripted.</summary>
    /// <param name="taken">Whether the mail goes out; by default only when the answer says so.</param>
    public void AnswerNext(SendResult result, bool? taken = null) => _script.Enqueue((result, taken ?? result is SendResult.Accepted));

    public ValueTask<SendResult> SendAsync(OutboundMessage message) =>
        _calls.CallAsync(
            Send,
            message.Reference + " " + message.AttemptId,
            PortFaults.OfSends,
            () => ReceiveInTurn(message),
            () => new SendResult.Unknown("the answer was lost"),
            () => new InvalidOperationException("A sender never refuses by exception.")
        );

    /// <summary>The delivery events that come in up to now (included), each handed out once; repeats are events of their own.</summary>
    public IReadOnlyList<ProviderEvent> TakeEvents() => _events.Take(_clock.GetUtcNow());

    private SendResult ReceiveInTurn(OutboundMessage message)
    {
        lock (_turn)
        {
            return Receive(message);
        }
    }

    private SendResult Receive(OutboundMessage message)
    {
        Calls++;
        var (result, taken) =
            _script.TryDequeue(out var scripted) ? scripted
            : Disturbed ? _conduct.Draw(_random, _clock)
            : Kindly();
        if (result is SendResult.Unknown)
        {
            _calls.Count(Send, taken ? PortFault.LostApplied : PortFault.LostNotApplied);
        }

        if (!taken)
        {
            return result;
        }

        var submission = new Submission(message, $"sim-{_accepted.Count + 1}", _clock.GetUtcNow());
        _accepted.Add(submission);
        _events.Follow(submission, Disturbed);
        Taken?.Invoke(submission);
        return result is SendResult.Accepted { ProviderMessageId: null } ? new SendResult.Accepted(submission.ProviderMessageId) : result;
    }

    private static (SendResult, bool) Kindly() => (new SendResult.Accepted(null), true);
}

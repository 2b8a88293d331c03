using RetentionFuncs.Messages;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Simulation.Scheduling;

namespace RetentionFuncs.Tests.Simulator;

public sealed class SimProviderTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private readonly SimClock _clock = new(Start);

    [Fact]
    public async Task A_quiet_provider_takes_everything_repeats_too_and_gives_each_its_own_id()
    {
        var provider = SimProvider.Quiet(_clock);

        var answers = new[] { await provider.SendAsync(Message("t1", "a1")), await provider.SendAsync(Message("t1", "a1")) };

        answers.ShouldBe([new SendResult.Accepted("sim-1"), new SendResult.Accepted("sim-2")]);
        provider.Accepted.Select(s => s.Message.Reference).ShouldBe(["t1", "t1"]);
    }

    [Fact]
    public async Task A_scripted_answer_may_hide_that_the_mail_was_taken()
    {
        var provider = SimProvider.Quiet(_clock);
        provider.AnswerNext(new SendResult.Unknown("503"), taken: true);
        provider.AnswerNext(new SendResult.Refused("400"));

        (await provider.SendAsync(Message("t1", "a1"))).ShouldBe(new SendResult.Unknown("503"));
        (await provider.SendAsync(Message("t2", "a2"))).ShouldBe(new SendResult.Refused("400"));

        provider.Accepted.Select(s => s.Message.Reference).ShouldBe(["t1"]);
        provider.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Events_of_a_quiet_provider_come_once_and_in_order()
    {
        var provider = SimProvider.Quiet(_clock);
        await provider.SendAsync(Message("t1", "a1"));

        provider.TakeEvents().ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromHours(1));
        provider.TakeEvents().Select(e => e.Kind).ShouldBe([ProviderEventKind.Processed, ProviderEventKind.Delivered]);
        provider.TakeEvents().ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_ending_of_a_call_comes_about_as_often_as_asked()
    {
        var conduct = new ProviderConduct(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1);
        var provider = new SimProvider(PortCalls.Quiet, _clock, new SimRandom(5), conduct);
        var answers = new List<SendResult>();
        for (var i = 0; i < 10_000; i++)
        {
            answers.Add(await provider.SendAsync(Message($"t{i}", "a")));
        }

        answers.OfType<SendResult.Accepted>().Count().ShouldBeInRange(1800, 2200);
        answers.OfType<SendResult.Refused>().Count().ShouldBeInRange(850, 1150);
        answers.OfType<SendResult.SystemicRefusal>().Count().ShouldBeInRange(850, 1150);
        answers.OfType<SendResult.ProvenNotSent>().Count().ShouldBeInRange(1800, 2200);
        answers.OfType<SendResult.Unknown>().Count().ShouldBeInRange(3700, 4300);
        provider.Accepted.Count.ShouldBeInRange(3700, 4300, "half of the unknown ones were taken");
    }

    [Fact]
    public async Task Events_of_a_disturbed_provider_are_repeated_lost_late_and_out_of_order()
    {
        var conduct = ProviderConduct.Kind with { SilentShare = 0.1, RepeatedEvent = 0.5, LostEvent = 0.1, LateEvent = 0.3 };
        var provider = new SimProvider(PortCalls.Quiet, _clock, new SimRandom(5), conduct);
        for (var i = 0; i < 1000; i++)
        {
            await provider.SendAsync(Message($"t{i}", "a"));
        }

        _clock.Advance(TimeSpan.FromDays(2));
        var events = provider.TakeEvents();

        var byTouch = events.GroupBy(e => e.Submission.Message.Reference).ToList();
        (1000 - byTouch.Count).ShouldBeInRange(70, 140);
        events.Count.ShouldBeGreaterThan(2500);
        events.Select(e => e.EventId).Distinct().Count().ShouldBe(events.Count, "repeats of one event have ids of their own");
        byTouch.Count(g => g.First().Kind == ProviderEventKind.Delivered).ShouldBeGreaterThan(50);
    }

    private static OutboundMessage Message(string reference, string attempt) =>
        new(
            new Mailbox("Shop", "shop@shop.example"),
            new Mailbox(null, "reply@shop.example"),
            new Mailbox(null, "ann@example.com"),
            "Subject",
            "<p>x</p>",
            "x",
            "en",
            [],
            "win-back",
            reference,
            attempt,
            "instance",
            Start
        );
}

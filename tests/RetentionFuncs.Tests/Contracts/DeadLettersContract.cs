using RetentionFuncs.Queues;

namespace RetentionFuncs.Tests.Contracts;

/// <summary>What the messages put aside for a person do in every home. A subclass opens an empty queue and says how its host delivers.</summary>
public abstract class DeadLettersContract : IAsyncLifetime
{
    protected static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    protected HandSetClock Clock { get; } = new(Noon);

    protected IWorkQueue Queue { get; private set; } = null!;

    protected IDeadLetters Letters { get; private set; } = null!;

    protected abstract ValueTask<(IWorkQueue Queue, IDeadLetters Letters)> OpenAsync(TimeProvider clock);

    /// <summary>Delivers all that is due at <see cref="Clock"/>; how many messages were handled.</summary>
    protected abstract ValueTask<int> DeliverDueAsync(IQueueHandler handler);

    /// <summary>Puts a body into the queue that no program of ours wrote.</summary>
    protected abstract ValueTask PutAsync(string body);

    protected virtual ValueTask CloseAsync() => ValueTask.CompletedTask;

    public async Task InitializeAsync() => (Queue, Letters) = await OpenAsync(Clock);

    public async Task DisposeAsync() => await CloseAsync();

    [Fact]
    public async Task A_parked_message_is_listed_with_what_a_person_needs_to_know()
    {
        var parked = await ParkAsync("a");

        parked.Message.ShouldBe(Message("a"));
        parked.Reason.ShouldBe("look at me");
        parked.ParkedAt.ShouldBe(Noon);
        parked.Attempts.ShouldBe(1);
        MessageJson.Read(parked.Body).ShouldBe(Message("a"));
        (await Letters.FindAsync(parked.Id)).ShouldBe(parked);
    }

    [Fact]
    public async Task A_message_that_failed_five_times_says_with_what()
    {
        await Queue.EnqueueAsync(Message("a"), Noon);
        for (var i = 0; i < DeliveryRules.MaxAttempts; i++)
        {
            (await DeliverDueAsync(new Answering(_ => throw new InvalidOperationException("the store is away")))).ShouldBe(1);
            Clock.Now = Clock.Now.AddHours(1);
        }

        var parked = (await Letters.ListAsync()).ShouldHaveSingleItem();
        parked.Reason.ShouldContain("the store is away");
        parked.Attempts.ShouldBe(5);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"schema":1,"ref":"","purpose":"send","seq":0}""")]
    public async Task Catalogue_095_A_body_that_cannot_be_read_is_put_aside_at_first_sight_and_can_only_be_dropped(string body)
    {
        await PutAsync(body);
        (await DeliverAsync()).ShouldBeEmpty();

        var parked = (await Letters.ListAsync()).ShouldHaveSingleItem();
        (parked.Body, parked.Message, parked.Attempts).ShouldBe((body, null, 1));
        (await Letters.ReplayAsync(parked.Id)).ShouldBeFalse();
        (await Letters.ListAsync()).Count.ShouldBe(1);
        (await Letters.DropAsync(parked.Id)).ShouldBeTrue();
        (await Letters.ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_replayed_message_is_due_at_once_with_its_attempts_forgotten()
    {
        var parked = await ParkAsync("a");
        (await Letters.ReplayAsync(parked.Id)).ShouldBeTrue();
        (await Letters.ListAsync()).ShouldBeEmpty();
        (await Letters.ReplayAsync(parked.Id)).ShouldBeFalse();
        for (var i = 1; i < DeliveryRules.MaxAttempts; i++)
        {
            (await DeliverDueAsync(new Answering(_ => throw new InvalidOperationException()))).ShouldBe(1);
            Clock.Now = Clock.Now.AddHours(1);
        }

        (await Letters.ListAsync()).ShouldBeEmpty();
        (await DeliverAsync()).ShouldBe([Message("a")]);
    }

    [Fact]
    public async Task A_message_may_be_replayed_put_aside_and_replayed_again_within_a_minute()
    {
        for (var i = 0; i < 3; i++)
        {
            var parked = i == 0 ? await ParkAsync("a") : (await Letters.ListAsync()).Single();
            (await Letters.ReplayAsync(parked.Id)).ShouldBeTrue();
            Clock.Now = Clock.Now.AddSeconds(10);
            (await DeliverDueAsync(new Answering(_ => new HandlerAnswer.Park("still no")))).ShouldBe(1);
        }

        (await Letters.ListAsync()).ShouldHaveSingleItem().Reason.ShouldBe("still no");
    }

    [Fact]
    public async Task A_replayed_message_that_fails_replayed_again_and_failing_again_is_never_lost()
    {
        _ = await ParkAsync("a");
        for (var i = 0; i < 3; i++)
        {
            (await Letters.ReplayAsync((await Letters.ListAsync()).Single().Id)).ShouldBeTrue();
            (await DeliverDueAsync(new Answering(_ => throw new InvalidOperationException()))).ShouldBe(1);
            Clock.Now = Clock.Now.AddSeconds(10);
            (await DeliverDueAsync(new Answering(_ => new HandlerAnswer.Park("no")))).ShouldBe(1);
        }

        (await Letters.ListAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Only_the_message_named_is_replayed_and_the_others_stay_as_they_are()
    {
        for (var i = 0; i < 7; i++)
        {
            await Queue.EnqueueAsync(Message($"m{i}"), Noon);
        }

        await DeliverDueAsync(new Answering(_ => new HandlerAnswer.Park("no")));
        var before = await Letters.ListAsync();
        (await Letters.ReplayAsync(before.Single(l => l.Message!.Ref == "m5").Id)).ShouldBeTrue();

        (await DeliverAsync()).Select(m => m.Ref).ShouldBe(["m5"]);
        (await Letters.ListAsync()).ShouldBe(before.Where(l => l.Message!.Ref != "m5"));
    }

    [Fact]
    public async Task A_dropped_message_is_gone()
    {
        var parked = await ParkAsync("a");
        (await Letters.DropAsync(parked.Id)).ShouldBeTrue();
        (await Letters.DropAsync(parked.Id)).ShouldBeFalse();
        (await Letters.FindAsync(parked.Id)).ShouldBeNull();
        Clock.Now = Noon.AddDays(30);
        (await DeliverAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Letters_are_listed_up_to_a_limit()
    {
        for (var i = 0; i < 7; i++)
        {
            await Queue.EnqueueAsync(Message($"m{i}"), Noon);
        }

        await DeliverDueAsync(new Answering(_ => new HandlerAnswer.Park("no")));
        (await Letters.ListAsync(5)).Select(m => m.Message!.Ref).ShouldBe(Enumerable.Range(0, 5).Select(i => $"m{i}"));
        (await Letters.ListAsync()).Count.ShouldBe(7);
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await Letters.ListAsync(0));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await Letters.ListAsync(1001));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("touchpoints.")]
    [InlineData("touchpoints.99")]
    [InlineData("touchpoints.-1")]
    [InlineData("elsewhere.1")]
    public async Task An_id_that_nothing_has_is_answered_with_nothing(string id)
    {
        _ = await ParkAsync("a");
        (await Letters.FindAsync(id)).ShouldBeNull();
        (await Letters.ReplayAsync(id)).ShouldBeFalse();
        (await Letters.DropAsync(id)).ShouldBeFalse();
        (await Letters.ListAsync()).Count.ShouldBe(1);
    }

    protected static QueueMessage Message(string reference) => new(QueueMessage.CurrentSchema, reference, Purposes.Send, 0);

    protected async Task<DeadLetter> ParkAsync(string reference)
    {
        await Queue.EnqueueAsync(Message(reference), Clock.Now);
        (await DeliverDueAsync(new Answering(_ => new HandlerAnswer.Park("look at me")))).ShouldBe(1);
        return (await Letters.ListAsync()).Single(l => l.Message == Message(reference));
    }

    protected async Task<IReadOnlyList<QueueMessage>> DeliverAsync()
    {
        var seen = new List<QueueMessage>();
        await DeliverDueAsync(
            new Answering(message =>
            {
                seen.Add(message);
                return HandlerAnswer.Finished;
            })
        );
        return seen;
    }

    protected sealed class Answering(Func<QueueMessage, HandlerAnswer> answer) : IQueueHandler
    {
        public ValueTask<HandlerAnswer> HandleAsync(QueueMessage message) => ValueTask.FromResult(answer(message));
    }
}

using RetentionFuncs.Queues;
using RetentionFuncs.Simulation.Ports;

namespace RetentionFuncs.Tests.Simulator;

public sealed class SimShelfTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 5, 0, 0, TimeSpan.Zero);

    /// <summary>The oracle is a list walked from its beginning.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_is_put_moved_and_taken_the_due_ones_are_numbered_in_the_order_in_which_they_came(int seed)
    {
        var (random, shelf, list, now) = (new Random(seed), new SimShelf(), new List<HeldMessage>(), Start);
        for (var step = 0; step < 20_000; step++)
        {
            now += TimeSpan.FromSeconds(random.Next(3));
            switch (random.Next(10))
            {
                case < 5:
                    var held = Held(step, now.AddSeconds(random.Next(-50, 3_000)));
                    shelf.Add(held);
                    list.Add(held);
                    break;
                case < 7 when list.Count > 0:
                    shelf.Move(list[random.Next(list.Count)], now.AddSeconds(random.Next(600)));
                    break;
                case < 9 when list.Count > 0:
                    var gone = list[random.Next(list.Count)];
                    list.Remove(gone);
                    shelf.Remove(gone).ShouldBeTrue();
                    shelf.Remove(gone).ShouldBeFalse();
                    break;
            }

            shelf.Ripen(now);
            var due = list.FindAll(h => h.IsDue(now));
            shelf.Ripe.ShouldBe(due.Count);
            if (due.Count > 0)
            {
                var number = random.Next(due.Count);
                shelf.RipeAt(number).ShouldBeSameAs(due[number]);
            }
        }

        shelf.All.ShouldBe(list);
        shelf.Count.ShouldBe(list.Count);
    }

    [Fact]
    public void What_was_moved_is_next_at_its_new_moment_and_what_was_removed_is_not()
    {
        var shelf = new SimShelf();
        var (first, second) = (Held(1, Start.AddMinutes(1)), Held(2, Start.AddMinutes(2)));
        shelf.Add(first);
        shelf.Add(second);

        shelf.NextRipe.ShouldBeSameAs(first);
        shelf.Move(first, Start.AddMinutes(5));
        shelf.NextRipe.ShouldBeSameAs(second);
        shelf.Remove(second);
        shelf.NextRipe.ShouldBeSameAs(first);
        shelf.Remove(first);
        shelf.NextRipe.ShouldBeNull();
    }

    private static HeldMessage Held(int number, DateTimeOffset at) =>
        new(new QueueMessage(QueueMessage.CurrentSchema, $"touch-{number}", "send", 1), at);
}

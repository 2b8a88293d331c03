using RetentionFuncs.Operations;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Operations;

public sealed class OperatorLogTests
{
    private readonly TripWorld _world = new();

    [Fact]
    public async Task The_newest_operation_comes_first_with_everything_that_was_said()
    {
        await _world.Product.NoteOperation.RunAsync("ada", "drop-dead-letter", "queue.7", "the order was a test");
        _world.Clock.Now = _world.Clock.Now.AddMinutes(1);
        await _world.Product.NoteOperation.RunAsync("lin", "stop-sending", "", "wrong coupon");

        var log = await ReadAsync();

        log.Select(o => o.By).ShouldBe(["lin", "ada"]);
        log[1].ShouldBe(new Operation(log[1].At, "ada", "drop-dead-letter", "queue.7", "the order was a test"));
        (log[0].At - log[1].At).ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Two_operations_at_one_moment_are_both_kept()
    {
        await _world.Product.NoteOperation.RunAsync("ada", "replay-dead-letter", "queue.7", "fixed");
        await _world.Product.NoteOperation.RunAsync("ada", "replay-dead-letter", "queue.8", "fixed");
        (await ReadAsync()).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("", "drop", "why")]
    [InlineData("ada", "", "why")]
    [InlineData("ada", "drop", " ")]
    public async Task Nobody_and_no_reason_are_refused(string by, string what, string why)
    {
        await Should.ThrowAsync<ArgumentException>(async () => await _world.Product.NoteOperation.RunAsync(by, what, "", why));
        (await ReadAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_long_reason_is_cut_and_never_in_the_middle_of_a_character()
    {
        await _world.Product.NoteOperation.RunAsync("ada", "drop", "", new string('x', NoteOperation.MaxLength - 1) + "😀 and more");
        (await ReadAsync())[0].Why.ShouldBe(new string('x', NoteOperation.MaxLength - 1));
    }

    private async Task<List<Operation>> ReadAsync()
    {
        var log = new List<Operation>();
        await foreach (var operation in new OperatorLog(_world.Store).ReadAsync())
        {
            log.Add(operation);
        }

        return log;
    }
}

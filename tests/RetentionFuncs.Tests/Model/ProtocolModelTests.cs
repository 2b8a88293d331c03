using System.Collections.Concurrent;
using RetentionFuncs.Simulation.Model;

namespace RetentionFuncs.Tests.Model;

/// <summary>Every reachable world of the claim protocol, and of protocols known to be wrong.</summary>
public sealed class ProtocolModelTests
{
    public static TheoryData<string, string> KnownWrong =>
        new()
        {
            { "send, then record", ModelFaults.AcceptedTwice },
            { "send, then record", ModelFaults.AcceptedWithoutRecord },
            { "lease, expired claim retaken", ModelFaults.AcceptedTwice },
            { "unknown and absent from the log: resend", ModelFaults.AcceptedTwice },
            { "address checked before the claim", ModelFaults.CalledAfterNo },
            { "read-back without the attempt id", ModelFaults.AcceptedTwice },
            { "claim without the version", ModelFaults.AcceptedTwice },
            { "claim without the version", ModelFaults.CalledAfterNo },
            { "slot without the version", ModelFaults.CalledAfterNo },
            { "unanswered call repeated", ModelFaults.AcceptedTwice },
            { "slot returned whoever holds it", ModelFaults.AcceptedWithoutSlot },
        };

    [Fact]
    public void One_touch_three_workers_three_crashes_and_never_a_fault()
    {
        var outcome = ModelExplorer.Explore(Protocol.RecordBeforeSend, ModelBounds.OneTouch);

        outcome.Faults.ShouldBeEmpty(outcome.ToString());
        outcome.MaxAccepted.ShouldBe(1);
        outcome.States.ShouldBeGreaterThan(100_000);
    }

    [Fact]
    public void Two_touches_to_one_address_never_exceed_its_cap()
    {
        var outcome = ModelExplorer.Explore(Protocol.RecordBeforeSend, ModelBounds.SharedAddress);

        outcome.Faults.ShouldBeEmpty(outcome.ToString());
        outcome.MaxAccepted.ShouldBe(1);
        outcome.States.ShouldBeGreaterThan(100_000);
    }

    /// <summary>So it is with messages that take no slot, and with an address that moved since the gates saw it.</summary>
    [Fact]
    public void An_address_that_is_read_after_the_claim_only_is_as_safe()
    {
        var late = Protocol.RecordBeforeSend with { SeesAddressFirst = false };

        ModelExplorer.Explore(late, ModelBounds.Control).Faults.ShouldBeEmpty();
        ModelExplorer.Explore(late, ModelBounds.SharedAddress).Faults.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(KnownWrong))]
    public void A_protocol_known_to_be_wrong_is_found_wrong(string protocol, string fault)
    {
        var outcome = Explored.GetOrAdd(protocol, name => ModelExplorer.Explore(Wrong(name), ModelBounds.Control));

        outcome.Faults.Keys.ShouldContain(fault, outcome.ToString());
    }

    [Fact]
    public void A_slot_taken_without_its_version_exceeds_the_cap_of_a_shared_address()
    {
        ModelExplorer
            .Explore(Wrong("slot without the version"), ModelBounds.SharedControl)
            .Faults.Keys.ShouldContain(ModelFaults.CapExceeded);
        ModelExplorer.Explore(Protocol.RecordBeforeSend, ModelBounds.SharedControl).Faults.ShouldBeEmpty();
    }

    [Fact]
    public void Every_protocol_on_the_list_of_wrong_ones_has_its_test() =>
        KnownWrong.Select(row => (string)row[0]).Distinct().ShouldBe(Protocol.KnownWrong.Select(p => p.Name), ignoreOrder: true);

    private static readonly ConcurrentDictionary<string, ModelOutcome> Explored = new();

    private static Protocol Wrong(string name) => Protocol.KnownWrong.Single(p => p.Name == name);
}

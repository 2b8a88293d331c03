using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Touchpoints;

/// <summary>Vectors made by an independent SHA-256 and base32; a change of any would plan everybody again.</summary>
public sealed class TouchIdsTests
{
    private static readonly string A = new('a', 26);
    private static readonly string B = new('b', 26);

    [Theory]
    [InlineData('a', 'b', "win-back", "check-in", "2026-03-01", "mfpm4dl7pfg3hgnjk2yd5aj3vg")]
    [InlineData('c', 'd', "birthday", "wish", "2026", "jmeo3k65ag2ez3m5emfth45yvp")]
    public void The_algorithm_is_pinned_by_golden_vectors(
        char customer,
        char contact,
        string campaign,
        string step,
        string occasion,
        string id
    ) =>
        TouchIds
            .Of(new CustomerKey(new string(customer, 26)), new ContactKey(new string(contact, 26)), campaign, step, occasion)
            .Value.ShouldBe(id);

    [Fact]
    public void Parts_are_told_apart_by_their_length()
    {
        var one = TouchIds.Of(new CustomerKey(A), new ContactKey(B), "win-back", "check-in", "2026-03-01");
        var other = TouchIds.Of(new CustomerKey(A), new ContactKey(B), "win-back", "check", "-in2026-03-01");
        other.Value.ShouldBe("mxednqhiy53aqnssvqnfjs57ti");
        other.ShouldNotBe(one);
    }

    [Fact]
    public void A_customer_key_is_the_keyed_hash_of_the_external_id()
    {
        var secret = new InstanceSecret([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        secret.CustomerKeyOf("C-1042").Value.ShouldBe("cw2lbaixfefeec7lvovidownaa");
        secret.CustomerKeyOf("c-1042").ShouldNotBe(secret.CustomerKeyOf("C-1042"));
    }

    [Fact]
    public void A_reference_reads_back_and_nothing_else_does()
    {
        var reference = new TouchRef(new CustomerKey(A), new TouchId(B));
        TouchRef.TryParse(reference.ToString(), out var read).ShouldBeTrue();
        read.ShouldBe(reference);
        foreach (
            var bad in new[]
            {
                null,
                "",
                A,
                A + "." + B + "x",
                A + "." + B[..25],
                A + "." + B[..25] + "1",
                A + B + ".",
                (A + "." + B).ToUpperInvariant(),
            }
        )
        {
            TouchRef.TryParse(bad, out _).ShouldBeFalse(bad);
        }
    }
}

using RetentionFuncs.Customers;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Telemetry;

/// <summary>
/// A customer whose address, name and external id are like no other text, so that any part of them is found wherever it leaks. Run it
/// through anything under a <see cref="TelemetryTap"/>, then call <see cref="ShouldBeInNoneOf"/>.
/// </summary>
public sealed record Canary(string ExternalId, string Address, string Name)
{
    public static Canary Bird { get; } = new("KUNDE-zqx4417", "wrenfold.zqxette+gelb@kanarix-haus.shop", "Zqxandra Wrenfoldt");

    /// <summary>What must not be found, longest first; the digits and words an id or address is made of too.</summary>
    public IReadOnlyList<string> Parts { get; } =
    [
        ExternalId,
        Address,
        Name,
        .. ExternalId.Split('-').Concat(Address.Split('@', '.', '+')).Concat(Name.Split(' ')).Where(p => p.Length > 4),
    ];

    /// <summary>The customer as an import would tell of them.</summary>
    public CustomerNews Dressed(CustomerNews news)
    {
        EmailAddress.TryParse(Address, out var email, out _).ShouldBeTrue();
        return news with { Name = Name, Email = email };
    }

    /// <summary>The canary as a customer of a world.</summary>
    public Task<CustomerKey> MoveIntoAsync(TripWorld world) => world.CustomerAsync(ExternalId.ToLowerInvariant(), Dressed);

    public void ShouldBeInNoneOf(TelemetryTap tap) => LeaksIn(tap.Texts()).ShouldBeEmpty();

    /// <summary>Each place a part was found in; upper and lower case alike.</summary>
    public IReadOnlyList<string> LeaksIn(IEnumerable<(string Where, string Text)> texts) =>
        [
            .. texts
                .SelectMany(t =>
                    Parts.Where(p => t.Text.Contains(p, StringComparison.OrdinalIgnoreCase)).Select(p => $"'{p}' in {t.Where}: {t.Text}")
                )
                .Distinct(),
        ];
}

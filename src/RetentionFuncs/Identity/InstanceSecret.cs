using System.Security.Cryptography;
using System.Text;
using RetentionFuncs.Customers;

namespace RetentionFuncs.Identity;

/// <summary>
/// The secret of one installation. Keys of customers and addresses are keyed hashes, so that neither stands in a key, a log or
/// a queue; each use derives its own sub-key, so that no value can be replayed as another.
/// </summary>
public sealed class InstanceSecret
{
    private readonly byte[] _customers;
    private readonly byte[] _contacts;
    private readonly byte[] _addresses;
    private readonly byte[] _coupons;
    private readonly byte[] _links;
    private readonly byte[] _consents;

    /// <param name="secret">At least 32 random bytes.</param>
    public InstanceSecret(ReadOnlySpan<byte> secret)
    {
        if (secret.Length < 32)
        {
            throw new ArgumentException("The instance secret must have at least 32 bytes.", nameof(secret));
        }

        var root = secret.ToArray();
        _customers = Derive(root, "customer");
        _contacts = Derive(root, "contact");
        _addresses = Derive(root, "address");
        _coupons = Derive(root, "coupon");
        _links = Derive(root, "link");
        _consents = Derive(root, "consent");
        InstanceId = Base32.Encode(Derive(root, "instance"), 12);
    }

    /// <summary>Opaque id of this installation, sent with each message so that a clone is noticed.</summary>
    public string InstanceId { get; }

    public CustomerKey CustomerKeyOf(string externalId) => new(Hash(_customers, externalId));

    public ContactKey ContactKeyOf(CustomerKey customer, string externalId) => new(Hash(_contacts, customer.Value + "\n" + externalId));

    public AddressKey AddressKeyOf(EmailAddress address) => new(Hash(_addresses, "email\n" + address.Folded));

    /// <summary>Calls and text messages to one number share its standing.</summary>
    public AddressKey AddressKeyOf(PhoneNumber number) => new(Hash(_addresses, "tel\n" + number.Value));

    /// <summary>The address a contact is reached at on a channel; null without one.</summary>
    public AddressKey? AddressKeyOf(Contact contact, Channel channel) =>
        channel == Channel.Email
            ? contact.Email is { } email
                ? AddressKeyOf(email)
                : null
            : contact.Number is { } number
                ? AddressKeyOf(number)
                : null;

    /// <summary>128 bits that a coupon code is written from; the same touchpoint always gives the same code.</summary>
    public byte[] CouponBits(string reference) => HMACSHA256.HashData(_coupons, Encoding.UTF8.GetBytes(reference))[..16];

    /// <summary>128-bit tag for a link's payload.</summary>
    public byte[] LinkTag(ReadOnlySpan<byte> payload) => HMACSHA256.HashData(_links, payload)[..16];

    /// <summary>256-bit tag that seals a row of the consent history: who can write the rows cannot write this.</summary>
    public byte[] ConsentTag(ReadOnlySpan<byte> row) => HMACSHA256.HashData(_consents, row);

    private static byte[] Derive(byte[] root, string use) => HMACSHA256.HashData(root, Encoding.UTF8.GetBytes("retention/1/" + use));

    private static string Hash(byte[] key, string text)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text), hash);
        return Base32.Encode(hash, 26);
    }
}

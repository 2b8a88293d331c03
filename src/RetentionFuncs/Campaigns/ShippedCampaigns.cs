using System.Reflection;
using RetentionFuncs.Customers;

namespace RetentionFuncs.Campaigns;

/// <summary>
/// The campaigns that come with the product, ready to be read, changed and launched: a second order, a birthday wish and a win-back in
/// three steps, in English and Chinese.
/// </summary>
public static class ShippedCampaigns
{
    private const string Prefix = "campaigns/";

    /// <summary>All files, with the sender made from what is given.</summary>
    /// <param name="senderName">The shop's name as it stands in the inbox.</param>
    /// <param name="fromAddress">A mailbox on the shop's own domain that someone reads.</param>
    /// <param name="postalAddress">The shop's street address; may have several lines.</param>
    /// <exception cref="ArgumentException">A part of the sender is empty, or the address is none.</exception>
    public static IReadOnlyList<CampaignText> Texts(string senderName, string fromAddress, string postalAddress)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(senderName);
        ArgumentException.ThrowIfNullOrWhiteSpace(postalAddress);
        if (!EmailAddress.TryParse(fromAddress, out var address, out var problem))
        {
            throw new ArgumentException($"'{fromAddress}' {problem}.", nameof(fromAddress));
        }

        var names = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["en"] = TemplateTexts.Clean(senderName),
            ["zh-CN"] = TemplateTexts.Clean(senderName),
        };
        var sender = new SenderProfile("shop", names, address.Value, address.Value, TemplateTexts.Clean(postalAddress));
        return [.. Embedded(), new CampaignText("senders/shop.yaml", CampaignFileWriter.TextOf(sender))];
    }

    /// <summary>Writes the files into a campaign folder. A file that is already there stays as it is.</summary>
    /// <inheritdoc cref="Texts"/>
    /// <returns>The files written, relative to the folder.</returns>
    /// <exception cref="IOException">A file could not be written.</exception>
    public static IReadOnlyList<string> WriteTo(string folder, string senderName, string fromAddress, string postalAddress)
    {
        var written = new List<string>();
        foreach (var (file, text) in Texts(senderName, fromAddress, postalAddress))
        {
            var path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (!File.Exists(path))
            {
                File.WriteAllText(path, text);
                written.Add(file);
            }
        }

        return written;
    }

    private static IEnumerable<CampaignText> Embedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            // A build on Windows names the folder with a backslash.
            var file = name.Replace('\\', '/');
            if (file.StartsWith(Prefix, StringComparison.Ordinal))
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                yield return new CampaignText(file[Prefix.Length..], reader.ReadToEnd());
            }
        }
    }
}

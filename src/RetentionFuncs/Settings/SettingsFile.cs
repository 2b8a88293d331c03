using System.Text;
using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Findings;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Settings;

/// <param name="Settings">Null when there is an error among the findings.</param>
public sealed record SettingsReading(BusinessSettings? Settings, IReadOnlyList<LintFinding> Findings);

/// <summary>Reads <c>retention.yaml</c>: what one business sets once.</summary>
public static class SettingsFile
{
    /// <summary>Never throws for what is in the file.</summary>
    /// <exception cref="IOException">The file could not be read at all.</exception>
    public static SettingsReading Read(string path)
    {
        var findings = new FindingList(Path.GetFileName(path));
        if (!File.Exists(path))
        {
            findings.Error(
                0,
                0,
                new Phrase("The settings file does not exist.", "找不到设置文件。"),
                new Phrase("Run 'retention init' to make one.", "请运行 retention init 生成一个。")
            );
            return new SettingsReading(null, findings.All);
        }

        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
            return Parse(text, findings);
        }
        catch (DecoderFallbackException)
        {
            findings.Error(
                0,
                0,
                new Phrase("The file is not UTF-8 text.", "文件不是 UTF-8 编码。"),
                new Phrase("Save it as UTF-8.", "请另存为 UTF-8 编码。")
            );
            return new SettingsReading(null, findings.All);
        }
    }

    /// <summary>The same for a text that lies elsewhere, such as in an editor.</summary>
    public static SettingsReading Parse(string text) => Parse(text, new FindingList("retention.yaml"));

    /// <summary>The text of a new settings file, with a comment for every line that is not obvious.</summary>
    /// <param name="zone">IANA zone, e.g. <c>Europe/Berlin</c>.</param>
    /// <param name="currency">ISO 4217.</param>
    public static string Default(string name, string zone, string currency) => DefaultSettings.Text(name, zone, currency);

    private static SettingsReading Parse(string text, FindingList findings)
    {
        var settings = YamlTree.Read(text, findings) is { } map ? Read(new YamlFields(map, findings), findings) : null;
        return new SettingsReading(findings.HasErrors ? null : settings, findings.All);
    }

    private static BusinessSettings? Read(YamlFields fields, FindingList findings)
    {
        if (!DraftFile.HasKnownSchema(fields, findings, required: false))
        {
            return null;
        }

        var name = TemplateTexts.Clean(fields.Text("name", required: true)?.Value ?? "");
        var zone = SettingsValues.Zone(fields, findings);
        var currency = SettingsValues.Currency(fields, findings);
        var locale = SettingsValues.Locale(fields, findings);
        var publicUrl = SettingsValues.Url(fields, "public_url", findings, required: true);
        var shopUrl = SettingsValues.Url(fields, "shop_url", findings, required: false);
        var lapse = LapseSettings.Read(fields, findings);
        var value = ValueSettingsReader.Read(fields, findings);
        var cap = fields.Fields("cap") is { } capMap ? ContactSettings.Cap(new YamlFields(capMap, findings)) : FrequencyCap.Default;
        var quiet = ContactSettings.Quiet(fields, findings);
        var gateway = SettingsValues.Url(fields, "sms_gateway", findings, required: false);
        var topics = TopicSettings.Read(fields, findings);
        var mail = MailSettingsReader.Read(fields, findings);
        var utm = LinkSettingsReader.Utm(fields, findings);
        var images = LinkSettingsReader.ImageHosts(fields, findings);
        var seeds = LinkSettingsReader.Seeds(fields, findings);
        var warmUp = RampSettingsReader.WarmUp(fields, findings);
        var recency = RampSettingsReader.Recency(fields, findings);
        var alerts = AlertSettingsReader.Read(fields, findings);
        var keep = KeepSettingsReader.Read(fields, findings);
        var sandbox = fields.Value("sandbox", YamlScalars.TrueOrFalse) ?? false;
        fields.Done();
        return new BusinessSettings(name, zone, currency, locale, publicUrl ?? "", lapse, cap, quiet)
        {
            Sandbox = sandbox,
            ShopUrl = shopUrl,
            SmsGateway = gateway is null ? null : new Uri(gateway),
            Value = value,
            Topics = topics,
            Mail = mail,
            Utm = utm,
            ImageHosts = images,
            Seeds = seeds,
            WarmUp = warmUp,
            Recency = recency,
            Alerts = alerts,
            Keep = keep,
        };
    }
}

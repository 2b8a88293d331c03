using System.Text;
using RetentionFuncs.Findings;
using RetentionFuncs.Settings;

namespace RetentionFuncs.Campaigns;

/// <summary>
/// Campaigns as files: <c>&lt;key&gt;.yaml</c>, <c>templates/&lt;key&gt;.yaml</c> and <c>senders/&lt;key&gt;.yaml</c> in one folder. The
/// schema stands in this room's README.
/// </summary>
public static class CampaignFiles
{
    private static readonly string[] Rooms = ["", "templates/", "senders/"];

    /// <summary>Reads and lints a folder. Never throws for what is in the files.</summary>
    /// <param name="business">To see whether templates speak its locale and whether its shop has an address; null to leave that out.</param>
    /// <exception cref="IOException">The folder or a file could not be read at all.</exception>
    public static CampaignFolder Read(string folder, BusinessSettings? business = null)
    {
        var draft = new DraftFolder();
        var texts = new List<CampaignText>();
        foreach (var room in Rooms)
        {
            foreach (var file in FilesIn(Path.Combine(folder, room)))
            {
                if (Load(file, room + Path.GetFileName(file), draft) is { } text)
                {
                    texts.Add(text);
                }
            }
        }

        if (texts.Count == 0)
        {
            draft
                .AboutFile(Path.GetFileName(Path.GetFullPath(folder)))
                .Error(
                    0,
                    0,
                    new Phrase("There is no campaign file in this folder.", "这个文件夹里没有活动文件。"),
                    Directory.Exists(Path.Combine(folder, "campaigns"))
                        ? new Phrase("Did you mean the folder 'campaigns' in it?", "是不是想用里面的 campaigns 文件夹？")
                        : null
                );
        }

        return Lint(draft, texts, business);
    }

    /// <summary>The files of a folder as they are, for sending them elsewhere.</summary>
    /// <exception cref="IOException">A file could not be read.</exception>
    /// <exception cref="DecoderFallbackException">A file is not UTF-8; <see cref="Read(string, BusinessSettings?)"/> says which.</exception>
    public static IReadOnlyList<CampaignText> Texts(string folder) =>
        [
            .. from room in Rooms
            from file in FilesIn(Path.Combine(folder, room))
            select new CampaignText(room + Path.GetFileName(file), TextOf(file)),
        ];

    /// <summary>The same for texts that lie elsewhere, such as in an editor.</summary>
    public static CampaignFolder Read(IReadOnlyList<CampaignText> texts, BusinessSettings? business = null) =>
        Lint(new DraftFolder(), texts, business);

    /// <summary>Writes one version as files; what is written reads back as the same version. Each file is replaced as a whole.</summary>
    /// <exception cref="ArgumentException">A key is none, so no file can be named after it.</exception>
    /// <exception cref="IOException">A file could not be written.</exception>
    public static CampaignExport Write(string folder, CampaignVersion version) => Write(folder, TextsOf(version));

    /// <summary>One version as the files that would read back as it.</summary>
    /// <exception cref="ArgumentException">A key is none, so no file can be named after it.</exception>
    public static IReadOnlyList<CampaignText> TextsOf(CampaignVersion version) =>
        [.. CampaignFileWriter.TextsOf(version).Select(t => new CampaignText(t.File, t.Text))];

    /// <summary>Whether a path is one of a campaign folder: a key, <c>.yaml</c> or <c>.yml</c>, in one of its three rooms.</summary>
    public static bool IsFile(string path) =>
        Rooms.Any(room =>
            path.StartsWith(room, StringComparison.Ordinal)
            && Path.GetExtension(path) is ".yaml" or ".yml"
            && CampaignKeys.IsKey(path[room.Length..path.LastIndexOf('.')])
        );

    /// <inheritdoc cref="Write(string, CampaignVersion)"/>
    /// <exception cref="ArgumentException">A path is not one of a campaign folder.</exception>
    public static CampaignExport Write(string folder, IReadOnlyList<CampaignText> texts)
    {
        if (texts.FirstOrDefault(t => !IsFile(t.File)) is { } odd)
        {
            throw new ArgumentException($"'{odd.File}' is not a file of a campaign folder.", nameof(texts));
        }

        var (written, replaced) = (new List<string>(), new List<string>());
        foreach (var (file, text) in texts)
        {
            var path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (File.Exists(path) && !string.Equals(File.ReadAllText(path), text, StringComparison.Ordinal))
            {
                replaced.Add(file);
            }

            File.WriteAllText(path + ".new", text);
            File.Move(path + ".new", path, overwrite: true);
            written.Add(file);
        }

        return new CampaignExport(written, replaced);
    }

    private static CampaignFolder Lint(DraftFolder draft, IReadOnlyList<CampaignText> texts, BusinessSettings? business)
    {
        foreach (var text in texts)
        {
            draft.Add(text);
        }

        CampaignLint.Check(draft, business);
        return new CampaignFolder(
            draft.Versions(),
            [.. draft.Campaigns.Values.Select(c => c.Campaign)],
            draft.Senders,
            draft.Templates.ToDictionary(t => t.Key, t => t.Value.Template, StringComparer.Ordinal),
            draft.Findings
        );
    }

    private static IEnumerable<string> FilesIn(string path) =>
        Directory.Exists(path)
            ? Directory.GetFiles(path).Where(f => Path.GetExtension(f) is ".yaml" or ".yml").Order(StringComparer.Ordinal)
            : [];

    private static string TextOf(string path) => Utf8.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');

    private static CampaignText? Load(string path, string file, DraftFolder draft)
    {
        try
        {
            return new CampaignText(file, TextOf(path));
        }
        catch (DecoderFallbackException)
        {
            draft
                .AboutFile(file)
                .Error(
                    0,
                    0,
                    new Phrase("The file is not UTF-8 text.", "文件不是 UTF-8 编码。"),
                    new Phrase("Save it again as UTF-8.", "请另存为 UTF-8 编码。")
                );
            return null;
        }
    }

    private static UTF8Encoding Utf8 { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}

/// <param name="Written">Files written, relative to the folder.</param>
/// <param name="Replaced">Those of them that stood there before with another content, such as a template two campaigns share.</param>
public sealed record CampaignExport(IReadOnlyList<string> Written, IReadOnlyList<string> Replaced);

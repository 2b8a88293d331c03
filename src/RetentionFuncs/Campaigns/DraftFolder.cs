using RetentionFuncs.Findings;

namespace RetentionFuncs.Campaigns;

/// <summary>All files of a folder, each read by itself.</summary>
internal sealed class DraftFolder
{
    private readonly List<FindingList> _findings = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public SortedDictionary<string, DraftCampaign> Campaigns { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, DraftTemplate> Templates { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, SenderProfile> Senders { get; } = new(StringComparer.Ordinal);

    /// <summary>Findings of the folder as a whole and of files that were not looked into.</summary>
    public FindingList AboutFile(string file)
    {
        var findings = new FindingList(file);
        _findings.Add(findings);
        return findings;
    }

    /// <summary>Whether a file for it exists, readable or not; <paramref name="path"/> without ending.</summary>
    public bool Exists(string path) => _seen.Contains(path);

    public IReadOnlyList<LintFinding> Findings =>
        [.. _findings.SelectMany(f => f.All).OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Column)];

    public bool HasError(string file) => _findings.Exists(f => f.HasErrors && string.Equals(f.File, file, StringComparison.Ordinal));

    public void Add(CampaignText text)
    {
        var findings = AboutFile(text.File);
        var slash = text.File.LastIndexOf('/');
        var (room, name) = (text.File[..(slash + 1)], text.File[(slash + 1)..]);
        var key = Path.GetFileNameWithoutExtension(name);
        if (!CampaignKeys.IsKey(key))
        {
            findings.Error(0, 0, new Phrase($"The file name '{name}' is not a key.", $"文件名“{name}”不能作为键。"), CampaignKeys.Hint);
            return;
        }

        if (!_seen.Add(room + key))
        {
            findings.Error(
                0,
                0,
                new Phrase($"There is already a file for the key '{key}'.", $"键“{key}”已经有一个文件了。"),
                new Phrase("Keep one of .yaml and .yml.", "请在 .yaml 和 .yml 中只保留一个。")
            );
            return;
        }

        if (DraftFile.Open(key, text.Text, findings) is { } file)
        {
            Read(room, file);
        }
    }

    /// <summary>Campaigns without an error in their own file, a template or the sender, complete with what they refer to.</summary>
    public IReadOnlyList<CampaignVersion> Versions()
    {
        var versions = new List<CampaignVersion>();
        foreach (var draft in Campaigns.Values)
        {
            var keys = draft.Campaign.Messages.Select(m => m.Template).ToHashSet(StringComparer.Ordinal);
            var templates = Templates.Values.Where(t => keys.Contains(t.Template.Key) && !HasError(t.File.Findings.File)).ToList();
            if (
                !HasError(draft.File.Findings.File)
                && templates.Count == keys.Count
                && Senders.TryGetValue(draft.Campaign.Sender, out var sender)
            )
            {
                versions.Add(CampaignVersions.Of(draft.Campaign, sender, templates.Select(t => t.Template)));
            }
        }

        return versions;
    }

    private void Read(string room, DraftFile file)
    {
        if (room is "templates/")
        {
            Keep(Templates, file.Key, TemplateReader.Read(file));
        }
        else if (room is "senders/")
        {
            Keep(Senders, file.Key, SenderReader.Read(file));
        }
        else
        {
            Keep(Campaigns, file.Key, CampaignReader.Read(file));
        }
    }

    private static void Keep<T>(SortedDictionary<string, T> into, string key, T? read)
        where T : class
    {
        if (read is not null)
        {
            into[key] = read;
        }
    }
}

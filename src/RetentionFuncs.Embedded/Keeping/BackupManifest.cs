using System.Security.Cryptography;
using System.Text.Json;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Embedded.Keeping;

/// <summary>What is in a backup, so that it can be told whole from damaged.</summary>
/// <param name="Schema">Of this document: 1.</param>
/// <param name="Program">Version of the program that made it.</param>
/// <param name="DatabaseSchema">Number of the database's last script.</param>
internal sealed record BackupManifest(
    int Schema,
    DateTimeOffset MadeAt,
    string Program,
    string Instance,
    long Epoch,
    long Mark,
    long DatabaseSchema,
    IReadOnlyList<BackedUpFile> Files
)
{
    public const string FileName = "manifest.json";
    public const int CurrentSchema = 1;

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public void Write(string folder) => File.WriteAllBytes(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, Form));

    /// <exception cref="HomeRefusedException">No backup, of a newer program, or damaged: says which file.</exception>
    public static BackupManifest ReadWhole(string folder)
    {
        var manifest = Read(folder);
        foreach (var file in manifest.Files)
        {
            var path = Path.GetFullPath(Path.Combine(folder, file.Path));
            if (!path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw Refusal($"{file.Path} leads out of the backup.", $"{file.Path} 指向备份之外。");
            }

            if (!File.Exists(path) || BackedUpFile.Of(folder, path) != file)
            {
                throw Refusal(
                    $"The backup is damaged: {file.Path} is missing or is not what was written.",
                    $"备份已损坏：{file.Path} 缺失或内容有变。"
                );
            }
        }

        return manifest;
    }

    private static BackupManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            var manifest = File.Exists(path) ? JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(path), Form) : null;
            return manifest switch
            {
                null => throw Refusal($"{folder} is no backup: it has no {FileName}.", $"{folder} 不是备份：缺少 {FileName}。"),
                { Schema: > CurrentSchema } => throw Refusal(
                    $"The backup was made by a newer program ({manifest.Program}); restore it with that one.",
                    $"该备份由较新版本（{manifest.Program}）制作，请用该版本恢复。"
                ),
                _ => manifest,
            };
        }
        catch (JsonException fault)
        {
            throw Refusal($"{path} cannot be read: {fault.Message}", $"{path} 无法读取：{fault.Message}");
        }
    }

    private static HomeRefusedException Refusal(string en, string zh) => new(new Phrase(en, zh));
}

/// <param name="Path">Within the backup, with forward slashes.</param>
internal sealed record BackedUpFile(string Path, long Bytes, string Sha256)
{
    public static BackedUpFile Of(string folder, string path)
    {
        using var stream = File.OpenRead(path);
        var name = System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/');
        return new BackedUpFile(name, stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}

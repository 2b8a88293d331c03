using System.Security.Cryptography;
using RetentionFuncs.Identity;

namespace RetentionFuncs.Embedded.Home;

/// <summary>The instance secret beside the database, readable by its owner only. Without it no customer's key can be found again.</summary>
internal static class SecretFile
{
    public static InstanceSecret ReadOrMake(string path)
    {
        if (!File.Exists(path))
        {
            using var file = Stores.DataFolder.NewFile(path, FileMode.CreateNew);
            file.Write(RandomNumberGenerator.GetBytes(32));
            file.Flush(flushToDisk: true);
        }

        var bytes = File.ReadAllBytes(path);
        return bytes.Length >= 32
            ? new InstanceSecret(bytes)
            : throw new InvalidDataException(
                $"{path} is damaged: it has {bytes.Length} bytes instead of 32. Restore it from a backup; the customers on file cannot be found without it."
            );
    }
}

using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace RetentionFuncs.Imports.Uploads;

/// <summary>An uploaded file on this machine's disk while a slice needs it; nothing is left of it afterwards.</summary>
internal sealed class SpooledUpload : IDisposable
{
    private readonly FileStream _file;

    private SpooledUpload(FileStream file, string refusedPath, string sha256) => (_file, RefusedPath, Sha256) = (file, refusedPath, sha256);

    /// <summary>Of the bytes that are here, as lower-case hex.</summary>
    public string Sha256 { get; }

    /// <summary>Where the import may put the refused rows for as long as this lives.</summary>
    public string RefusedPath { get; }

    /// <param name="name">Unlike any other's.</param>
    public static async ValueTask<SpooledUpload> OfAsync(UploadBlocks blocks, Upload upload, string? folder, string name)
    {
        var place = Path.Combine(folder ?? Path.GetTempPath(), "upload-" + name);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        var file = TempFiles.Create(place, deleteOnClose: true);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await foreach (var block in blocks.ReadAsync(upload.Id, UploadBlocks.Content, upload.Length))
            {
                hash.AppendData(block);
                file.Write(block);
            }

            file.Flush();
            return new SpooledUpload(file, place + ".refused", FileHash.Text(hash));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The file has no name on the disk any more, so it is read through the handle that keeps it.</summary>
    public ImportSource Source(string name) =>
        new(
            name,
            () =>
            {
                var handle = new SafeFileHandle(_file.SafeFileHandle.DangerousGetHandle(), ownsHandle: false);
                var stream = new FileStream(handle, FileAccess.Read, 1);
                stream.Position = 0;
                return stream;
            }
        );

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(RefusedPath);
    }
}

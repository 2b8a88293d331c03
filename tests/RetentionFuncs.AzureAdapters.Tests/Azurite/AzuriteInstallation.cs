using System.Diagnostics;
using System.Security.Cryptography;

namespace RetentionFuncs.AzureAdapters.Tests.Azurite;

/// <summary>Installs the emulator from the manifest and lock file beside this file, once for each state of them.</summary>
internal static class AzuriteInstallation
{
    private const string Manifests = "tests/RetentionFuncs.AzureAdapters.Tests/Azurite";
    private static readonly string[] Files = ["package.json", "package-lock.json", ".npmrc", "start.js"];

    /// <summary>The folder that <c>start.js</c> and its modules are in.</summary>
    /// <exception cref="InvalidOperationException">Node.js or npm is missing, or the installation failed; says what to do.</exception>
    public static async Task<string> EnsureAsync()
    {
        var root = Root();
        var source = Path.Combine(root, Manifests);
        var folder = Path.Combine(root, "artifacts", "azurite", Hash(source));
        Directory.CreateDirectory(folder);
        await using (await LockAsync(Path.Combine(root, "artifacts", "azurite", "install.lock")))
        {
            var done = Path.Combine(folder, "installed");
            if (!File.Exists(done))
            {
                foreach (var file in Files)
                {
                    File.Copy(Path.Combine(source, file), Path.Combine(folder, file), overwrite: true);
                }

                await InstallAsync(folder);
                await File.WriteAllTextAsync(done, "");
            }
        }

        return folder;
    }

    /// <summary>The folder of RetentionFuncs.sln.</summary>
    internal static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "RetentionFuncs.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests lie outside the repository: no RetentionFuncs.sln above them.");
    }

    private static string Hash(string source)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Files)
        {
            hash.AppendData(File.ReadAllBytes(Path.Combine(source, file)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    /// <summary>Test projects run side by side, each in a process of its own.</summary>
    private static async Task<FileStream> LockAsync(string path)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(200))
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited.Elapsed < TimeSpan.FromMinutes(10)) { }
        }
    }

    private static async Task InstallAsync(string folder)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var npm = NodeProcess.Start(start);
        var (output, error) = (npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"'npm ci' in {folder} ended with {npm.ExitCode}; the storage tests need the packages of {Manifests}/package-lock.json.\n{await output}\n{await error}"
            );
        }
    }
}

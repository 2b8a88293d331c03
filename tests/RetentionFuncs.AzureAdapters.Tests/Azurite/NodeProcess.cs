using System.ComponentModel;
using System.Diagnostics;

namespace RetentionFuncs.AzureAdapters.Tests.Azurite;

/// <summary>Starts programs that come with Node.js, and says so when they are missing.</summary>
internal static class NodeProcess
{
    /// <exception cref="InvalidOperationException">The program is not installed.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException(
                $"'{start.FileName}' is missing. The storage tests run against the storage emulator Azurite: install Node.js 20 or newer with npm, and run them again.",
                missing
            );
        }
    }
}

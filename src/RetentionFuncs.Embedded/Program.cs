using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using RetentionFuncs.Embedded.Commands;

Console.OutputEncoding = new UTF8Encoding(false);

// Numbers read the same on every machine: in files, in scripts and on the screen.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using var stopping = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

return await new CommandLine(Console.Out, Console.Error, !Console.IsErrorRedirected).RunAsync(args, stopping.Token);

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stopping.Cancel();
}

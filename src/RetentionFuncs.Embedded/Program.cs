using System.Text;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Embedded.Serving;

Console.OutputEncoding = new UTF8Encoding(false);
using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stopping.Cancel();
};
using var terminated = System.Runtime.InteropServices.PosixSignalRegistration.Create(
    System.Runtime.InteropServices.PosixSignal.SIGTERM,
    context =>
    {
        context.Cancel = true;
        stopping.Cancel();
    }
);

if (
    Forwarding.FolderFor(args) is { } folder
    && await CommandSocket.TryForwardAsync(new HomeFolder(folder), args, Console.Out, Console.Error) is { } status
)
{
    return status;
}

return await new CommandLine(Console.Out, Console.Error, !Console.IsErrorRedirected).RunAsync(args, stopping.Token);

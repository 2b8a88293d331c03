namespace RetentionFuncs.Tests.Loopback;

/// <summary>
/// The loopback provider as a process of its own, for tests that kill the product: <c>loopback-provider FILE [PORT]</c>. Prints
/// the endpoint and serves until it is ended.
/// </summary>
internal static class LoopbackProgram
{
    private static async Task<int> Main(string[] args)
    {
        if (args is not ["loopback-provider", var file, ..])
        {
            return 0;
        }

        await using var provider = await LoopbackProvider.StartAsync(file, args.Length > 2 ? int.Parse(args[2]) : 0);
        Console.WriteLine(provider.Endpoint);
        await provider.WaitForShutdownAsync();
        return 0;
    }
}

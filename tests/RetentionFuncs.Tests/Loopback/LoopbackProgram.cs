namespace RetentionFuncs.Tests.Loopback;

/// <summary>
/// The loopback provider as a process of its own, for tests that kill the product: <c>loopback-provider FILE [PORT [SEED]]</c>. Prints
/// the endpoint and serves until it is ended. With a seed it is slow, busy and cuts some answers off.
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
        if (args.Length > 3)
        {
            provider.Acts = n => ProviderAct.OnABadDay(int.Parse(args[3]), n);
        }

        Console.WriteLine(provider.Endpoint);
        await provider.WaitForShutdownAsync();
        return 0;
    }
}

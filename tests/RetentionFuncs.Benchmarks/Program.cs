using RetentionFuncs.Benchmarks;

// Scale runs, each in a process of its own so that peak memory is its own. See README.md in this folder for the latest figures.
return args switch
{
    ["import", ..] => await ImportScale.RunAsync(Number(args, 1, 1_000_000), Number(args, 2, 5_000_000)),
    ["send", ..] => await SendScale.RunAsync(Number(args, 1, 20_000)),
    ["due", ..] => await DueScale.RunAsync(Number(args, 1, 1_000_000), Number(args, 2, 10_000)),
    ["render"] => MicroRuns.Run(),
    ["science", ..] => RetentionFuncs.Benchmarks.Science.ScienceRun.Run(args),
    ["values", "--cdnow", var file] => ModelValues.Run(file),
    _ => Usage(),
};

static int Number(string[] args, int at, int fallback) =>
    args.Length > at ? int.Parse(args[at], System.Globalization.CultureInfo.InvariantCulture) : fallback;

static int Usage()
{
    Console.Error.WriteLine(
        "import [CUSTOMERS ORDERS] | send [TOUCHPOINTS] | due [CUSTOMERS DUE] | render | science [--customers N] [--runs N] | values --cdnow FILE"
    );
    return 2;
}

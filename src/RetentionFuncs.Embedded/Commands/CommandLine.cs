using System.CommandLine;
using RetentionFuncs.Embedded.Home;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>The command line: one line for each verb, in the order of the trip.</summary>
public sealed class CommandLine
{
    private readonly Option<string> _data = new("--data")
    {
        Description = "The data folder.",
        DefaultValueFactory = _ => ".retention",
        Recursive = true,
    };
    private readonly Option<bool> _json = new("--json") { Description = "One JSON document on standard output.", Recursive = true };
    private readonly Option<string> _language = new("--lang")
    {
        Description = "en or zh.",
        DefaultValueFactory = _ => "en",
        Recursive = true,
    };
    private readonly Option<string?> _asOf = new("--as-of")
    {
        Description = "The moment to speak for: yyyy-MM-dd (the end of that day) or an ISO moment with offset.",
        Recursive = true,
    };

    private readonly TextWriter _out;
    private readonly TextWriter _err;
    private readonly bool _isTerminal;
    private readonly EmbeddedHome? _open;

    private readonly string _directory;

    /// <param name="open">A folder already open, when the running program carries out a forwarded command.</param>
    /// <param name="directory">Where relative paths begin: the directory of whoever gave the command.</param>
    public CommandLine(TextWriter output, TextWriter error, bool isTerminal, EmbeddedHome? open = null, string? directory = null) =>
        (_out, _err, _isTerminal, _open, _directory) = (output, error, isTerminal, open, directory ?? Environment.CurrentDirectory);

    public Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancel = default)
    {
        var root = Root(cancel);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                _err.WriteLine(error.Message);
            }

            _err.WriteLine("Try 'retention --help'.");
            return Task.FromResult(Exit.WrongUsage);
        }

        return parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = _out,
                Error = _err,
                EnableDefaultExceptionHandler = false,
            },
            cancel
        );
    }

    private RootCommand Root(CancellationToken cancel)
    {
        var root = new RootCommand("RetentionFuncs: who is about to stop buying, what to do about it, and what it was worth.")
        {
            _data,
            _json,
            _language,
            _asOf,
        };
        root.Add(InitCommand.Define(this));
        root.Add(DemoCommand.Define(this));
        root.Add(ServeCommand.Define(this, cancel));
        root.Add(TickCommand.Define(this));
        root.Add(ImportCommand.Define(this));
        root.Add(ScoreCommand.Define(this));
        root.Add(CampaignsCommand.Define(this));
        root.Add(ExplainCommand.Define(this));
        root.Add(ReportCommand.Define(this));
        root.Add(DeadLettersCommand.Define(this));
        root.Add(DoctorCommand.Define(this));
        return root;
    }

    /// <summary>Binds a verb: reads the common options, forwards to a running program when there is one, else acts here.</summary>
    internal void Bind(Command command, Func<CommandContext, ParseResult, Task<int>> act) =>
        command.SetAction(
            async (parsed, _) =>
            {
                var language = parsed.GetValue(_language) ?? "en";
                if (language is not ("en" or "zh"))
                {
                    _err.WriteLine($"--lang {language}: en or zh.");
                    return Exit.WrongUsage;
                }

                if (!CommandContext.TryReadAsOf(parsed.GetValue(_asOf), out var day, out var moment))
                {
                    _err.WriteLine(
                        $"--as-of {parsed.GetValue(_asOf)}: write a day as yyyy-MM-dd or a moment such as 2026-03-02T10:00:00+01:00."
                    );
                    return Exit.WrongUsage;
                }

                var folder = new HomeFolder(Path.GetFullPath(parsed.GetValue(_data) ?? ".retention", _directory));
                var context = new CommandContext(folder, _out, _err, _isTerminal, parsed.GetValue(_json), language, day, moment)
                {
                    Open = _open,
                    Directory = _directory,
                };
                return await act(context, parsed);
            }
        );
}

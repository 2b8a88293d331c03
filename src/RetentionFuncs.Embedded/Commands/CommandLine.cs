using System.CommandLine;
using System.CommandLine.Parsing;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Embedded.Servers;
using RetentionFuncs.Embedded.Serving;
using RetentionFuncs.Findings;

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

    private readonly Option<string?> _server = new("--server")
    {
        Description = "Ask a running home at this address over its API instead of opening a folder.",
        Recursive = true,
    };
    private readonly Option<string?> _token = new("--token")
    {
        Description = $"For --server; better kept in {ServerAccess.TokenVariable} (a machine's key in {ServerAccess.KeyVariable}).",
        Recursive = true,
    };

    private readonly TextWriter _out;
    private readonly TextWriter _err;
    private readonly bool _isTerminal;
    private readonly EmbeddedHome? _open;

    private readonly string _directory;
    private IReadOnlyList<string> _args = [];

    /// <param name="open">A folder already open, when the running program carries out a forwarded command.</param>
    /// <param name="directory">Where relative paths begin: the directory of whoever gave the command.</param>
    public CommandLine(TextWriter output, TextWriter error, bool isTerminal, EmbeddedHome? open = null, string? directory = null) =>
        (_out, _err, _isTerminal, _open, _directory) = (output, error, isTerminal, open, directory ?? Environment.CurrentDirectory);

    /// <param name="cancel">Ends <c>serve</c> between two messages; other commands finish what they do.</param>
    /// <returns>One of <see cref="Exit"/>; never throws for what is wrong with the arguments, the folder or the files.</returns>
    public Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancel = default)
    {
        var parsed = Root(args, cancel).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            var language = parsed.Errors.Any(e => e.SymbolResult is OptionResult { Option: var o } && o == _language)
                ? "en"
                : parsed.GetValue(_language) ?? "en";
            foreach (var error in parsed.Errors)
            {
                _err.WriteLine(new Phrase(error.Message, $"命令写法有误：{error.Message}").In(language));
            }

            _err.WriteLine(new Phrase("Try 'retention --help'.", "用 retention --help 查看用法。").In(language));
            return Task.FromResult(Exit.WrongUsage);
        }

        return parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = _out,
                Error = _err,
                EnableDefaultExceptionHandler = false,
                // The program stops when what it does has ended; a call to the provider takes longer than any patience set here.
                ProcessTerminationTimeout = null,
            },
            cancel
        );
    }

    internal RootCommand Root(IReadOnlyList<string> args, CancellationToken cancel)
    {
        _args = args;
        var root = new RootCommand("RetentionFuncs: who is about to stop buying, what to do about it, and what it was worth.")
        {
            _data,
            _json,
            _language,
            _asOf,
            _server,
            _token,
        };
        root.Add(InitCommand.Define(this));
        root.Add(DemoCommand.Define(this));
        root.Add(ServeCommand.Define(this, cancel));
        root.Add(TickCommand.Define(this));
        root.Add(ImportCommand.Define(this));
        root.Add(ScoreCommand.Define(this));
        root.Add(SegmentsCommand.Define(this));
        root.Add(BacktestCommand.Define(this));
        root.Add(CampaignsCommand.Define(this));
        root.Add(HandOffCommand.Define(this));
        root.Add(ExplainCommand.Define(this));
        root.Add(ReportCommand.Define(this));
        root.Add(DeadLettersCommand.Define(this));
        root.Add(KillSwitchCommand.Define(this));
        root.Add(ExportCommand.Define(this));
        root.Add(EraseCommand.Define(this));
        root.Add(BackupCommand.Define(this));
        root.Add(RestoreCommand.Define(this));
        root.Add(UsersCommand.Define(this));
        root.Add(DoctorCommand.Define(this));
        return root;
    }

    /// <summary>Binds a verb: reads the common options, forwards to a running program when there is one, else acts here.</summary>
    /// <param name="here">Never forwarded: it makes the folder, or holds it itself.</param>
    internal void Bind(Command command, Func<CommandContext, ParseResult, Task<int>> act, bool here = false) =>
        command.SetAction(
            async (parsed, stop) =>
            {
                if (ContextOf(parsed) is not { } given)
                {
                    return Exit.WrongUsage;
                }

                var context = given with { Stop = stop };

                try
                {
                    if (parsed.GetValue(_server) is { } server)
                    {
                        var access = ServerAccess.Of(server, parsed.GetValue(_token));
                        return await ServerCommands.RunAsync(context, access, parsed, () => act(context, parsed));
                    }

                    var elsewhere = here || _open is not null ? null : await CommandSocket.TryForwardAsync(context, _args);
                    return elsewhere ?? await act(context, parsed);
                }
                catch (Exception failure)
                {
                    return Failures.Tell(context, failure);
                }
            }
        );

    /// <summary>Null, and said why, when a common option cannot be read.</summary>
    private CommandContext? ContextOf(ParseResult parsed)
    {
        var language = parsed.GetValue(_language) ?? "en";
        if (language is not ("en" or "zh"))
        {
            _err.WriteLine($"--lang {language}: en or zh.");
            return null;
        }

        if (!CommandContext.TryReadAsOf(parsed.GetValue(_asOf), out var day, out var moment))
        {
            var given = parsed.GetValue(_asOf);
            _err.WriteLine(
                new Phrase(
                    $"--as-of {given}: write a day as yyyy-MM-dd or a moment such as 2026-03-02T10:00:00+01:00, from 1970 to 2199.",
                    $"--as-of {given}：请写日期 yyyy-MM-dd，或带时区的时刻，如 2026-03-02T10:00:00+08:00；年份 1970 至 2199。"
                ).In(language)
            );
            return null;
        }

        if (parsed.GetValue(_data) is not { Length: > 0 } data)
        {
            _err.WriteLine(new Phrase("--data: name a folder.", "--data：请写出文件夹。").In(language));
            return null;
        }

        var folder = new HomeFolder(Path.GetFullPath(data, _directory));
        return new CommandContext(folder, _out, _err, _isTerminal, parsed.GetValue(_json), language, day, moment)
        {
            Open = _open,
            Directory = _directory,
        };
    }
}

using System.CommandLine;
using RetentionFuncs.Embedded.Commands;

namespace RetentionFuncs.Embedded.Servers;

/// <summary>One command given for a running home.</summary>
internal sealed record ServerCall(CommandContext Context, ServerClient Client, ParseResult Parsed)
{
    /// <summary>JSON for scripts, the home's own text for people.</summary>
    private string Form => Context.Json ? ServerClient.Json : ServerClient.Text;

    /// <summary>An argument's or option's value by its name.</summary>
    public string? Value(string name) => Parsed.GetValue<string?>(name);

    /// <summary>The value of the command's only argument, as a part of a path.</summary>
    public string Only() => ServerClient.Segment(Value(Parsed.CommandResult.Command.Arguments[0].Name)!);

    /// <summary>The moment asked about, as the query takes it.</summary>
    public string? AsOf =>
        Context.AsOfMoment is { } moment ? moment.ToString("O", System.Globalization.CultureInfo.InvariantCulture)
        : Context.AsOfDay is { } day ? day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
        : null;

    public async Task<int> GetAsync(string path) => Print(await Client.GetAsync(path, Form));

    public async Task<int> PostAsync(string path, object? body = null) =>
        Print(await Client.SendAsync(HttpMethod.Post, path, body is null ? null : ServerClient.JsonOf(body), Form));

    private int Print(ServerAnswer answer)
    {
        Context.Out.Write(answer.Body.EndsWith('\n') || answer.Body.Length == 0 ? answer.Body : answer.Body + "\n");
        return Exit.Done;
    }
}

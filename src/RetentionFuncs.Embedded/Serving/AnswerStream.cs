using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace RetentionFuncs.Embedded.Serving;

/// <summary>What travels back to whoever gave a command: text for either stream, or the status at last.</summary>
internal sealed record AnswerLine(string? Out, string? Err, int? Status);

/// <summary>Writes answers as lines. Whoever gave the command may go away; the command itself goes on to its end.</summary>
internal sealed class AnswerStream(NetworkStream stream)
{
    private readonly Lock _gate = new();
    private bool _gone;

    public void Send(AnswerLine line)
    {
        lock (_gate)
        {
            if (_gone)
            {
                return;
            }

            try
            {
                stream.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(line) + "\n"));
            }
            catch (IOException)
            {
                _gone = true;
            }
        }
    }

    public TextWriter Writer(Func<string, AnswerLine> wrap) => new LineWriter(text => Send(wrap(text)));

    /// <summary>A writer whose every write is one line of the answer.</summary>
    private sealed class LineWriter(Action<string> send) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => send(value.ToString());

        public override void Write(char[] buffer, int index, int count) => send(new string(buffer, index, count));

        public override void Write(string? value) => send(value ?? "");

        public override void WriteLine(string? value) => send((value ?? "") + "\n");

        public override void WriteLine() => send("\n");
    }
}

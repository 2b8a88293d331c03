namespace RetentionFuncs.Imports;

/// <summary>Walks over a record that is too long to be held, block by block, to the line end that closes it.</summary>
internal sealed class RowSkipper(byte delimiter)
{
    private State _state = State.FieldStart;

    private enum State
    {
        FieldStart,
        Bare,
        Quoted,
        QuoteInQuoted,
        AfterReturn,
    }

    public bool IsInsideQuotes => _state == State.Quoted;

    /// <summary>Line ends seen so far, the closing one included; CRLF counts one.</summary>
    public long LineBreaks { get; private set; }

    /// <returns>How many bytes belong to the record with its line end, or -1 when it goes on after this block.</returns>
    public int Feed(ReadOnlySpan<byte> block)
    {
        var previous = (byte)0;
        for (var i = 0; i < block.Length; i++)
        {
            var b = block[i];
            if (_state == State.AfterReturn)
            {
                return b == '\n' ? i + 1 : i;
            }

            if (_state == State.Quoted)
            {
                LineBreaks += b == '\r' || (b == '\n' && previous != '\r') ? 1 : 0;
            }

            previous = b;
            if (Step(b))
            {
                return i + 1;
            }
        }

        return -1;
    }

    private bool Step(byte b)
    {
        switch (_state)
        {
            case State.Quoted:
                _state = b == '"' ? State.QuoteInQuoted : State.Quoted;
                return false;
            case State.FieldStart when b == '"':
            case State.QuoteInQuoted when b == '"':
                _state = State.Quoted;
                return false;
        }

        LineBreaks += b is (byte)'\r' or (byte)'\n' ? 1 : 0;
        _state =
            b == delimiter ? State.FieldStart
            : b == '\r' ? State.AfterReturn
            : State.Bare;
        return b == '\n';
    }
}

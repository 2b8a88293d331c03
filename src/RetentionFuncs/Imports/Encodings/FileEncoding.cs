namespace RetentionFuncs.Imports.Encodings;

/// <summary>How the characters of a file are written, as a person declares it.</summary>
public enum FileEncoding
{
    Utf8,

    /// <summary>Either byte order; told by the mark, else by where the zero bytes of the header stand.</summary>
    Utf16,

    /// <summary>GB18030, and with it GBK and GB2312: what Chinese spreadsheets and shop exports write.</summary>
    Gb18030,
    Windows1252,
    ShiftJis,
}

public static class FileEncodings
{
    /// <summary>The words a declaration may use, the first of each encoding being the one that messages name.</summary>
    public static IReadOnlyList<KeyValuePair<string, FileEncoding>> Words { get; } =
    [
        new("utf-8", FileEncoding.Utf8),
        new("utf-16", FileEncoding.Utf16),
        new("gb18030", FileEncoding.Gb18030),
        new("windows-1252", FileEncoding.Windows1252),
        new("shift_jis", FileEncoding.ShiftJis),
    ];

    /// <summary>Reads a declaration such as <c>gb18030</c>; <c>gbk</c>, <c>gb2312</c>, <c>utf8</c>, <c>cp1252</c> and the like are understood.</summary>
    public static bool TryOf(string text, out FileEncoding encoding)
    {
        var word = HeaderText.Fold(text);
        (var isKnown, encoding) = word switch
        {
            "utf8" => (true, FileEncoding.Utf8),
            "utf16" or "utf16le" or "utf16be" or "unicode" => (true, FileEncoding.Utf16),
            "gb18030" or "gbk" or "gb2312" or "cp936" => (true, FileEncoding.Gb18030),
            "windows1252" or "cp1252" or "1252" => (true, FileEncoding.Windows1252),
            "shiftjis" or "sjis" or "cp932" => (true, FileEncoding.ShiftJis),
            _ => (false, default),
        };
        return isKnown;
    }

    public static string NameOf(FileEncoding encoding) => Words.First(w => w.Value == encoding).Key;
}

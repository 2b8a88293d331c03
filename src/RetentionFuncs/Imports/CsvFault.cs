using System.Globalization;

namespace RetentionFuncs.Imports;

/// <summary>What is wrong with the form of one record. The record is refused; reading goes on with the next.</summary>
public enum CsvFault
{
    None,

    /// <summary>A quote inside a field that does not begin with one: RFC 4180 does not allow it.</summary>
    QuoteInBareField,
    TextAfterQuote,

    /// <summary>Bytes that the file's encoding does not know.</summary>
    InvalidUtf8,
    NulByte,
    FieldTooLong,
    RowTooLong,
    TooManyFields,
    TooFewFields,
}

internal static class CsvFaults
{
    /// <param name="fields">How many fields the record has.</param>
    /// <param name="expected">How many the header has.</param>
    /// <param name="encoding">What the file is read in.</param>
    public static Wording Say(CsvFault fault, int fields, int expected, string encoding = "UTF-8") =>
        fault switch
        {
            CsvFault.QuoteInBareField => new(
                "has a quote in the middle of a field; put the whole field in quotes and write the inner quote twice",
                "字段中间出现了引号；请把整个字段用引号括起来，里面的引号写两遍"
            ),
            CsvFault.TextAfterQuote => new(
                "has text after a closing quote; write a quote inside the field twice",
                "引号结束后还有文字；字段里面的引号要写两遍"
            ),
            CsvFault.InvalidUtf8 => new(
                $"has bytes that are not {encoding}; save the file as UTF-8 and import it again",
                $"含有不是 {encoding} 的字节；请把文件另存为 UTF-8 后重新导入"
            ),
            CsvFault.NulByte => new("has a NUL byte in it", "含有 NUL 字节"),
            CsvFault.FieldTooLong => new("has a field of more than 64 KB", "有字段超过 64 KB"),
            CsvFault.RowTooLong => new("is longer than 1 MB; its text is not repeated here", "整行超过 1 MB；此处不再抄录原文"),
            CsvFault.TooManyFields or CsvFault.TooFewFields => new(
                string.Create(CultureInfo.InvariantCulture, $"has {fields} fields where the header has {expected}"),
                string.Create(CultureInfo.InvariantCulture, $"有 {fields} 个字段，表头是 {expected} 个")
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
}

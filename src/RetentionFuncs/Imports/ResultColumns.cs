using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports;

/// <summary>The headers of a file of results; those of the lists that were handed off, and what gateways call them.</summary>
internal static class ResultColumns
{
    public static readonly IReadOnlyList<ColumnSpec> Specs =
    [
        new(Touch, "touch", "reference", "touch_id", "ref", "触点编号", "触点", "编号"),
        new(Outcome, "outcome", "result", "status", "结果", "状态", "回执状态", "拨打结果"),
        new(OutcomeAt, "outcome_at", "result_at", "at", "time", "date", "结果时间", "时间", "回执时间", "拨打时间"),
        new(Note, "note", "notes", "remark", "comment", "备注", "说明"),
    ];

    public static readonly IReadOnlyList<IReadOnlyList<ImportColumn>> Mandatory =
    [
        [Touch],
        [Outcome],
    ];
}

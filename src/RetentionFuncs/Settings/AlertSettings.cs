namespace RetentionFuncs.Settings;

/// <summary>When a person is told that something needs them.</summary>
/// <param name="Mail">Where alerts are mailed to; null: nowhere.</param>
/// <param name="FreeDiskMegabytes">Less free space than this on the folder's disk is told; 0 tells nothing.</param>
/// <param name="UnconfirmedShare">A larger share than this of what was sent and never heard of again is told; 0 to 1.</param>
/// <param name="TickOverdue">Timers that stood still for longer are told.</param>
public sealed record AlertSettings(string? Mail, int FreeDiskMegabytes, decimal UnconfirmedShare, TimeSpan TickOverdue)
{
    public static AlertSettings Default { get; } = new(null, 256, 0.2m, TimeSpan.FromHours(1));
}

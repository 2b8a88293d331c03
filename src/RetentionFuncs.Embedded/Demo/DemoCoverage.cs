using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Embedded.Home;

namespace RetentionFuncs.Embedded.Demo;

/// <summary>Plays many shops and counts how often each campaign's interval covers its hidden truth; a 95 % interval should in about 95 of 100.</summary>
internal static class DemoCoverage
{
    public static async Task<int> RunAsync(CommandContext context, int firstSeed, int seeds)
    {
        var asOf = context.AsOfDay ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var covered = new SortedDictionary<string, (int Covered, int Runs, double Estimate, double Truth)>(StringComparer.Ordinal);
        for (var seed = firstSeed; seed < firstSeed + seeds; seed++)
        {
            var folder = new HomeFolder(Path.Combine(Path.GetTempPath(), $"retention-demo-{Environment.ProcessId}-{seed}"));
            try
            {
                var report = await DemoCommand.PlayAsync(folder, seed, asOf, null);
                foreach (var campaign in report.Campaigns.Where(c => c is { Conversion: not null, HiddenTruth: not null }))
                {
                    var (uplift, truth) = (campaign.Conversion!, campaign.HiddenTruth!.Value);
                    var inside = uplift.Interval.Contains(truth);
                    var known = covered.GetValueOrDefault(campaign.Key);
                    covered[campaign.Key] = (
                        known.Covered + (inside ? 1 : 0),
                        known.Runs + 1,
                        known.Estimate + uplift.Difference,
                        known.Truth + truth
                    );
                }
            }
            finally
            {
                if (Directory.Exists(folder.Path))
                {
                    Directory.Delete(folder.Path, recursive: true);
                }
            }

            context.Tell($"seed {seed}: {Line(covered)}", $"种子 {seed}：{Line(covered)}");
        }

        foreach (var (key, c) in covered)
        {
            context.Out.WriteLine(
                context.Say(
                    $"{key}: {c.Covered} of {c.Runs} intervals cover the truth ({(double)c.Covered / c.Runs:P1}); mean estimate {c.Estimate / c.Runs:P2}, mean truth {c.Truth / c.Runs:P2}",
                    $"{key}：{c.Runs} 个区间中有 {c.Covered} 个覆盖真值（{(double)c.Covered / c.Runs:P1}）；平均估计 {c.Estimate / c.Runs:P2}，平均真值 {c.Truth / c.Runs:P2}"
                )
            );
        }

        return Exit.Done;
    }

    private static string Line(SortedDictionary<string, (int Covered, int Runs, double Estimate, double Truth)> covered) =>
        string.Join(", ", covered.Select(c => $"{c.Key} {c.Value.Covered}/{c.Value.Runs}"));
}

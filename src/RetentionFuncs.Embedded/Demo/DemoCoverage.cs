using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Reports;

namespace RetentionFuncs.Embedded.Demo;

/// <summary>Plays many shops and counts how often each campaign's interval covers its hidden truth; a 95 % interval should in about 95 of 100.</summary>
internal static class DemoCoverage
{
    private sealed record Tally(int Covered, int Runs, double Estimates, double Truths)
    {
        public Tally Plus(CampaignReport campaign)
        {
            var (uplift, truth) = (campaign.Conversion!, campaign.HiddenTruth!.Value);
            return new(Covered + (uplift.Interval.Contains(truth) ? 1 : 0), Runs + 1, Estimates + uplift.Difference, Truths + truth);
        }
    }

    public static async Task<int> RunAsync(CommandContext context, int firstSeed, int seeds)
    {
        var asOf = context.AsOfDay ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var tallies = new SortedDictionary<string, Tally>(StringComparer.Ordinal);
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount) };
        await Parallel.ForEachAsync(
            Enumerable.Range(firstSeed, seeds),
            atOnce,
            async (seed, _) =>
            {
                var report = await PlayAsync(seed, asOf);
                lock (tallies)
                {
                    foreach (var campaign in report.Campaigns.Where(c => c is { Conversion: not null, HiddenTruth: not null }))
                    {
                        tallies[campaign.Key] = (tallies.GetValueOrDefault(campaign.Key) ?? new Tally(0, 0, 0, 0)).Plus(campaign);
                    }

                    context.Tell($"seed {seed}: {Line(tallies)}", $"种子 {seed}：{Line(tallies)}");
                }
            }
        );
        foreach (var (key, t) in tallies)
        {
            context.Out.WriteLine(
                $"{key}: {t.Covered} of {t.Runs} intervals cover the truth ({(double)t.Covered / t.Runs:P1}); mean estimate {t.Estimates / t.Runs:P2}, mean truth {t.Truths / t.Runs:P2}"
            );
        }

        return Exit.Done;
    }

    private static async Task<RetentionReport> PlayAsync(int seed, DateOnly asOf)
    {
        var folder = new HomeFolder(Path.Combine(Path.GetTempPath(), $"retention-demo-{Environment.ProcessId}-{seed}"));
        try
        {
            return await DemoCommand.PlayAsync(folder, seed, asOf, null, throwaway: true);
        }
        finally
        {
            Directory.Delete(folder.Path, recursive: true);
        }
    }

    private static string Line(SortedDictionary<string, Tally> tallies) =>
        string.Join(", ", tallies.Select(t => $"{t.Key} {t.Value.Covered}/{t.Value.Runs}"));
}

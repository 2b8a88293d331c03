using RetentionFuncs.Campaigns;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Campaigns;

public sealed class ApplyCampaignsTests
{
    private readonly TripWorld _world = new();

    private static CampaignVersion Version(string key, int priority) =>
        CampaignWorks.VersionOf(CampaignWorks.WinBack() with { Key = key, Priority = priority });

    private async Task<string> CurrentAsync(string key)
    {
        _world.Product.Campaigns.Forget();
        return (await _world.Product.Campaigns.FindAsync(key))?.Head.Version ?? "none";
    }

    [Fact]
    public async Task Of_two_who_built_on_one_version_the_second_is_told_and_nothing_of_theirs_is_applied()
    {
        var (first, mine, theirs) = (Version("a", 1), Version("a", 2), Version("a", 3));
        await _world.Product.ApplyCampaigns.RunAsync([first], []);

        (await _world.Product.ApplyCampaigns.RunAsync([mine], [first.Hash])).ShouldBeOfType<ApplyEnding.Applied>();
        (await _world.Product.ApplyCampaigns.RunAsync([Version("b", 1), theirs], [first.Hash])).ShouldBe(
            new ApplyEnding.Changed("a", mine.Hash)
        );

        (await CurrentAsync("a")).ShouldBe(mine.Hash);
        (await CurrentAsync("b")).ShouldBe("none");
    }

    [Fact]
    public async Task What_is_on_file_already_needs_no_version_named_and_keeps_its_moment()
    {
        var version = Version("a", 1);
        var first = (ApplyEnding.Applied)await _world.Product.ApplyCampaigns.RunAsync([version], []);
        _world.Clock.Now = _world.Clock.Now.AddDays(1);

        var again = (ApplyEnding.Applied)await _world.Product.ApplyCampaigns.RunAsync([version], []);

        again.Heads.ShouldBe(first.Heads);
    }

    [Fact]
    public async Task A_version_applied_while_a_launch_counts_heads_is_not_undone_by_it()
    {
        await _world.CustomerAsync("c1");
        await _world.Product.LaunchCampaign.ApplyAsync(Version("a", 1));
        var newer = Version("a", 2);

        var launched = await _world.Product.LaunchCampaign.LaunchAsync("a", new Meanwhile(() => Apply(newer)));

        var head = launched.ShouldBeOfType<CampaignCommand.Done>().Head;
        (head.Version, head.Status).ShouldBe((newer.Hash, CampaignStatus.Live));
        (await CurrentAsync("a")).ShouldBe(newer.Hash);
    }

    [Fact]
    public async Task A_stop_that_comes_while_files_are_applied_stays()
    {
        await _world.Product.LaunchCampaign.ApplyAsync(Version("a", 1));
        await _world.Product.LaunchCampaign.LaunchAsync("a");
        await _world.Product.LaunchCampaign.StopAsync("a");

        Apply(Version("a", 2));

        _world.Product.Campaigns.Forget();
        (await _world.Product.Campaigns.FindAsync("a"))!.Head.Status.ShouldBe(CampaignStatus.Stopped);
    }

    private void Apply(CampaignVersion version) => _world.Product.ApplyCampaigns.RunAsync([version]).AsTask().GetAwaiter().GetResult();

    private sealed class Meanwhile(Action act) : IProgress<int>
    {
        public void Report(int value) => act();
    }
}

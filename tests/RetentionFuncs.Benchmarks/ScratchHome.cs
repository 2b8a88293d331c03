using RetentionFuncs.Campaigns;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Messages;
using RetentionFuncs.Settings;

namespace RetentionFuncs.Benchmarks;

/// <summary>A data folder for one run, durable as a real one, whose sender accepts at once.</summary>
internal sealed class ScratchHome : IDisposable
{
    private ScratchHome(HomeFolder folder, EmbeddedHome home, MovableClock clock) => (Folder, Home, Clock) = (folder, home, clock);

    public HomeFolder Folder { get; }

    public EmbeddedHome Home { get; }

    public MovableClock Clock { get; }

    public static async Task<ScratchHome> OpenAsync()
    {
        var folder = new HomeFolder(Path.Combine(Environment.CurrentDirectory, $"bench-{Environment.ProcessId}"));
        Embedded.Stores.SqliteDatabase.Open(folder.Path).Dispose();
        File.WriteAllText(folder.Settings, SettingsFile.Default("Bench", "Europe/Berlin", "EUR") + "\nsandbox: true\n");
        ShippedCampaigns.WriteTo(folder.Campaigns, "Bench", "hello@bench.example", "Bench, Street 1, 10115 Berlin");
        var clock = new MovableClock(TimeProvider.System) { StandsAt = DateTimeOffset.Parse("2026-03-02T10:00:00+01:00", null) };
        var home = await EmbeddedHome.OpenAsync(folder, new HomeOptions(clock) { WrapSender = _ => new AtOnce() });
        return new ScratchHome(folder, home, clock);
    }

    public void Dispose()
    {
        Home.Dispose();
        Directory.Delete(Folder.Path, recursive: true);
    }

    private sealed class AtOnce : IMessageSender
    {
        public ValueTask<SendResult> SendAsync(OutboundMessage message) => ValueTask.FromResult<SendResult>(new SendResult.Accepted(null));
    }
}

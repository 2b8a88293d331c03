using System.Reflection;
using RetentionFuncs.Campaigns;

namespace RetentionFuncs.Web.Api;

/// <summary>How a running home is doing.</summary>
/// <param name="Home"><c>embedded</c>, <c>azure</c>, or <c>unknown</c>.</param>
/// <param name="Version">Of the running program.</param>
/// <param name="Campaigns">How many stand in each status.</param>
/// <param name="Sending">Whether messages may leave.</param>
public sealed record HomeStatus(
    string Home,
    string Version,
    string Business,
    DateTimeOffset At,
    DateTimeOffset? LastRunAt,
    QueueState? Queue,
    SendingState Sending,
    IReadOnlyDictionary<CampaignStatus, int> Campaigns
)
{
    /// <summary>Whether nothing needs a person.</summary>
    public bool Fine => LastRunAt is not null && Sending is { Killed: false, StoppedBecause: null } && Queue is not { DeadLetters: > 0 };

    internal static async ValueTask<HomeStatus> ReadAsync(WebHome home)
    {
        var product = home.Product;
        product.Campaigns.Forget();
        var campaigns = await product.Campaigns.AllAsync();
        var state = home.State is { } asked ? await asked.ReadAsync() : null;
        return new HomeStatus(
            home.State?.Kind ?? "unknown",
            RunningVersion,
            product.Settings.Name,
            product.Clock.GetUtcNow(),
            state?.LastRunAt,
            state?.Queue,
            new SendingState(await product.Campaigns.IsKilledAsync(), state?.StoppedBecause),
            Enum.GetValues<CampaignStatus>().ToDictionary(s => s, s => campaigns.Count(c => c.Head.Status == s))
        );
    }

    private static string RunningVersion { get; } =
        typeof(HomeStatus).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}

/// <param name="Killed">A person has stopped all sending.</param>
/// <param name="StoppedBecause">Sending has stopped by itself: why; null while it goes on.</param>
public sealed record SendingState(bool Killed, string? StoppedBecause);

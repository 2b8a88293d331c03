using RetentionFuncs.Runs;
using RetentionFuncs.Web;

namespace RetentionFuncs.Functions.Home;

/// <summary>How the home in Azure is doing; its queues are counted by the platform's own metrics.</summary>
internal sealed class AzureState(RetentionProduct product) : IHomeState
{
    public string Kind => "azure";

    public async ValueTask<HomeState> ReadAsync()
    {
        DateTimeOffset? last = null;
        foreach (var kind in Enum.GetValues<RunKind>())
        {
            var run = await product.Runs.CurrentAsync(kind);
            last = run?.StartedAt > last || last is null ? run?.StartedAt ?? last : last;
        }

        var breaker = await product.SendControl.StandingAsync();
        return new HomeState(last, breaker.IsOpen ? breaker.Why : null, null);
    }
}

using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Web;

namespace RetentionFuncs.Embedded.Serving;

/// <summary>What a served folder knows of itself.</summary>
internal sealed class EmbeddedState(EmbeddedHome home) : IHomeState
{
    public string Kind => "embedded";

    public async ValueTask<HomeState> ReadAsync()
    {
        var queue = await home.Queue.CountAsync();
        return new HomeState(
            await new Ticking(home).LastAsync(),
            home.Governor.StoppedBecause,
            new QueueState(queue.Waiting, queue.UnderLease, queue.Parked)
        );
    }
}

using System.Net.Http.Headers;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Embedded.Serving;
using RetentionFuncs.Queues;
using RetentionFuncs.Tests.Commands;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Web.Access;

namespace RetentionFuncs.Tests.Api;

public sealed class EmbeddedApiTests : ApiContract
{
    protected override async Task<ApiHome> OpenAsync()
    {
        var shop = await Shop.OpenAsync();
        var clock = new HandClock(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var home = await EmbeddedHome.OpenAsync(new HomeFolder(shop.Data), new HomeOptions(clock) { Throwaway = true });
        return new ServedFolder(shop, home, await PublicSite.StartAsync(home, 0));
    }

    private sealed class ServedFolder(Shop shop, EmbeddedHome home, PublicSite site) : ApiHome
    {
        public override RetentionProduct Product => home.Product;

        public override async Task<HttpClient> ClientForAsync(Role? role)
        {
            var http = new HttpClient { BaseAddress = new Uri(site.Address) };
            if (role is { } given)
            {
                var users = new LocalUsers(home.Product.Store, home.Product.Clock);
                var added = (AddUserEnding.Added)await users.AddAsync(Roles.NameOf(given), given);
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", added.Token);
            }

            return http;
        }

        public override async Task ParkAsync(QueueMessage message, string reason)
        {
            var now = home.Product.Clock.GetUtcNow();
            // What an earlier test step queued again is no longer of interest.
            await home.Queue.DeliverDueAsync(new Settling(new HandlerAnswer.Done()), now, 1);
            await home.Queue.EnqueueAsync(message, now);
            await home.Queue.DeliverDueAsync(new Settling(new HandlerAnswer.Park(reason)), now, 1);
        }

        public override async ValueTask DisposeAsync()
        {
            await site.DisposeAsync();
            home.Dispose();
            shop.Dispose();
        }
    }

    private sealed class Settling(HandlerAnswer answer) : IQueueHandler
    {
        public ValueTask<HandlerAnswer> HandleAsync(QueueMessage message) => ValueTask.FromResult(answer);
    }
}

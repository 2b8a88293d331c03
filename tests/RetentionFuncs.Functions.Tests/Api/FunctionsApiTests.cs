using System.Text;
using System.Text.Json;
using RetentionFuncs.AzureAdapters.ServiceBus;
using RetentionFuncs.AzureAdapters.Tests.Azurite;
using RetentionFuncs.Functions.Tests.Worlds;
using RetentionFuncs.Queues;
using RetentionFuncs.Tests.Api;
using RetentionFuncs.Web.Access;

namespace RetentionFuncs.Functions.Tests.Api;

/// <summary>The API as the functions serve it, to people whom the platform has let in.</summary>
public sealed class FunctionsApiTests(AzuriteFixture azurite) : ApiContract, IClassFixture<AzuriteFixture>
{
    protected override async Task<ApiHome> OpenAsync()
    {
        var world = await FunctionsWorld.StartAsync(
            azurite.ConnectionString,
            settings: new Dictionary<string, string?> { [PlatformCallers.Variable] = "True" }
        );
        return new DeployedHome(world, await world.ProductAsync());
    }

    /// <summary>The header as the platform writes it for somebody with one app role.</summary>
    internal static string PrincipalOf(Role role) =>
        Convert.ToBase64String(
            Encoding.UTF8.GetBytes(
                JsonSerializer.Serialize(
                    new
                    {
                        auth_typ = "aad",
                        name_typ = "name",
                        role_typ = "roles",
                        claims = new[] { new { typ = "name", val = Roles.NameOf(role) }, new { typ = "roles", val = Roles.NameOf(role) } },
                    }
                )
            )
        );

    private sealed class DeployedHome(FunctionsWorld world, RetentionProduct product) : ApiHome
    {
        public override RetentionProduct Product => product;

        public override Task<HttpClient> ClientForAsync(Role? role)
        {
            var http = new HttpClient { BaseAddress = world.Http.BaseAddress };
            if (role is { } given)
            {
                http.DefaultRequestHeaders.Add(PlatformCallers.Header, PrincipalOf(given));
            }

            return Task.FromResult(http);
        }

        public override async Task ParkAsync(QueueMessage message, string reason)
        {
            var queue = WorkQueues.For(message.Purpose);
            // What an earlier test step queued again is no longer of interest.
            await world.Broker.DeliverDueAsync(queue, m => Settled(() => world.Broker.Complete(m)));
            await world.QueueAsync(message);
            await world.Broker.DeliverDueAsync(queue, m => Settled(() => world.Broker.DeadLetter(m, null, PutAsideReasons.Parked, reason)));
        }

        public override ValueTask DisposeAsync() => world.DisposeAsync();

        private static Task Settled(Action settle)
        {
            settle();
            return Task.CompletedTask;
        }
    }
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Web;
using RetentionFuncs.Web.Access;

namespace RetentionFuncs.Embedded.Serving;

/// <summary>The pages behind the links in messages and the API, on loopback only; a proxy of the shop's own puts them on the web.</summary>
internal sealed class PublicSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PublicSite(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<PublicSite> StartAsync(EmbeddedHome home, int port)
    {
        // Empty: no settings file of the directory and no variable of the environment may open another door than this one.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.MapRetention(
            new WebHome(home.Product, home.Queue.Parked)
            {
                Callers = new LocalCallers(new LocalUsers(home.Product.Store, home.Product.Clock)),
                Webhooks = home.Webhooks,
                State = new EmbeddedState(home),
            }
        );
        await app.StartAsync();
        return new PublicSite(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

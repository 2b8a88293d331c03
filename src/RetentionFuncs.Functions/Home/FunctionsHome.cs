using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RetentionFuncs.Messages;
using RetentionFuncs.Queues;
using RetentionFuncs.Runs;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;
using RetentionFuncs.Web;

namespace RetentionFuncs.Functions.Home;

/// <summary>The product as functions call it.</summary>
/// <param name="Pipeline">Every route of the product, written once in <c>RetentionFuncs.Web</c>.</param>
public sealed record OpenedHome(RetentionProduct Product, RequestDelegate Pipeline);

/// <summary>
/// The product over Table Storage, Service Bus and SendGrid. Opened at the first trigger, so that a start reads nothing, and opened anew
/// every hour, because the last refit is among the settings.
/// </summary>
public sealed class FunctionsHome(HomeOptions options, HomeParts parts, IServiceProvider services, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan OpenFor = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _opening = new(1, 1);
    private Standing? _standing;

    private sealed record Standing(OpenedHome Home, DateTimeOffset Since);

    /// <exception cref="StoreUnavailableException">The tables did not answer and nothing was opened before.</exception>
    public async ValueTask<OpenedHome> OpenAsync()
    {
        if (_standing is { } standing && clock.GetUtcNow() - standing.Since < OpenFor)
        {
            return standing.Home;
        }

        await _opening.WaitAsync();
        try
        {
            if (_standing is not { } last || clock.GetUtcNow() - last.Since >= OpenFor)
            {
                _standing = new Standing(await OpenAnewAsync(), clock.GetUtcNow());
            }

            return _standing.Home;
        }
        catch (StoreUnavailableException) when (_standing is not null)
        {
            // An hour-old refit is better than no send.
            return _standing.Home;
        }
        finally
        {
            _ = _opening.Release();
        }
    }

    public void Dispose() => _opening.Dispose();

    private async Task<OpenedHome> OpenAnewAsync()
    {
        if (options.Storage.Address is null && _standing is null)
        {
            await parts.CreateTablesAsync();
        }

        var product = new RetentionProduct(
            parts.Store,
            parts.Queue,
            parts.Sender,
            parts.Governor,
            options.Business,
            options.Secret,
            parts.Ids,
            clock,
            new ProductOptions
            {
                ProviderLog = parts.ProviderLog,
                // A host that goes down lets a page end and no more; sending is never cut short by it.
                Runs = new RunOptions { Stopping = services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? default },
            }
        );
        return new OpenedHome(product, WebPipeline.Build(services, parts.WebOf(product, options)));
    }
}

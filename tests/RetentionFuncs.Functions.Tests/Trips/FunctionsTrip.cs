using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using RetentionFuncs.AzureAdapters.Tests.Azurite;
using RetentionFuncs.Customers;
using RetentionFuncs.Functions.Tests.Worlds;
using RetentionFuncs.Tests.Loopback;
using RetentionFuncs.Tests.Telemetry;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Functions.Tests.Trips;

/// <summary>Steps that the trips through the functions share.</summary>
internal static class FunctionsTrip
{
    /// <summary>The shop tells of an order, of somebody who agreed to be written to.</summary>
    public static async Task OrderAsync(
        this FunctionsWorld world,
        string customer,
        string day,
        string? address = null,
        string name = "Ada Winter",
        bool again = false
    )
    {
        var body = JsonSerializer.Serialize(
            new
            {
                schema = 1,
                id = $"{customer}-{day}",
                type = "order.placed",
                occurredAt = day + "T09:30:00+01:00",
                customer = new
                {
                    id = customer,
                    name,
                    email = address ?? $"{customer}@post.linden.shop",
                    country = "DE",
                    locale = "en",
                    consent = new
                    {
                        state = "granted",
                        basis = "express",
                        source = "checkout",
                    },
                },
                order = new
                {
                    id = $"{customer}-{day}",
                    total = 50.00m,
                    currency = "EUR",
                },
            }
        );
        using var machine = world.Machine;
        using var answer = await machine.PostAsync("/machine/v1/events", new StringContent(body, Encoding.UTF8, "application/json"));
        var told = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, told);
        JsonDocument.Parse(told).RootElement.GetProperty(again ? "repeated" : "accepted").GetInt32().ShouldBe(1, told);
    }

    public static async Task LaunchAsync(this FunctionsWorld world, params RetentionFuncs.Campaigns.Campaign[] campaigns)
    {
        var product = await world.ProductAsync();
        foreach (var campaign in campaigns)
        {
            await product.LaunchCampaign.ApplyAsync(CampaignWorks.VersionOf(campaign));
            await product.LaunchCampaign.LaunchAsync(campaign.Key);
        }
    }

    public static async Task TickEveryDayAsync(this FunctionsWorld world, string from, string to)
    {
        for (
            var day = DateOnly.Parse(from, CultureInfo.InvariantCulture);
            day <= DateOnly.Parse(to, CultureInfo.InvariantCulture);
            day = day.AddDays(1)
        )
        {
            await world.TickAsync(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
    }

    public static async Task<Touchpoint[]> TouchesAsync(this FunctionsWorld world, string customer)
    {
        var product = await world.ProductAsync();
        var partition = await CustomerPartition.LoadAsync(product.Store, product.Secret.CustomerKeyOf(customer));
        return [.. partition.Touchpoints().OrderBy(t => t.PlannedAt)];
    }

    /// <summary>The provider tells what became of everything it took, twice over and in another order, until it is listened to.</summary>
    public static async Task TellAsync(this FunctionsWorld world, params string[] kinds)
    {
        var webhook = new Uri(world.Http.BaseAddress!, "/webhooks/sendgrid");
        var events = world
            .Provider.Accepted.SelectMany(s => kinds.Select((k, i) => (object)world.Events.Event(s, k, s.At.AddMinutes(i + 1))))
            .ToArray();
        foreach (var order in new[] { events, [.. events.Reverse()] })
        {
            var answers = await world.Events.DeliverAsync(world.Http, webhook, LoopbackEvents.Body(order), world.Clock.Now);
            answers[^1].ShouldBe(HttpStatusCode.NoContent);
        }

        await world.PumpAsync();
    }
}

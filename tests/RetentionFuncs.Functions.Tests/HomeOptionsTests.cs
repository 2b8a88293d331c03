using Microsoft.Extensions.Configuration;
using RetentionFuncs.Functions.Home;
using RetentionFuncs.Settings;

namespace RetentionFuncs.Functions.Tests;

/// <summary>What the app makes of its settings.</summary>
public sealed class HomeOptionsTests
{
    private static readonly Dictionary<string, string?> Enough = new()
    {
        [FunctionSettings.TableServiceUri] = "https://shop.table.core.windows.net/",
        [FunctionSettings.BusNamespace] = "shop.servicebus.windows.net",
        [FunctionSettings.SendGridApiKey] = "SG.key",
        [FunctionSettings.Business] = SettingsFile.Default("Linden & Co", "Europe/Berlin", "EUR"),
        [FunctionSettings.InstanceSecret] = Convert.ToBase64String(new byte[32]),
    };

    private static HomeOptions Read(params (string Name, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?>(Enough);
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var pairs = all.Select(s => KeyValuePair.Create(s.Key.Replace("__", ":", StringComparison.Ordinal), s.Value));
        return HomeOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(pairs).Build());
    }

    private static string Refused(params (string Name, string? Value)[] settings) =>
        Should.Throw<SettingsRefusedException>(() => Read(settings)).Message;

    [Fact]
    public void With_what_has_no_default_the_app_starts_in_the_sandbox_with_everything_else_closed()
    {
        var options = Read();

        options.SendGrid.Sandbox.ShouldBeTrue();
        options.SendGrid.EmailLogs.ShouldBeFalse();
        options.Webhooks.SendGridKeys.ShouldBeEmpty();
        options.PlatformAuthenticates.ShouldBeFalse();
        options.Limits.PerSecond.ShouldBe(10.0 / 40);
    }

    [Fact]
    public void Every_missing_setting_is_named_at_once_by_its_platform_name()
    {
        var told = Refused([.. Enough.Keys.Select(k => (k, (string?)null))]);

        foreach (var name in Enough.Keys)
        {
            told.ShouldContain(name);
        }
    }

    [Fact]
    public void The_accounts_rate_is_shared_out_over_the_instances() =>
        Read((FunctionSettings.SendingPerSecond, "100"), (FunctionSettings.SendingMaxInstances, "4")).Limits.PerSecond.ShouldBe(25);

    [Theory]
    [InlineData("none")]
    [InlineData("")]
    public void A_webhook_key_that_is_still_to_come_closes_the_webhook(string key) =>
        Read((FunctionSettings.SendGridWebhookKey, key)).Webhooks.SendGridKeys.ShouldBeEmpty();

    [Fact]
    public void A_shops_webhook_opens_with_its_secret_or_with_two_while_one_is_exchanged()
    {
        var secrets = Read(
            (FunctionSettings.ShopifyWebhookSecret, "none"),
            (FunctionSettings.WooCommerceWebhookSecret, "0123456789abcdef fedcba9876543210")
        ).Webhooks;

        (secrets.ShopifySecrets.Count, secrets.WooCommerceSecrets.Count).ShouldBe((0, 2));
        var told = Refused((FunctionSettings.ShopifyWebhookSecret, "hunter2"));
        told.ShouldContain(FunctionSettings.ShopifyWebhookSecret);
        told.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData(FunctionSettings.SendGridWebhookKey, "not a key")]
    [InlineData(FunctionSettings.SendGridSandbox, "yes")]
    [InlineData(FunctionSettings.SendGridRegion, "mars")]
    [InlineData(FunctionSettings.SendingPerSecond, "0")]
    [InlineData(FunctionSettings.SendingPerSecond, "1,5")]
    [InlineData(FunctionSettings.SendingMaxInstances, "1001")]
    [InlineData(FunctionSettings.TableServiceUri, "ftp://shop")]
    [InlineData(FunctionSettings.TraceShare, "2")]
    [InlineData(FunctionSettings.Business, "schema: 1\nname: ''\n")]
    public void An_odd_value_is_refused_with_the_name_of_its_setting(string name, string value) =>
        Refused((name, value)).ShouldContain(name);

    [Fact]
    public void A_secret_is_named_and_never_shown()
    {
        var told = Refused((FunctionSettings.InstanceSecret, "hunter2hunter2"));

        told.ShouldContain(FunctionSettings.InstanceSecret);
        told.ShouldNotContain("hunter2");
    }
}

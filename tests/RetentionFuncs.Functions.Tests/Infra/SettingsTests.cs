using System.Text.Json;
using System.Text.RegularExpressions;
using RetentionFuncs.Functions.Tests.Infra.Bicep;
using RetentionFuncs.Settings;

namespace RetentionFuncs.Functions.Tests.Infra;

public sealed partial class SettingsTests
{
    /// <summary>What the Functions host and the SDKs read themselves.</summary>
    private static readonly string[] HostOnly =
    [
        "AzureWebJobsStorage__blobServiceUri",
        "AzureWebJobsStorage__queueServiceUri",
        "AzureWebJobsStorage__tableServiceUri",
        "AzureWebJobsStorage__credential",
        "AzureWebJobsStorage__clientId",
        "ServiceBus__credential",
        "ServiceBus__clientId",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "AZURE_EXPERIMENTAL_ENABLE_ACTIVITY_SOURCE",
    ];

    private static readonly string[] HostOnlyLocally = ["FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsStorage"];

    private static IReadOnlyDictionary<string, object?> Deployed(IReadOnlyDictionary<string, object?>? schedules = null)
    {
        var file = InfraFiles.Template("modules/app.bicep");
        var values = new BicepValues(file).With("schedules", schedules ?? new Dictionary<string, object?>());
        var app = file.Resources("Microsoft.Web/sites").Single();
        var settings = ((BicepExpression.Map)app.Value!).Nested.Single(n => n.Type == "config");
        return (IReadOnlyDictionary<string, object?>)values.Bodies(settings).Single()["properties"]!;
    }

    private static Dictionary<string, string> Sample()
    {
        using var json = JsonDocument.Parse(InfraFiles.Read("src/RetentionFuncs.Functions/local.settings.sample.json"));
        return json.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
    }

    [Fact]
    public void The_template_sets_every_setting_the_app_reads_and_no_other() =>
        Deployed().Keys.Order().ShouldBe(FunctionSettings.All.Where(s => !s.IsLocal).Select(s => s.Name).Concat(HostOnly).Order());

    [Fact]
    public void The_sample_for_local_runs_names_every_setting_that_is_not_the_platforms() =>
        Sample()
            .Keys.Order()
            .ShouldBe(
                FunctionSettings
                    .All.Select(s => s.Name)
                    .Except([FunctionSettings.TableServiceUri, FunctionSettings.BusNamespace])
                    .Concat(HostOnlyLocally)
                    .Order()
            );

    [Fact]
    public void The_sample_holds_no_secret_and_sends_nothing()
    {
        var sample = Sample();
        sample[FunctionSettings.SendGridSandbox].ShouldBe("true");
        foreach (var secret in FunctionSettings.All.Where(s => s.IsSecret))
        {
            (sample[secret.Name].Length == 0 || sample[secret.Name].StartsWith("PUT-", StringComparison.Ordinal)).ShouldBeTrue(secret.Name);
        }

        InfraFiles.Read(".gitignore").Split('\n').ShouldContain("local.settings.json");
    }

    [Fact]
    public void Secrets_reach_the_app_as_references_only()
    {
        var deployed = Deployed();
        foreach (var setting in FunctionSettings.All.Where(s => !s.IsLocal))
        {
            (((string)deployed[setting.Name]!.ToString()!).StartsWith("@Microsoft.KeyVault(SecretUri=", StringComparison.Ordinal)).ShouldBe(
                setting.IsSecret,
                setting.Name
            );
        }

        // The README names each secret that the references ask for.
        foreach (
            var name in deployed
                .Values.OfType<string>()
                .Select(v => SecretName().Match(v))
                .Where(m => m.Success)
                .Select(m => m.Groups[1].Value)
        )
        {
            InfraFiles.Read("infra/README.md").ShouldContain($"--name {name} ");
        }
    }

    [Fact]
    public void The_table_in_the_readme_has_a_line_for_each_with_its_meaning_and_default()
    {
        var rows = InfraFiles
            .Read("infra/README.md")
            .Split('\n')
            .Select(l => SettingRow().Match(l))
            .Where(m => m.Success)
            .ToDictionary(m => m.Groups[1].Value, m => (Meaning: m.Groups[2].Value, Default: m.Groups[3].Value, ReadBy: m.Groups[4].Value));

        rows.Keys.Order().ShouldBe(FunctionSettings.All.Select(s => s.Name).Concat(HostOnly).Concat(HostOnlyLocally).Distinct().Order());
        foreach (var setting in FunctionSettings.All)
        {
            var schedule = FunctionSchedules.Default(setting.Name);
            rows[setting.Name].Meaning.ShouldBe(setting.Meaning);
            rows[setting.Name]
                .Default.ShouldBe(
                    schedule is not null ? $"`{schedule}`"
                    : setting.Default is null ? "required"
                    : setting.Default.Length == 0 ? "empty"
                    : $"`{setting.Default}`"
                );
            rows[setting.Name]
                .ReadBy.ShouldBe(setting.ReadBy == SettingReader.Schedule ? $"timer {setting.Name[..^"Schedule".Length]}" : "Program.cs");
        }
    }

    [Theory]
    [InlineData("infra/business/retention.yaml")]
    [InlineData("sample")]
    public void The_business_settings_that_are_shipped_can_be_read(string from)
    {
        var text = from == "sample" ? Sample()[FunctionSettings.Business] : InfraFiles.Read(from);
        var reading = SettingsFile.Parse(text);
        reading.Findings.Where(f => f.IsError).ShouldBeEmpty();
        reading.Settings.ShouldNotBeNull();
    }

    [Fact]
    public void A_settings_key_is_its_name_with_colons() =>
        FunctionSettings.All.Single(s => s.Name == FunctionSettings.SendGridApiKey).Key.ShouldBe("SendGrid:ApiKey");

    [GeneratedRegex(@"/?secrets/([a-z-]+)\)$")]
    private static partial Regex SecretName();

    [GeneratedRegex(@"^\| `([A-Za-z_]+)` \| (.+) \| (.+) \| (.+) \|$")]
    private static partial Regex SettingRow();
}

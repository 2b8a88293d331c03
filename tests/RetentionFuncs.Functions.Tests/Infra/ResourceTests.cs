using System.Globalization;
using System.Text.Json;
using System.Xml;
using RetentionFuncs.Functions.Tests.Infra.Bicep;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Functions.Tests.Infra;

public sealed class ResourceTests
{
    private static IReadOnlyList<IReadOnlyDictionary<string, object?>> Bodies(string template, string type)
    {
        var file = InfraFiles.Template(template);
        return [.. file.Resources(type).Where(r => !r.IsExisting).SelectMany(r => new BicepValues(file).Bodies(r))];
    }

    private static IReadOnlyDictionary<string, object?> Properties(IReadOnlyDictionary<string, object?> body) =>
        (IReadOnlyDictionary<string, object?>)body["properties"]!;

    [Fact]
    public void The_queues_are_those_of_the_code()
    {
        var queues = Bodies("modules/servicebus.bicep", "Microsoft.ServiceBus/namespaces/queues");
        queues.Select(q => q["name"]).ShouldBe(WorkQueues.All);
        FunctionNames.ByQueue.Keys.ShouldBe(WorkQueues.All);
        foreach (var properties in queues.Select(Properties))
        {
            properties["requiresDuplicateDetection"].ShouldBe(true);
            properties["deadLetteringOnMessageExpiration"].ShouldBe(true);
            properties["requiresSession"].ShouldBe(false);
            Span(properties["lockDuration"]).ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(5));
            Span(properties["defaultMessageTimeToLive"]).ShouldBeGreaterThan(IWorkQueue.MaxDelay * 2);
            // Shorter than the age at which the sweep takes a message for lost: what it queues again must not be dropped.
            Span(properties["duplicateDetectionHistoryTimeWindow"]).ShouldBeLessThan(Touchpoints.SweepOpenWork.RequeueAfter);
            Span(properties["duplicateDetectionHistoryTimeWindow"]).ShouldBe(TimeSpan.FromMinutes(10));
        }
    }

    [Fact]
    public void A_lock_outlives_a_call_that_renews_it()
    {
        using var host = JsonDocument.Parse(InfraFiles.Read("host.json"));
        var bus = host.RootElement.GetProperty("extensions").GetProperty("serviceBus");
        var renewal = TimeSpan.Parse(bus.GetProperty("maxAutoLockRenewalDuration").GetString()!, CultureInfo.InvariantCulture);
        renewal.ShouldBeGreaterThan(
            Span(Properties(Bodies("modules/servicebus.bicep", "Microsoft.ServiceBus/namespaces/queues")[0])["lockDuration"])
        );
        bus.GetProperty("autoCompleteMessages").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void The_tables_are_those_of_the_code() =>
        Bodies("modules/storage.bicep", "Microsoft.Storage/storageAccounts/tableServices/tables")
            .Select(t => t["name"])
            .ShouldBe(Enum.GetNames<StoreTable>(), ignoreOrder: true);

    [Fact]
    public void Nothing_lets_anybody_in_by_a_shared_key()
    {
        Properties(Bodies("modules/storage.bicep", "Microsoft.Storage/storageAccounts").Single())["allowSharedKeyAccess"].ShouldBe(false);
        Properties(Bodies("modules/storage.bicep", "Microsoft.Storage/storageAccounts").Single())["allowBlobPublicAccess"].ShouldBe(false);
        Properties(Bodies("modules/servicebus.bicep", "Microsoft.ServiceBus/namespaces").Single())["disableLocalAuth"].ShouldBe(true);
        Properties(Bodies("modules/monitoring.bicep", "Microsoft.Insights/components").Single())["DisableLocalAuth"].ShouldBe(true);
        Properties(Bodies("modules/vault.bicep", "Microsoft.KeyVault/vaults").Single())["enableRbacAuthorization"].ShouldBe(true);
        foreach (var template in InfraFiles.Templates)
        {
            var text = InfraFiles.Read("infra/" + template);
            text.ShouldNotContain("listKeys");
            text.ShouldNotContain("AccountKey=");
            text.ShouldNotContain("SharedAccessKey=");
        }
    }

    /// <summary>Built-in role definitions, as published for every tenant.</summary>
    public static TheoryData<string, string[]> RolesByModule { get; } =
        new()
        {
            {
                "modules/storage.bicep",
                ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "974c5e8b-45b9-4653-ba55-5f855dd0fb88", "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"]
            },
            { "modules/servicebus.bicep", ["090c5cfd-751d-490a-894a-3ce6f1109419"] },
            { "modules/vault.bicep", ["4633458b-17de-408a-b874-0445c86b69e6"] },
            { "modules/monitoring.bicep", ["3913510d-42f4-4e42-8a64-420c390055eb"] },
        };

    [Theory]
    [MemberData(nameof(RolesByModule))]
    public void The_app_has_just_these_roles(string template, string[] ids)
    {
        var file = InfraFiles.Template(template);
        var text = InfraFiles.Read("infra/" + template);
        foreach (var id in ids)
        {
            text.Split(id).Length.ShouldBe(2, $"{id} is named once");
        }

        var given = Bodies(template, "Microsoft.Authorization/roleAssignments");
        given.Count.ShouldBe(ids.Length);
        given.Select(g => Properties(g)["principalType"]).ShouldAllBe(t => Equals(t, "ServicePrincipal"));
        Guids(text).Order().ShouldBe(ids.Order());
        file.Statements.ShouldContain(s => s.Kind == "param" && s.Name == "principalId");
    }

    [Fact]
    public void The_app_runs_isolated_on_dotnet_ten_on_flex_consumption()
    {
        var plan = Bodies("modules/app.bicep", "Microsoft.Web/serverfarms").Single();
        ((IReadOnlyDictionary<string, object?>)plan["sku"]!)["name"].ShouldBe("FC1");
        var config =
            (IReadOnlyDictionary<string, object?>)
                Properties(Bodies("modules/app.bicep", "Microsoft.Web/sites").Single())["functionAppConfig"]!;
        var runtime = (IReadOnlyDictionary<string, object?>)config["runtime"]!;
        (runtime["name"], runtime["version"]).ShouldBe(("dotnet-isolated", "10.0"));
    }

    [Fact]
    public void The_emulator_has_the_same_queues()
    {
        using var config = JsonDocument.Parse(InfraFiles.Read("infra/local/config.json"));
        var queues = config
            .RootElement.GetProperty("UserConfig")
            .GetProperty("Namespaces")[0]
            .GetProperty("Queues")
            .EnumerateArray()
            .ToArray();
        queues.Select(q => q.GetProperty("Name").GetString()).ShouldBe(WorkQueues.All);
        queues.ShouldAllBe(q => q.GetProperty("Properties").GetProperty("RequiresDuplicateDetection").GetBoolean());
        // The emulator takes five minutes at most.
        queues.ShouldAllBe(q =>
            Span(q.GetProperty("Properties").GetProperty("DuplicateDetectionHistoryTimeWindow").GetString()) <= TimeSpan.FromMinutes(5)
        );
    }

    [Fact]
    public void People_have_the_six_roles_of_the_product()
    {
        using var roles = JsonDocument.Parse(InfraFiles.Read("infra/app-roles.json"));
        roles
            .RootElement.EnumerateArray()
            .Select(r => r.GetProperty("value").GetString())
            .ShouldBe(["viewer", "salesperson", "marketer", "approver", "operator", "administrator"]);
        roles.RootElement.EnumerateArray().Select(r => r.GetProperty("id").GetGuid()).ShouldBeUnique();
    }

    private static IEnumerable<string> Guids(string text) =>
        text.Split('\'').Where(part => Guid.TryParseExact(part, "D", out _)).Distinct();

    private static TimeSpan Span(object? value) => XmlConvert.ToTimeSpan((string)value!);
}

using System.Text.Json;
using System.Text.RegularExpressions;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Functions.Tests.Infra.Bicep;
using RetentionFuncs.Messages;
using RetentionFuncs.Telemetry;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Functions.Tests.Infra;

/// <summary>Saved queries, alerts and the workbook speak only of what the product says.</summary>
public sealed partial class QueryTests
{
    private static readonly HashSet<string> Metrics = ProductMeter.All.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Tags that the instruments and spans carry.</summary>
    private static readonly HashSet<string> Tags =
    [
        "campaign",
        "verdict",
        "gate",
        "outcome",
        "state",
        "kind",
        "bounce",
        "webhook",
        "reason",
        "change",
        "queue",
        "run",
        ProductTrace.TouchTag,
        ProductTrace.CampaignTag,
        ProductTrace.StepTag,
        ProductTrace.OutcomeTag,
        "retention.gate",
        "_MS.links",
    ];

    private static readonly HashSet<string> Words =
    [
        .. FunctionNames.All,
        .. Enum.GetNames<Gate>(),
        .. Enum.GetNames<DeliveryEventKind>(),
        .. Enum.GetNames<BounceKind>(),
        .. Enum.GetNames<TouchpointState>(),
        .. Enum.GetNames<BreakerChange>(),
        .. typeof(SendResult).GetNestedTypes().Select(t => t.Name),
        .. typeof(CampaignDecision).GetNestedTypes().Select(t => t.Name),
        "Requeued",
        "Reaped",
        "Ingestion",
        "OverQuota",
    ];

    private static readonly string[] Tables =
    [
        "AppMetrics",
        "AppRequests",
        "AppDependencies",
        "AppExceptions",
        "AppTraces",
        "_LogOperation",
    ];

    public static TheoryData<string, string> Queries { get; } = All();

    [Theory]
    [MemberData(nameof(Queries))]
    public void A_query_names_only_metrics_functions_words_and_tables_that_exist(string name, string text) =>
        FaultsOf(text).ShouldBeEmpty(name);

    [Theory]
    [InlineData("AppMetrics | where Name == \"retention.sendz\"", "retention.sendz")]
    [InlineData("AppRequests | where Name == \"ReviewDew\"", "ReviewDew")]
    [InlineData("AppMetrics | where Properties.outcome == \"Acepted\"", "Acepted")]
    [InlineData("AppMetrics | summarize by tostring(Properties.campain)", "campain")]
    [InlineData("customMetrics | take 1", "customMetrics")]
    [InlineData("AppMetrics | where (Name == \"x\"", "(")]
    public void A_slip_in_a_query_is_found(string text, string slip) => FaultsOf(text).ShouldContain(f => f.Contains(slip));

    [Fact]
    public void Every_metric_is_asked_for_somewhere()
    {
        var all = string.Concat(Queries.Select(q => (string)((object[])q)[1]));
        Metrics.Where(m => !all.Contains($"\"{m}\"", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_alert_file_is_a_rule_with_a_severity_and_a_window_the_service_allows()
    {
        var file = InfraFiles.Template("modules/alerts.bicep");
        var rules = ((List<object?>)new BicepValues(file).Of(file.Of("var").Single(v => v.Name == "rules"))!)
            .Cast<IReadOnlyDictionary<string, object?>>()
            .ToList();
        rules.Select(r => r["name"]).Order().ShouldBe(InfraFiles.Queries("infra/alerts").Select(q => q.Name[..^".kql".Length]).Order());
        foreach (var rule in rules)
        {
            ((long)rule["severity"]!).ShouldBeInRange(0, 4);
            var (every, back) = (Span(rule["every"]), Span(rule["lookBack"]));
            back.ShouldBeGreaterThanOrEqualTo(every, (string)rule["name"]!);
            back.ShouldBeLessThanOrEqualTo(TimeSpan.FromDays(2), (string)rule["name"]!);
            rule["query"].ShouldBe(InfraFiles.Read($"infra/alerts/{rule["name"]}.kql").Replace("{limit}", "<dailySendsLimit>"));
        }
    }

    [Fact]
    public void The_page_for_ops_has_every_metric_with_its_unit_and_every_alert()
    {
        var page = InfraFiles.Read("infra/OPERATIONS.md");
        foreach (var instrument in ProductMeter.All)
        {
            page.ShouldContain($"| `{instrument.Name}` | {instrument.Unit} |");
        }

        foreach (var (name, _) in InfraFiles.Queries("infra/alerts"))
        {
            page.ShouldContain($"| `{name[..^".kql".Length]}` |");
        }

        foreach (var (name, _) in InfraFiles.Queries("infra/queries"))
        {
            page.ShouldContain($"infra/queries/{name}");
        }

        Metric().Matches(page).Select(m => m.Value).Distinct().Except(Metrics).Except(Tags).ShouldBeEmpty();
    }

    private static TheoryData<string, string> All()
    {
        var all = new TheoryData<string, string>();
        foreach (var (name, text) in InfraFiles.Queries("infra/queries").Concat(InfraFiles.Queries("infra/alerts")).Concat(OfWorkbook()))
        {
            all.Add(name, text);
        }

        return all;
    }

    private static IEnumerable<(string Name, string Text)> OfWorkbook()
    {
        using var workbook = JsonDocument.Parse(InfraFiles.Read("infra/workbook.json"));
        return
        [
            .. workbook
                .RootElement.GetProperty("items")
                .EnumerateArray()
                .Where(i => i.GetProperty("type").GetInt32() == 3)
                .Select(i => ("workbook " + i.GetProperty("name").GetString(), i.GetProperty("content").GetProperty("query").GetString()!)),
        ];
    }

    private static List<string> FaultsOf(string text)
    {
        var faults = new List<string>();
        var code = Comment().Replace(text, "");
        foreach (var quoted in Quoted().Matches(code).Select(m => m.Groups[1].Value))
        {
            if (quoted.StartsWith("retention.", StringComparison.Ordinal) && !Metrics.Contains(quoted) && !Tags.Contains(quoted))
            {
                faults.Add($"no metric is called {quoted}");
            }

            if (Word().IsMatch(quoted) && !Words.Contains(quoted))
            {
                faults.Add($"nothing is called {quoted}");
            }
        }

        faults.AddRange(
            TagAsked()
                .Matches(code)
                .Select(m => m.Groups[1].Value + m.Groups[2].Value)
                .Where(t => !Tags.Contains(t))
                .Select(t => $"no tag is called {t}")
        );
        faults.AddRange(
            TableLike()
                .Matches(Quoted().Replace(code, ""))
                .Select(m => m.Value)
                .Where(t => !Tables.Contains(t))
                .Select(t => $"no table is called {t}")
        );
        var bare = Quoted().Replace(code, "");
        faults.AddRange(
            ((string[])["()", "[]"])
                .Where(p => bare.Count(c => c == p[0]) != bare.Count(c => c == p[1]))
                .Select(p => $"{p[0]} and {p[1]} do not match")
        );
        return faults;
    }

    private static TimeSpan Span(object? value) => System.Xml.XmlConvert.ToTimeSpan((string)value!);

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"""([^""\n]*)""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^[A-Z][A-Za-z]+$")]
    private static partial Regex Word();

    [GeneratedRegex(@"Properties(?:\.(\w+)|\[""([^""]+)""\])")]
    private static partial Regex TagAsked();

    [GeneratedRegex(@"\b(?:App[A-Z]\w+(?=\s*(?:\||,|\n|$))|custom[A-Z]\w+|_Log\w+|Azure[A-Z]\w+)")]
    private static partial Regex TableLike();

    [GeneratedRegex(@"\bretention(?:\.[a-z]+)+")]
    private static partial Regex Metric();
}

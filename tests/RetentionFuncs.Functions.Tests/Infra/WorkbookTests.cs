using System.Text.Json;
using RetentionFuncs.Functions.Tests.Infra.Bicep;

namespace RetentionFuncs.Functions.Tests.Infra;

public sealed class WorkbookTests
{
    [Fact]
    public void The_workbook_is_a_notebook_whose_parts_have_names_of_their_own_and_follow_the_time_range()
    {
        using var workbook = JsonDocument.Parse(InfraFiles.Read("infra/workbook.json"));
        var items = workbook.RootElement.GetProperty("items").EnumerateArray().ToArray();
        workbook.RootElement.GetProperty("version").GetString().ShouldBe("Notebook/1.0");
        items.Select(i => i.GetProperty("name").GetString()).ShouldBeUnique();
        foreach (var query in items.Where(i => i.GetProperty("type").GetInt32() == 3).Select(i => i.GetProperty("content")))
        {
            query.GetProperty("timeContextFromParameter").GetString().ShouldBe("TimeRange");
            query.GetProperty("query").GetString()!.ShouldNotContain("ago(", Case.Sensitive, "the time range is the reader's");
        }
    }

    [Fact]
    public void The_template_puts_that_very_file_up()
    {
        var file = InfraFiles.Template("modules/workbook.bicep");
        var workbook = new BicepValues(file).Bodies(file.Resources("Microsoft.Insights/workbooks").Single()).Single();
        var properties = (IReadOnlyDictionary<string, object?>)workbook["properties"]!;
        properties["serializedData"].ShouldBe(InfraFiles.Read("infra/workbook.json"));
        workbook["kind"].ShouldBe("shared");
    }
}

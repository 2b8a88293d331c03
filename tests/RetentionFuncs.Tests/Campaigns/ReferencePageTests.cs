using System.Runtime.CompilerServices;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Messages;
using RetentionFuncs.Segments;

namespace RetentionFuncs.Tests.Campaigns;

public sealed class ReferencePageTests
{
    [Fact]
    public void The_reference_page_names_everything_that_files_may_say()
    {
        var page = Page();
        var names = AudienceFields
            .Meanings.Select(m => m.Key)
            .Where(n => n != AudienceFields.Everyone)
            .Concat(TemplateNames.All.Select(n => n.Name))
            .Concat(CampaignWords.Jobs.Select(w => w.Key))
            .Concat(CampaignWords.Purposes.Select(w => w.Key))
            .Concat(CampaignWords.Recipients);
        foreach (var name in names)
        {
            page.ShouldContain($"`{name}`", Case.Sensitive, name);
        }
    }

    [Fact]
    public void The_expressions_on_the_reference_page_read()
    {
        var page = Page();
        var block = page[page.IndexOf("## Audience expressions", StringComparison.Ordinal)..].Split("```")[1];
        foreach (var line in block.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            AudienceExpression.TryParse(line, out _, out _).ShouldBeTrue(line);
        }
    }

    private static string Page([CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/RetentionFuncs/Campaigns/README.md"));
}

using System.Text.RegularExpressions;

namespace RetentionFuncs.Functions.Tests.Infra;

public sealed partial class WorkflowTests
{
    public static TheoryData<string> Workflows { get; } = ["build.yml", "deploy.yml"];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_action_is_pinned_to_a_commit_with_its_version_beside_it(string file)
    {
        var text = InfraFiles.Read(".github/workflows/" + file);
        var uses = Uses().Matches(text);
        uses.Count.ShouldBe(text.Split("uses:").Length - 1);
        text.ShouldNotContain("secrets.", Case.Sensitive, "signing in is by OIDC");
    }

    [Fact]
    public void The_deployment_waits_for_tests_with_the_real_packages_and_for_the_what_if()
    {
        var text = InfraFiles.Read(".github/workflows/deploy.yml");
        text.ShouldContain("needs: [package, what-if]");
        text.ShouldContain("-p:AzureSdk=package");
        text.ShouldContain("id-token: write");
        foreach (var name in FunctionNames.All)
        {
            text.ShouldContain(" " + name, Case.Sensitive);
        }
    }

    [GeneratedRegex(@"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")]
    private static partial Regex Uses();
}
